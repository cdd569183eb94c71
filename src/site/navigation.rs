//! Navigation: the header, the breadcrumbs, and the order of names.

use rayon::prelude::*;

use super::{Page, PageIndex, PageKind, Site};
use crate::config::{Section, Settings};
use crate::content::DocumentId;

/// One entry of the header or the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavigationLink {
    /// What it says.
    pub title: String,
    /// The page that it leads to.
    pub page: PageIndex,
}

/// The header: the sections, then the collections that stand in none.
#[must_use]
pub fn header(site: &Site) -> Vec<NavigationLink> {
    header_pages(site).map(|page| to(site, page)).collect()
}

/// The pages that the header leads to.
pub fn header_pages(site: &Site) -> impl Iterator<Item = PageIndex> {
    let settings = &site.settings;
    let sections = settings
        .sections
        .iter()
        .filter_map(|section| site.find(&section.slug));
    let loose = settings
        .collections
        .iter()
        .filter(|collection| settings.section_of(&collection.folder).is_none());
    let loose = loose.filter_map(|collection| site.find(&collection.folder));
    sections.chain(loose)
}

/// So many articles stand in the footer; where there are more, the A to Z leads to them.
pub(super) const FOOTER_ARTICLES: usize = 20;

/// The footer: articles at the root of the site by title, the A to Z, the credits.
#[must_use]
pub fn footer(site: &Site) -> Vec<NavigationLink> {
    let is_root_article =
        |id: &str, kind: &PageKind| matches!(kind, PageKind::Entry(_)) && !id.contains('/');
    let articles = site
        .pages()
        .filter(|(_, page)| is_root_article(page.id.as_str(), &page.kind));
    let mut found: Vec<_> = articles
        .take(FOOTER_ARTICLES + 1)
        .map(|(index, _)| to(site, index))
        .collect();
    if found.len() > FOOTER_ARTICLES {
        found.clear();
    }
    found.sort_by(|one, other| sort_key(&one.title).cmp(&sort_key(&other.title)));
    found.extend(
        ["a-z", "credits"]
            .into_iter()
            .filter_map(|id| site.find(id))
            .map(|page| to(site, page)),
    );
    found
}

fn to(site: &Site, page: PageIndex) -> NavigationLink {
    NavigationLink {
        title: site.page(page).title.clone(),
        page,
    }
}

/// The pages above a page, from the home page down, without the page itself.
#[must_use]
pub fn ancestors(site: &Site, page: PageIndex) -> Vec<PageIndex> {
    let found = site.page(page);
    let mut above: Vec<PageIndex> = Vec::new();
    if found.kind == PageKind::Home {
        return above;
    }
    above.extend(site.find(""));
    let folder = match &found.kind {
        PageKind::Entry(_) => found.id.folder(),
        PageKind::Collection(folder) | PageKind::CollectionPart(folder, _) => Some(folder.as_str()),
        _ => None,
    };
    above.extend(section_page(site, folder));
    match found.kind {
        PageKind::Entry(_) | PageKind::CollectionPart(..) => {
            above.extend(
                folder
                    .and_then(|folder| site.find(folder))
                    .filter(|index| *index != page),
            );
        }
        PageKind::Letter(..) => above.extend(site.find("a-z")),
        _ => {}
    }
    above
}

/// The section that a page stands in, if any.
#[must_use]
pub fn section_of<'s>(
    settings: &'s Settings,
    kind: &PageKind,
    id: &DocumentId,
) -> Option<&'s Section> {
    let folder = match kind {
        PageKind::Entry(_) => id.folder()?,
        PageKind::Collection(folder) | PageKind::CollectionPart(folder, _) => folder,
        _ => return None,
    };
    settings.section_of(folder)
}

fn section_page(site: &Site, folder: Option<&str>) -> Option<PageIndex> {
    site.settings
        .section_of(folder?)
        .and_then(|section| site.find(&section.slug))
}

/// The place of each page's title among all titles; equal titles share one.
pub(super) fn title_ranks(pages: &[Page]) -> Vec<usize> {
    let keys: Vec<_> = pages.par_iter().map(|page| sort_key(&page.title)).collect();
    let mut order: Vec<usize> = (0..pages.len()).collect();
    order.par_sort_by(|one, other| keys[*one].cmp(&keys[*other]));
    let mut ranks = vec![0; pages.len()];
    for next in order.windows(2) {
        ranks[next[1]] = ranks[next[0]] + usize::from(keys[next[0]] != keys[next[1]]);
    }
    ranks
}

/// The key by which names are put in order: without regard to case, then as written.
#[must_use]
pub fn sort_key(name: &str) -> (String, &str) {
    (name.to_lowercase(), name)
}
