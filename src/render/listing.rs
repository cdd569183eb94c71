//! Pages that list others as cards: collections, sections and the home page's groups.

use super::cards::card;
use super::pager::pager;
use super::view::{CardGroupView, ListingView};
use crate::config::Collection;
use crate::content::slug;
use crate::site::listings::part;
use crate::site::navigation::sort_key;
use crate::site::{PageIndex, PageKind, Site};

/// How many cards of a collection the home page shows; its index page has them all.
const HOME_CARDS: usize = 6;

/// A page of the index of a collection. The index of the locations is one page, for the finder
/// sorts it as a whole.
pub(super) fn collection(site: &Site, folder: &str, number: usize, body: String) -> ListingView {
    let members = site.listings.members(folder);
    let is_whole = folder == site.settings.locations_folder();
    let shown = if is_whole {
        members
    } else {
        part(&site.settings, members, number)
    };
    let cards = shown.iter().map(|index| card(site, *index)).collect();
    let group = CardGroupView {
        title: String::new(),
        id: "pages".to_owned(),
        url: None,
        cards,
    };
    let pager = if is_whole {
        None
    } else {
        pager(site, folder, members.len(), number)
    };
    ListingView {
        body,
        groups: vec![group],
        pager,
    }
}

/// The index of a section: a group for each of its collections.
pub(super) fn section(site: &Site, slug: &str, body: String) -> ListingView {
    let section = site
        .settings
        .sections
        .iter()
        .find(|section| section.slug == slug);
    let folders = section.map_or(&[][..], |section| &section.collections);
    let collections = folders
        .iter()
        .filter_map(|folder| site.settings.collection(folder));
    let most = site.settings.limits.list_entries;
    ListingView {
        body,
        groups: collections
            .filter_map(|found| group(site, found, most))
            .collect(),
        pager: None,
    }
}

/// The groups of the home page; a site without collections lists its articles.
pub(super) fn home(site: &Site) -> Vec<CardGroupView> {
    let groups: Vec<_> = site
        .settings
        .collections
        .iter()
        .filter_map(|collection| group(site, collection, HOME_CARDS))
        .collect();
    if !groups.is_empty() {
        return groups;
    }
    let mut pages: Vec<PageIndex> = entries(site).collect();
    if pages.is_empty() {
        return Vec::new();
    }
    let most = site.settings.limits.list_entries;
    let rest = site
        .find("a-z")
        .filter(|_| pages.len() > most)
        .map(|index| site.page(index).url.clone());
    pages.sort_by_cached_key(|index| sort_key(&site.page(*index).title));
    let cards = pages
        .into_iter()
        .take(most)
        .map(|index| card(site, index))
        .collect();
    vec![CardGroupView {
        title: "Pages".to_owned(),
        id: "pages".to_owned(),
        url: rest,
        cards,
    }]
}

fn group(site: &Site, collection: &Collection, limit: usize) -> Option<CardGroupView> {
    let index = site.find(&collection.folder)?;
    let cards: Vec<_> = site
        .listings
        .members(&collection.folder)
        .iter()
        .take(limit)
        .map(|index| card(site, *index))
        .collect();
    let page = site.page(index);
    let id = format!("group-{}", slug(&collection.folder));
    (!cards.is_empty()).then(|| CardGroupView {
        title: page.title.clone(),
        id,
        url: Some(page.url.clone()),
        cards,
    })
}

fn entries(site: &Site) -> impl Iterator<Item = PageIndex> {
    site.pages()
        .filter(|(_, page)| matches!(page.kind, PageKind::Entry(_)))
        .map(|(index, _)| index)
}
