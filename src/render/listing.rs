//! Pages that list others as cards: collections, sections and the home page's groups.

use super::cards::card;
use super::context::PageContext;
use super::pager::pager;
use super::view::{CardGroupView, CardView, ListingView};
use crate::config::Collection;
use crate::content::slug;
use crate::site::PageIndex;
use crate::site::listings::part;

/// How many cards of a collection the home page shows; its index page has them all.
const HOME_CARDS: usize = 6;

/// A page of the index of a collection. The index of the locations is one page, for the finder
/// sorts it as a whole.
pub(super) fn collection(
    context: &PageContext<'_>,
    folder: &str,
    number: usize,
    body: String,
) -> ListingView {
    let settings = context.settings();
    let is_whole = folder == settings.locations_folder();
    let range = if is_whole {
        0..usize::MAX
    } else {
        part(settings, number)
    };
    let shown = context.collection(folder, range);
    let group = CardGroupView {
        title: String::new(),
        id: "pages".to_owned(),
        url: None,
        cards: cards(context, shown.entries),
    };
    let pager = if is_whole {
        None
    } else {
        pager(context, folder, shown.total, number)
    };
    ListingView {
        body,
        groups: vec![group],
        pager,
    }
}

/// The index of a section: a group for each of its collections.
pub(super) fn section(context: &PageContext<'_>, slug: &str, body: String) -> ListingView {
    let settings = context.settings();
    let section = settings
        .sections
        .iter()
        .find(|section| section.slug == slug);
    let folders = section.map_or(&[][..], |section| &section.collections);
    let collections = folders
        .iter()
        .filter_map(|folder| settings.collection(folder));
    let most = settings.limits.list_entries;
    ListingView {
        body,
        groups: collections
            .filter_map(|found| group(context, found, most))
            .collect(),
        pager: None,
    }
}

/// The groups of the home page; a site without collections lists its articles.
pub(super) fn home(context: &PageContext<'_>) -> Vec<CardGroupView> {
    let settings = context.settings();
    let groups: Vec<_> = settings
        .collections
        .iter()
        .filter_map(|collection| group(context, collection, HOME_CARDS))
        .collect();
    if !groups.is_empty() {
        return groups;
    }
    let most = settings.limits.list_entries;
    let (pages, total) = context.all_pages(most);
    if pages.is_empty() {
        return Vec::new();
    }
    let rest = context
        .find("a-z")
        .filter(|_| total > most)
        .map(|page| page.url.clone());
    vec![CardGroupView {
        title: "Pages".to_owned(),
        id: "pages".to_owned(),
        url: rest,
        cards: cards(context, &pages),
    }]
}

fn group(
    context: &PageContext<'_>,
    collection: &Collection,
    limit: usize,
) -> Option<CardGroupView> {
    let page = context.find(&collection.folder)?;
    let cards = cards(
        context,
        context.collection(&collection.folder, 0..limit).entries,
    );
    let id = format!("group-{}", slug(&collection.folder));
    (!cards.is_empty()).then(|| CardGroupView {
        title: page.title.to_owned(),
        id,
        url: Some(page.url.clone()),
        cards,
    })
}

fn cards(context: &PageContext<'_>, pages: &[PageIndex]) -> Vec<CardView> {
    pages.iter().map(|index| card(context, *index)).collect()
}
