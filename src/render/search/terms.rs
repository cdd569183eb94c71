//! The terms of a text: the words by which it is found.
//!
//! `static/assets/components/search/terms.js` does the same with what a reader types. Whatever is changed in one of them
//! must be changed in the other; `tests/browser/search-index.test.mjs` compares them.

use memchr::memchr3_iter;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Gives every term of a text, in order: its words in small letters, without diacritics and apostrophes. A word with
/// hyphens gives its parts, and then itself without them: `x-ray` is found as `x`, `ray` and `xray`.
pub(super) fn each(text: &str, mut take: impl FnMut(&str)) {
    let folded = folded(text);
    let mut joined = String::new();
    let mut rest = folded.as_str();
    while let Some((word, after)) = next_word(rest) {
        rest = after;
        let word = match word {
            Word::Single(word) => {
                take(word);
                continue;
            }
            Word::Compound(word) => word,
        };
        word.split(is_hyphen).for_each(&mut take);
        joined.clear();
        joined.extend(word.chars().filter(|c| !is_hyphen(*c)));
        take(&joined);
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
    if text.is_ascii() {
        return simple_folded(text);
    }
    if text.contains('\u{3a3}') {
        return folded_whole(text);
    }
    let mut small = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (simple, after) = split(rest, |c| !is_simple(c));
        small.push_str(simple);
        let (others, after) = split(after, is_simple);
        small.extend(bare(others).flat_map(char::to_lowercase));
        rest = after;
    }
    simple_folded(&small)
}

fn simple_folded(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    let mut from = 0;
    // The first bytes of the apostrophes: to seek these is faster than to read all characters.
    for at in memchr3_iter(b'\'', 0xe2, 0xca, text.as_bytes()) {
        if let Some(apostrophe) = text[at..].chars().next().filter(|c| is_apostrophe(*c)) {
            small.push_str(&text[from..at]);
            from = at + apostrophe.len_utf8();
        }
    }
    small.push_str(&text[from..]);
    small.make_ascii_lowercase();
    small
}

/// A text before and after the first sign of a kind.
fn split(text: &str, is_of_kind: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_of_kind).unwrap_or(text.len()))
}

/// The same where one sign depends on those around it, as the small letter of Σ does.
fn folded_whole(text: &str) -> String {
    bare(text).collect::<String>().to_lowercase()
}

fn bare(text: &str) -> impl Iterator<Item = char> {
    text.nfd().filter(|c| !is_diacritic(*c) && !is_apostrophe(*c))
}

/// Whether a sign is neither taken apart nor moved among its neighbours, and has a small letter in ASCII alone: the signs of
/// ASCII, dashes and quotation marks. Nearly all texts have no others, or few.
fn is_simple(c: char) -> bool {
    c.is_ascii() || ('\u{2010}'..='\u{2027}').contains(&c)
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

/// A word of a text.
enum Word<'t> {
    /// One without hyphens.
    Single(&'t str),
    /// One with hyphens: single ones, between letters.
    Compound(&'t str),
}

/// The first word of a text, and what follows. Every word of a site comes through here, so only what is not ASCII is read
/// as characters.
fn next_word(text: &str) -> Option<(Word<'_>, &str)> {
    let mut text = text;
    let first = loop {
        let start = text.bytes().position(|byte| KINDS[usize::from(byte)] & (LETTER | FOREIGN) != 0)?;
        text = &text[start..];
        let length = letters(text);
        if length > 0 {
            break length;
        }
        // No word begins with this sign.
        text = &text[text.chars().next().map_or(0, char::len_utf8)..];
    };
    let mut end = first;
    while let Some(more) = goes_on(&text[end..]) {
        end += more;
    }
    let (word, after) = text.split_at(end);
    Some((if end == first { Word::Single(word) } else { Word::Compound(word) }, after))
}

/// The kinds of bytes: letters and digits of ASCII, and what is not ASCII.
const LETTER: u8 = 1;
const FOREIGN: u8 = 2;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        if byte.is_ascii_alphanumeric() {
            kinds[byte as usize] = LETTER;
        } else if !byte.is_ascii() {
            kinds[byte as usize] = FOREIGN;
        }
        byte += 1;
    }
    kinds
};

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

/// The bytes of the letters that a text begins with.
fn letters(text: &str) -> usize {
    let end = text.bytes().position(|byte| KINDS[usize::from(byte)] != LETTER).unwrap_or(text.len());
    if text.as_bytes().get(end).is_none_or(u8::is_ascii) {
        return end;
    }
    let rest = &text[end..];
    end + rest.find(|c| !is_letter(c)).unwrap_or(rest.len())
}

/// The bytes by which a word goes on after a hyphen, if it does.
fn goes_on(text: &str) -> Option<usize> {
    let next = text.as_bytes().first()?;
    if next.is_ascii() && *next != b'-' {
        return None;
    }
    let hyphen = text.chars().next().filter(|c| is_hyphen(*c))?.len_utf8();
    let more = letters(&text[hyphen..]);
    (more > 0).then_some(hyphen + more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PIECES: &[&str] = &[
        "Parkinson",
        "\u{2019}",
        "'",
        "S",
        " ",
        "\u{2014}",
        "\u{201c}",
        "É",
        "e\u{301}",
        "\u{301}",
        "\u{323}",
        "\u{300}a",
        "\u{130}",
        "Σ",
        "ΟΔΟΣ",
        "ς",
        "ß",
        "\u{2000}",
        "\u{212b}",
        "\u{ac01}",
        "\u{939}\u{943}",
        "\u{2bc}",
        "-",
        "X\u{2011}",
    ];

    proptest! {
        #[test]
        fn parts_are_folded_as_the_whole(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
            let text = pieces.concat();
            prop_assert_eq!(folded(&text), folded_whole(&text), "{:?}", text);
        }
    }

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
