//! The lists that the generator makes: the members of each collection and the A to Z, and over how
//! many pages they go.
//!
//! A list of more entries than a page may show ([`crate::config::Limits::list_entries`]) goes on
//! over further pages. An A to Z of very many entries has a page for each letter. No page shows a
//! whole site, so that the work of a build grows as the site does and no faster.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::navigation::sort_key;
use super::{Page, PageIndex, PageKind, PageName};
use crate::config::Settings;
use crate::content::slug;

/// The A to Z stands on one page as long as it has no more entries than so many pages of a list.
const INDEX_PARTS: usize = 10;

/// The lists of a site, sorted as they are shown.
#[derive(Clone, Debug, Default)]
pub struct Listings {
    members: BTreeMap<String, Vec<PageIndex>>,
    /// The entries of the A to Z under each letter that has some.
    pub letters: BTreeMap<String, Vec<IndexEntry>>,
}

/// An entry of the A to Z: a page under its title, or under one of its other names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexEntry {
    /// The page that it leads to.
    pub page: PageIndex,
    /// Which of the page's other names it is; nothing for the title.
    pub other: Option<usize>,
}

impl IndexEntry {
    /// What the entry says, by the summary of its page.
    #[must_use]
    pub fn name<'s>(&self, page: PageName<'s>) -> &'s str {
        name(page, self.other)
    }
}

fn name(page: PageName<'_>, other: Option<usize>) -> &str {
    let name = other.and_then(|number| page.also_called.get(number));
    name.map_or(page.title, String::as_str)
}

/// Under what numbers a page stands in the A to Z, as [`IndexEntry::other`] has them.
fn names(page: PageName<'_>) -> impl Iterator<Item = Option<usize>> + use<> {
    std::iter::once(None).chain((0..page.also_called.len()).map(Some))
}

impl Listings {
    /// The lists of these pages, which are in their final order, with the ranks of their titles.
    pub(super) fn new(pages: &[Page], ranks: &[usize]) -> Self {
        let mut lists = Self::unsorted(pages);
        for members in lists.members.values_mut() {
            members.sort_by_key(|index| ranks[index.0]);
        }
        lists.letters.par_iter_mut().for_each(|(_, entries)| {
            entries.sort_by_cached_key(|entry| {
                let page = PageName::of(&pages[entry.page.0]);
                (sort_key(entry.name(page)), &**page.url)
            });
        });
        lists
    }

    /// The lists of these pages, in the order of the pages: how long each is shows before the pages
    /// are in order.
    pub(super) fn unsorted(pages: &[Page]) -> Self {
        let mut members: HashMap<&str, Vec<PageIndex>, FixedState> = HashMap::default();
        let mut letters: HashMap<Cow<'static, str>, Vec<IndexEntry>, FixedState> =
            HashMap::default();
        for (at, page) in pages
            .iter()
            .enumerate()
            .filter(|(_, page)| matches!(page.kind, PageKind::Entry(_)))
        {
            let index = PageIndex(at);
            if let Some(folder) = page.id.folder() {
                members.entry(folder).or_default().push(index);
            }
            let page = PageName::of(page);
            for other in names(page) {
                letters
                    .entry(letter(name(page, other)))
                    .or_default()
                    .push(IndexEntry { page: index, other });
            }
        }
        Self {
            members: members
                .into_iter()
                .map(|(folder, members)| (folder.to_owned(), members))
                .collect(),
            letters: letters
                .into_iter()
                .map(|(letter, entries)| (letter.into_owned(), entries))
                .collect(),
        }
    }

    /// The written pages of a collection, sorted by title.
    #[must_use]
    pub fn members(&self, folder: &str) -> &[PageIndex] {
        self.members.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Whether each letter of the A to Z has a page of its own.
    #[must_use]
    pub fn is_split(&self, settings: &Settings) -> bool {
        let entries: usize = self.letters.values().map(Vec::len).sum();
        entries > settings.limits.list_entries.saturating_mul(INDEX_PARTS)
    }
}

/// How many pages a list goes over; one that is empty still has a page.
#[must_use]
pub fn parts(settings: &Settings, entries: usize) -> usize {
    entries.div_ceil(settings.limits.list_entries).max(1)
}

/// The places of the entries that stand on the page of a list of a number, from 1.
#[must_use]
pub fn part(settings: &Settings, number: usize) -> Range<usize> {
    let most = settings.limits.list_entries;
    let start = number.saturating_sub(1).saturating_mul(most);
    start..start.saturating_add(most)
}

/// The id of the first page of a letter, where letters have pages.
#[must_use]
pub fn letter_id(letter: &str) -> String {
    format!("a-z/{}", slug(letter))
}

/// The letter under which a name stands: its first one, without accents; `0-9` for digits and
/// anything else.
fn letter(name: &str) -> Cow<'static, str> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let begins_plainly = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    let first = if begins_plainly {
        name.chars().next()
    } else {
        name.nfd().find(|c| c.is_alphanumeric())
    };
    let Some(first) = first.filter(|first| first.is_alphabetic()) else {
        return Cow::Borrowed("0-9");
    };
    match LETTERS.find(first.to_ascii_uppercase()) {
        Some(at) => Cow::Borrowed(&LETTERS[at..=at]),
        None => Cow::Owned(first.to_uppercase().to_string()),
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
