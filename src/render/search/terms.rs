//! The terms of a text: the words by which it is found.
//!
//! `static/assets/components/search/terms.js` does the same with what a reader types. Whatever is changed in one of them
//! must be changed in the other; `tests/browser/search-index.test.mjs` compares them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Gives every term of a text, in order: its words in small letters, without diacritics and apostrophes. A word with
/// hyphens gives its parts, and then itself without them: `x-ray` is found as `x`, `ray` and `xray`.
pub(super) fn each(text: &str, mut take: impl FnMut(&str)) {
    let folded = folded(text);
    let mut joined = String::new();
    for word in compounds(&folded) {
        let mut parts = word.split(is_hyphen);
        let first = parts.next().unwrap_or_default();
        take(first);
        let mut is_compound = false;
        for part in parts {
            is_compound = true;
            take(part);
        }
        if is_compound {
            joined.clear();
            joined.extend(word.chars().filter(|c| !is_hyphen(*c)));
            take(&joined);
        }
    }
}

/// The terms of a text as a list.
pub(super) fn all(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    each(text, |term| terms.push(term.to_owned()));
    terms
}

/// The text in small letters, without diacritics and apostrophes.
fn folded(text: &str) -> String {
    if !text.is_ascii() {
        let bare = text.nfd().filter(|c| !is_diacritic(*c) && !is_apostrophe(*c));
        return bare.collect::<String>().to_lowercase();
    }
    let mut small = text.to_ascii_lowercase();
    if small.contains('\'') {
        small.retain(|c| c != '\'');
    }
    small
}

/// The diacritics of European scripts. Those of others are vowels and tones, without which a word is another.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The words of a text, each with its hyphens: single ones, between letters.
fn compounds(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c| !is_letter(c));
        let mut end = letters(rest);
        while let Some(more) = goes_on(&rest[end..]) {
            end += more;
        }
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// The bytes of the letters that a text begins with. Every word of a site comes through here, so only what is not ASCII
/// is read as characters.
fn letters(text: &str) -> usize {
    let end = text.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(text.len());
    let rest = &text[end..];
    if rest.starts_with(|c: char| c.is_ascii()) {
        end
    } else {
        end + rest.find(|c| !is_letter(c)).unwrap_or(rest.len())
    }
}

/// The bytes by which a word goes on after a hyphen, if it does.
fn goes_on(text: &str) -> Option<usize> {
    let hyphen = text.chars().next().filter(|c| is_hyphen(*c))?.len_utf8();
    let more = letters(&text[hyphen..]);
    (more > 0).then_some(hyphen + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_words_without_marks() {
        let check = |text: &str, expected: &[&str]| assert_eq!(all(text), expected, "{text:?}");
        check("Heart failure, stage 3", &["heart", "failure", "stage", "3"]);
        check("Chest X-ray", &["chest", "x", "ray", "xray"]);
        check("a--b -c- d\u{2010}e", &["a", "b", "c", "d", "e", "de"]);
        check("follow-up-visit", &["follow", "up", "visit", "followupvisit"]);
        check("Parkinson\u{2019}s don't", &["parkinsons", "dont"]);
        check("Coraz\u{f3}n CORAZO\u{301}N", &["corazon", "corazon"]);
        check(
            "\u{130}stanbul Stra\u{df}e \u{39f}\u{394}\u{39f}\u{3a3}",
            &["istanbul", "stra\u{df}e", "\u{3bf}\u{3b4}\u{3bf}\u{3c2}"],
        );
        check(
            "\u{939}\u{943}\u{926}\u{92f} \u{5fc3}\u{4e0d}\u{5168}",
            &["\u{939}\u{943}\u{926}\u{92f}", "\u{5fc3}\u{4e0d}\u{5168}"],
        );
        check("\u{2764} \u{2014} ", &[]);
        check("", &[]);
    }
}
