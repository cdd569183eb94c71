//! The terms of a text: the words by which it is found.
//!
//! `static/assets/components/search/terms.js` does the same with what a reader types. Whatever is
//! changed in one of them must be changed in the other; `tests/browser/search-index.test.mjs`
//! compares them.

use memchr::memchr2_iter;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Reads the terms of one text after the other, in the same room.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The text in small letters, without diacritics and apostrophes.
    folded: String,
    /// A word with hyphens without them.
    joined: String,
}

impl Reader {
    /// Gives every term of a text, in order: its words in small letters, without diacritics and
    /// apostrophes. A word with hyphens gives its parts, and then itself without them: `x-ray` is
    /// found as `x`, `ray` and `xray`.
    pub(super) fn each(&mut self, text: &str, mut take: impl FnMut(&str)) {
        let Self { folded, joined } = self;
        fold(text, folded);
        each_word(folded, |word| match word {
            Word::Single(word) => take(word),
            Word::Compound(word) => {
                word.split(is_hyphen).for_each(&mut take);
                joined.clear();
                joined.extend(word.chars().filter(|c| !is_hyphen(*c)));
                take(joined);
            }
        });
    }
}

/// The terms of a text as a list.
pub(super) fn all(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    Reader::default().each(text, |term| terms.push(term.to_owned()));
    terms
}

/// Puts a text in small letters, without diacritics and apostrophes, in the place of another one.
fn fold(text: &str, folded: &mut String) {
    folded.clear();
    if fold_simple(text, folded).is_none() {
        folded.clear();
        fold_any(text, folded);
    }
}

/// The same for a text that has simple signs alone; nothing where it has others.
fn fold_simple(text: &str, folded: &mut String) -> Option<()> {
    let mut from = 0;
    let add = |part: &str, folded: &mut String| part.is_ascii().then(|| folded.push_str(part));
    // The first bytes of all simple signs that are not letters of ASCII: to seek these is faster
    // than to read all characters.
    for at in memchr2_iter(b'\'', 0xe2, text.as_bytes()) {
        add(&text[from..at], folded)?;
        let sign = text[at..].chars().next().filter(|c| is_simple(*c))?;
        from = at + sign.len_utf8();
        if !is_apostrophe(sign) {
            folded.push(sign);
        }
    }
    add(&text[from..], folded)?;
    folded.make_ascii_lowercase();
    Some(())
}

/// The same for any text.
fn fold_any(text: &str, folded: &mut String) {
    if text.contains('\u{3a3}') {
        return folded.push_str(&folded_whole(text));
    }
    let mut rest = text;
    while !rest.is_empty() {
        let (simple, after) = split(rest, |c| !is_simple(c));
        folded.extend(
            simple
                .chars()
                .filter(|c| !is_apostrophe(*c))
                .map(|c| c.to_ascii_lowercase()),
        );
        let (others, after) = split(after, is_simple);
        folded.extend(bare(others).flat_map(char::to_lowercase));
        rest = after;
    }
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
    text.nfd()
        .filter(|c| !is_diacritic(*c) && !is_apostrophe(*c))
}

/// Whether a sign is neither taken apart nor moved among its neighbours, and has a small letter in
/// ASCII alone: the signs of ASCII, dashes and quotation marks. Nearly all texts have no others, or
/// few.
fn is_simple(c: char) -> bool {
    c.is_ascii() || ('\u{2010}'..='\u{2027}').contains(&c)
}

/// The diacritics of European scripts. Those of others are vowels and tones, without which a word
/// is another.
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

/// Shows every word of a text. All texts of a site come through here, so only what is not ASCII is
/// read as characters.
fn each_word(text: &str, mut show: impl FnMut(Word<'_>)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += letters_of_ascii(&bytes[start..]);
        if bytes
            .get(at)
            .is_none_or(|next| next.is_ascii() && *next != b'-')
        {
            if at > start {
                show(Word::Single(&text[start..at]));
            }
        } else if at > start || *byte != b'-' {
            at = start + any_word(&text[start..], &mut show);
            continue;
        }
        at += 1;
    }
}

/// Shows the word that a text begins with, whatever its signs, and gives where it ends; where the
/// text begins with no letter, goes past its first sign.
fn any_word(text: &str, show: &mut impl FnMut(Word<'_>)) -> usize {
    let first = letters(text);
    if first == 0 {
        return text.chars().next().map_or(0, char::len_utf8);
    }
    let mut end = first;
    while let Some(more) = goes_on(&text[end..]) {
        end += more;
    }
    let word = &text[..end];
    show(if end == first {
        Word::Single(word)
    } else {
        Word::Compound(word)
    });
    end
}

/// Which bytes are letters and digits of ASCII.
const IS_LETTER: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        letters[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    letters
};

fn is_letter(c: char) -> bool {
    if is_simple(c) {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || is_combining_mark(c)
    }
}

/// How many bytes at the beginning are letters and digits of ASCII.
fn letters_of_ascii(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| !IS_LETTER[usize::from(*byte)])
        .unwrap_or(bytes.len())
}

/// The bytes of the letters that a text begins with.
fn letters(text: &str) -> usize {
    let end = letters_of_ascii(text.as_bytes());
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
            let mut folded = "of another text".to_owned();
            fold(&text, &mut folded);
            prop_assert_eq!(folded, folded_whole(&text), "{:?}", text);
        }
    }

    #[test]
    fn terms_are_words_without_marks() {
        let check = |text: &str, expected: &[&str]| assert_eq!(all(text), expected, "{text:?}");
        check(
            "Heart failure, stage 3",
            &["heart", "failure", "stage", "3"],
        );
        check("Chest X-ray", &["chest", "x", "ray", "xray"]);
        check("a--b -c- d\u{2010}e", &["a", "b", "c", "d", "e", "de"]);
        check(
            "follow-up-visit",
            &["follow", "up", "visit", "followupvisit"],
        );
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
