//! Phrases of a language found in a text, whole and without regard to case.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// A set of phrases, each with what there is to say about it.
#[derive(Debug)]
pub struct Phrases {
    texts: Vec<String>,
    notes: Vec<String>,
    /// Made when the first text may have a phrase: a build after one edit mostly needs none.
    matcher: OnceLock<Option<AhoCorasick>>,
}

/// A phrase that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase<'p> {
    /// Where it stands.
    pub range: Range<usize>,
    /// What there is to say about it.
    pub note: &'p str,
}

impl Phrases {
    /// A set of phrases with their notes.
    #[must_use]
    pub fn new(phrases: impl IntoIterator<Item = (String, String)>) -> Self {
        let (texts, notes): (Vec<String>, Vec<String>) = phrases.into_iter().unzip();
        Self {
            texts,
            notes,
            matcher: OnceLock::new(),
        }
    }

    /// A set of phrases of which nothing more is said.
    #[must_use]
    pub fn plain(phrases: &[&str]) -> Self {
        Self::new(
            phrases
                .iter()
                .map(|phrase| ((*phrase).to_owned(), String::new())),
        )
    }

    /// The mark of each phrase: its longest run of letters and digits, in small letters. A phrase
    /// that stands whole has all its runs between other signs, so a text without a run that is a
    /// mark has no phrase.
    pub(super) fn marks(&self) -> impl Iterator<Item = String> {
        self.texts.iter().map(|text| {
            runs(text)
                .max_by_key(|run| run.len())
                .unwrap_or_default()
                .to_ascii_lowercase()
        })
    }

    /// The phrases in a text that are not part of a longer word; the longest where several begin at
    /// one place.
    pub fn find<'s>(&'s self, text: &'s str) -> impl Iterator<Item = Phrase<'s>> {
        let matcher = self.matcher.get_or_init(|| matcher(&self.texts));
        let found = matcher
            .iter()
            .flat_map(move |matcher| matcher.find_iter(text));
        let phrases = found.map(|found| Phrase {
            range: found.range(),
            note: &self.notes[found.pattern()],
        });
        phrases.filter(move |phrase| is_whole(text, &phrase.range))
    }
}

fn matcher(texts: &[String]) -> Option<AhoCorasick> {
    let mut builder = AhoCorasick::builder();
    builder
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest);
    // Many sentences of a site go through it: the form that searches fastest is worth the making. A
    // set of words never grows to the size that the builder refuses.
    builder.kind(Some(AhoCorasickKind::DFA)).build(texts).ok()
}

/// The runs of letters and digits in a text.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|run| !run.is_empty())
}

/// Whether neither a letter nor a digit stands directly before or after; a hyphen makes a longer
/// word too.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '\u{2019}' | '\'');
    let before = text[..range.start].chars().next_back();
    let after = &text[range.end..];
    let possessive = ["'s", "\u{2019}s"]
        .iter()
        .any(|ending| after.starts_with(ending));
    let goes_on = after.chars().next().is_some_and(joins) && !possessive && !is_closing(after);
    !(before.is_some_and(joins) || goes_on)
}

/// A quotation mark after a word closes a quotation when no letter follows it.
fn is_closing(after: &str) -> bool {
    let mut rest = after.chars();
    matches!(rest.next(), Some('\'' | '\u{2019}'))
        && !rest.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_whole() {
        let phrases = Phrases::plain(&["in order to", "order", "use"]);
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = phrases
                .find(text)
                .map(|phrase| &text[phrase.range])
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "In order to use it, order now",
            &["In order to", "use", "order"],
        );
        check("reorder, user, re-use, used", &[]);
        check("\u{2018}use\u{2019} it", &["use"]);
    }
}
