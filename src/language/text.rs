//! Sentences and words of a text.
//!
//! A block of prose is cut at its full stops, question marks and exclamation marks, and at a line break that the writer
//! put before a capital letter. Libraries cut by the rules of Unicode,
//! which know no abbreviations, so "Dr. Smith" would be two sentences; the table of the language knows them.

use std::ops::Range;

use super::Language;

/// A word with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// Its letters and digits, with what joins them.
    pub text: &'t str,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The sentences of a block of text, without the spaces around them.
pub fn sentences<'t>(language: &'t Language, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let mut start = 0;
    std::iter::from_fn(move || {
        while start < text.len() {
            let end = sentence_end(language, text, start);
            let range = trimmed(text, start..end);
            start = end;
            if words(&text[range.clone()]).next().is_some() {
                return Some(range);
            }
        }
        None
    })
}

/// Where the sentence that begins at `start` ends.
fn sentence_end(language: &Language, text: &str, start: usize) -> usize {
    let is_stop = |c: char| matches!(c, '.' | '!' | '?' | '\u{2026}');
    let mut at = start;
    while let Some(stop) = text[at..].find(|c| is_stop(c) || c == '\n').map(|stop| at + stop) {
        if text[stop..].starts_with('\n') {
            at = stop + 1;
            if !goes_on(&text[at..]) {
                return at;
            }
            continue;
        }
        let after = text[stop..].trim_start_matches(|c| is_stop(c) || matches!(c, '"' | '\'' | ')' | ']' | '”' | '’'));
        at = text.len() - after.len();
        // "6." at the head of a sentence is the number of an item.
        let is_number = text[start..stop].trim().bytes().all(|byte| byte.is_ascii_digit());
        let is_apart = after.starts_with(char::is_whitespace) && !is_number;
        if after.is_empty() || (is_apart && ends_here(language, text, stop, after)) {
            return at;
        }
    }
    text.len()
}

/// Whether what follows begins with a small letter, perhaps in quotes or brackets.
fn goes_on(after: &str) -> bool {
    let next = after.trim_start().trim_start_matches(['"', '“', '‘', '\'', '(', '[']);
    next.chars().next().is_some_and(char::is_lowercase)
}

fn ends_here(language: &Language, text: &str, stop: usize, after: &str) -> bool {
    let word = text[..stop].rsplit(|c: char| c.is_whitespace() || "([\u{201c}\u{2018}\"'".contains(c)).next();
    let word = word.unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    let is_abbreviation = language.abbreviations.iter().any(|known| known.eq_ignore_ascii_case(word));
    !goes_on(after) && !(text[stop..].starts_with('.') && (is_initial || is_abbreviation))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..(start + part.trim().len())
}

/// The words of a text: what stands between spaces and dashes, without the punctuation around it.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, '\u{2014}' | '\u{2013}'));
    parts.filter_map(move |part| {
        let word = part.trim_matches(|c: char| !c.is_alphanumeric());
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (!word.is_empty()).then(|| Word { text: word, range: start..start + word.len() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_not_at_abbreviations() {
        let language = crate::language::of("en-US").expect("a table");
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = sentences(language, text).map(|range| &text[range]).collect();
            assert_eq!(found, expected);
        };
        check("One. Two!  Three?", &["One.", "Two!", "Three?"]);
        check("Dr. J. Smith saw you. Rest.", &["Dr. J. Smith saw you.", "Rest."]);
        check("Take 1.5 mg, e.g. at 8 a.m. daily. Then wait…", &["Take 1.5 mg, e.g. at 8 a.m. daily.", "Then wait…"]);
        check("“Stop.” He left (at once.) Then", &["“Stop.”", "He left (at once.)", "Then"]);
        check("6. Rest. It is 6. Then go.", &["6. Rest.", "It is 6.", "Then go."]);
        check("The U.S. Census. Am I? Is it I. Yes", &["The U.S. Census.", "Am I?", "Is it I.", "Yes"]);
        check("Room 401\nMain Street\nand so\non. End", &["Room 401", "Main Street\nand so\non.", "End"]);
        check(" … ", &[]);
    }

    #[test]
    fn words_stand_between_spaces_and_dashes() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = words(text).map(|word| word.text).collect();
            assert_eq!(found, expected);
            assert!(words(text).all(|word| &text[word.range.clone()] == word.text));
        };
        check(
            "Your doctor’s well-known (and/or 38.3 °C) — way",
            &["Your", "doctor’s", "well-known", "and/or", "38.3", "C", "way"],
        );
        check("…", &[]);
    }
}
