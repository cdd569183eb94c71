//! The A to Z over titles and other names: on one page, or with a page for each letter.

use std::collections::BTreeSet;

use super::context::PageContext;
use super::pager::pager;
use super::view::{IndexEntryView, IndexView, LetterView};
use crate::content::slug;
use crate::site::listings::{IndexEntry, letter_id, part};

/// The page of all letters; with their entries, unless each letter has a page of its own.
pub(super) fn a_to_z(context: &PageContext<'_>) -> IndexView {
    let is_split = context.is_split();
    let entries = |letter: &str| {
        if is_split {
            &[][..]
        } else {
            context.letter(letter, 0..usize::MAX).entries
        }
    };
    IndexView {
        letters: letters(context, None, entries),
        pager: None,
    }
}

/// A page of the entries of one letter.
pub(super) fn letter(context: &PageContext<'_>, letter: &str, number: usize) -> IndexView {
    let shown = context.letter(letter, part(context.settings(), number));
    let entries = |other: &str| {
        if other == letter {
            shown.entries
        } else {
            &[][..]
        }
    };
    IndexView {
        letters: letters(context, Some(letter), entries),
        pager: pager(context, &letter_id(letter), shown.total, number),
    }
}

fn letters<'s>(
    context: &PageContext<'s>,
    current: Option<&str>,
    entries: impl Fn(&str) -> &'s [IndexEntry],
) -> Vec<LetterView> {
    let latin = ('A'..='Z').map(String::from);
    let all: BTreeSet<String> = latin.chain(context.letters().map(str::to_owned)).collect();
    let is_split = context.is_split();
    let view = |letter: String| LetterView {
        id: format!("letter-{}", slug(&letter)),
        url: is_split
            .then(|| context.part_url(&letter_id(&letter), 1))
            .flatten(),
        is_current: current == Some(letter.as_str()),
        entries: entries(&letter)
            .iter()
            .map(|entry| entry_view(context, entry))
            .collect(),
        letter,
    };
    all.into_iter().map(view).collect()
}

fn entry_view(context: &PageContext<'_>, entry: &IndexEntry) -> IndexEntryView {
    let page = context.name(entry.page);
    IndexEntryView {
        name: entry.name(page).to_owned(),
        url: page.url.clone(),
        see: entry.other.map(|_| page.title.to_owned()),
    }
}
