//! Pages that list others: collections, sections, the home page's groups and the A to Z.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::cards::card;
use super::view::{CardGroupView, IndexEntryView, IndexView, LetterView, ListingView};
use crate::config::{Collection, Kind};
use crate::content::slug;
use crate::site::navigation::sort_key;
use crate::site::{PageIndex, PageKind, Site};

/// How many cards of a collection the home page shows; its index page has them all.
const HOME_CARDS: usize = 6;

/// The index of a collection.
pub(super) fn collection(site: &Site, folder: &str, body: String) -> ListingView {
    let cards = site.members(folder).into_iter().map(|index| card(site, index)).collect();
    let group = CardGroupView { title: String::new(), id: "pages".to_owned(), url: None, cards };
    ListingView { body, groups: vec![group] }
}

/// The index of a section: a group for each of its collections.
pub(super) fn section(site: &Site, slug: &str, body: String) -> ListingView {
    let section = site.settings.sections.iter().find(|section| section.slug == slug);
    let folders = section.map_or(&[][..], |section| &section.collections);
    let collections = folders.iter().filter_map(|folder| site.settings.collection(folder));
    ListingView { body, groups: collections.filter_map(|found| group(site, found, usize::MAX)).collect() }
}

/// The groups of the home page; a site without collections lists its articles.
pub(super) fn home(site: &Site) -> Vec<CardGroupView> {
    let groups: Vec<_> =
        site.settings.collections.iter().filter_map(|collection| group(site, collection, HOME_CARDS)).collect();
    if !groups.is_empty() {
        return groups;
    }
    let mut pages: Vec<PageIndex> = entries(site).map(|(index, _)| index).collect();
    pages.sort_by_key(|index| sort_key(&site.page(*index).title));
    let cards: Vec<_> = pages.into_iter().map(|index| card(site, index)).collect();
    if cards.is_empty() {
        return Vec::new();
    }
    vec![CardGroupView { title: "Pages".to_owned(), id: "pages".to_owned(), url: None, cards }]
}

fn group(site: &Site, collection: &Collection, limit: usize) -> Option<CardGroupView> {
    let index = site.find(&collection.folder)?;
    let cards: Vec<_> =
        site.members(&collection.folder).into_iter().take(limit).map(|index| card(site, index)).collect();
    let page = site.page(index);
    let id = format!("group-{}", slug(&collection.folder));
    (!cards.is_empty()).then(|| CardGroupView { title: page.title.clone(), id, url: Some(page.url.clone()), cards })
}

fn entries(site: &Site) -> impl Iterator<Item = (PageIndex, Option<Kind>)> {
    site.pages().filter_map(|(index, page)| match page.kind {
        PageKind::Entry(kind) => Some((index, Some(kind))),
        _ => None,
    })
}

/// The A to Z over titles and other names.
pub(super) fn a_to_z(site: &Site) -> IndexView {
    let mut letters: BTreeMap<String, Vec<IndexEntryView>> =
        ('A'..='Z').map(|letter| (letter.to_string(), Vec::new())).collect();
    for (index, _) in entries(site) {
        let page = site.page(index);
        let own = IndexEntryView { name: page.title.clone(), url: page.url.clone(), see: None };
        let others = page.document.iter().flat_map(|document| &document.front.also_called);
        let others = others.map(|name| IndexEntryView {
            name: name.clone(),
            url: page.url.clone(),
            see: Some(page.title.clone()),
        });
        for entry in std::iter::once(own).chain(others) {
            letters.entry(letter(&entry.name)).or_default().push(entry);
        }
    }
    let view = |(letter, mut entries): (String, Vec<IndexEntryView>)| {
        entries.sort_by_key(|entry| (sort_key(&entry.name), entry.url.clone()));
        LetterView { id: format!("letter-{}", slug(&letter)), letter, entries }
    };
    IndexView { letters: letters.into_iter().map(view).collect() }
}

/// The letter under which a name stands: its first one, without accents; `0-9` for digits and anything else.
fn letter(name: &str) -> String {
    let first = name.nfd().find(|c| c.is_alphanumeric());
    match first {
        Some(first) if first.is_alphabetic() => first.to_uppercase().to_string(),
        _ => "0-9".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_their_first_letter() {
        let check = |name: &str, expected: &str| assert_eq!(letter(name), expected, "{name}");
        check("Heart failure", "H");
        check("éclampsie", "E");
        check("(beta) blockers", "B");
        check("5-HT", "0-9");
        check("心不全", "心");
    }
}
