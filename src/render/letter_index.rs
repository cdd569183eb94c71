//! The A to Z over titles and other names: on one page, or with a page for each letter.

use std::collections::BTreeSet;

use super::pager::pager;
use super::view::{IndexEntryView, IndexView, LetterView};
use crate::content::slug;
use crate::site::Site;
use crate::site::listings::{IndexEntry, letter_id, part};

/// The page of all letters; with their entries, unless each letter has a page of its own.
pub(super) fn a_to_z(site: &Site) -> IndexView {
    let is_split = site.listings.is_split(&site.settings);
    let entries = |letter: &str| {
        if is_split {
            &[][..]
        } else {
            under(site, letter)
        }
    };
    IndexView {
        letters: letters(site, is_split, None, entries),
        pager: None,
    }
}

/// A page of the entries of one letter.
pub(super) fn letter(site: &Site, letter: &str, number: usize) -> IndexView {
    let all = under(site, letter);
    let entries = |other: &str| {
        if other == letter {
            part(&site.settings, all, number)
        } else {
            &[][..]
        }
    };
    let pager = pager(site, &letter_id(letter), all.len(), number);
    IndexView {
        letters: letters(site, true, Some(letter), entries),
        pager,
    }
}

fn under<'s>(site: &'s Site, letter: &str) -> &'s [IndexEntry] {
    site.listings.letters.get(letter).map_or(&[], Vec::as_slice)
}

fn letters<'s>(
    site: &'s Site,
    is_split: bool,
    current: Option<&str>,
    entries: impl Fn(&str) -> &'s [IndexEntry],
) -> Vec<LetterView> {
    let latin = ('A'..='Z').map(String::from);
    let all: BTreeSet<String> = latin.chain(site.listings.letters.keys().cloned()).collect();
    let view = |letter: String| LetterView {
        id: format!("letter-{}", slug(&letter)),
        url: site
            .part(&letter_id(&letter), 1)
            .filter(|_| is_split)
            .map(|index| site.page(index).url.clone()),
        is_current: current == Some(letter.as_str()),
        entries: entries(&letter)
            .iter()
            .map(|entry| entry_view(site, entry))
            .collect(),
        letter,
    };
    all.into_iter().map(view).collect()
}

fn entry_view(site: &Site, entry: &IndexEntry) -> IndexEntryView {
    let page = site.page(entry.page);
    let see = entry.other.map(|_| page.title.clone());
    IndexEntryView {
        name: entry.name(site).to_owned(),
        url: page.url.clone(),
        see,
    }
}
