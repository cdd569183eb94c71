//! Sentences and words of a text.
//!
//! A block of prose is cut at its full stops, question marks and exclamation marks, and at a line
//! break that the writer put before a capital letter. Libraries cut by the rules of Unicode, which
//! know no abbreviations, so "Dr. Smith" would be two sentences; the table of the language knows
//! them.

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
pub fn sentences<'t>(
    language: &'t Language,
    text: &'t str,
) -> impl Iterator<Item = Range<usize>> + 't {
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
    while let Some(stop) = next_stop(text, at) {
        if text[stop..].starts_with('\n') {
            at = stop + 1;
            if !goes_on(&text[at..]) {
                return at;
            }
            continue;
        }
        let after = text[stop..]
            .trim_start_matches(|c| is_stop(c) || matches!(c, '"' | '\'' | ')' | ']' | '”' | '’'));
        let after = after_reference(&text[..stop], after);
        at = text.len() - after.len();
        // "6." at the head of a sentence is the number of an item.
        let is_apart = after.starts_with(char::is_whitespace) && !is_number(&text[start..stop]);
        if after.is_empty() || (is_apart && ends_here(language, text, stop, after)) {
            return at;
        }
    }
    text.len()
}

/// Whether there are digits alone, with spaces around them.
fn is_number(text: &str) -> bool {
    let is_word = text
        .as_bytes()
        .last()
        .is_some_and(|byte| byte.is_ascii_graphic() && !byte.is_ascii_digit());
    !is_word && text.trim().bytes().all(|byte| byte.is_ascii_digit())
}

/// Where the next stop or line break stands. Every text comes through here, so only what may be a
/// stop outside ASCII is read as a character.
fn next_stop(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += position(text.as_bytes().get(at..)?, may_stop)?;
        if text.as_bytes()[at] != 0xe2 || text[at..].starts_with('\u{2026}') {
            return Some(at);
        }
        at += 1;
    }
}

#[expect(
    clippy::needless_bitwise_bool,
    reason = "without branches, the processor asks many bytes at once"
)]
fn may_stop(byte: u8) -> bool {
    b".!?\n\xe2"
        .iter()
        .fold(false, |found, stop| found | (byte == *stop))
}

/// Where the first byte of a kind stands. Few bytes are of one, so many are asked at once.
fn position(bytes: &[u8], is_of_kind: impl Fn(u8) -> bool) -> Option<usize> {
    const AT_ONCE: usize = 16;
    let has_one = |block: &[u8; AT_ONCE]| {
        block
            .iter()
            .fold(false, |found, byte| found | is_of_kind(*byte))
    };
    let (blocks, _) = bytes.as_chunks();
    let start = AT_ONCE * blocks.iter().position(has_one).unwrap_or(blocks.len());
    bytes[start..]
        .iter()
        .position(|byte| is_of_kind(*byte))
        .map(|at| start + at)
}

/// Whether what follows begins with a small letter, perhaps in quotes or brackets.
fn goes_on(after: &str) -> bool {
    let next = after
        .trim_start()
        .trim_start_matches(['"', '“', '‘', '\'', '(', '[']);
    next.chars().next().is_some_and(char::is_lowercase)
}

/// What follows a stop without the number of a reference: `two days.1 Then`, `two days.[1,2] Then`.
fn after_reference<'t>(before: &str, after: &'t str) -> &'t str {
    let is_mark = |c: char| {
        c.is_ascii_digit()
            || matches!(
                c,
                '\u{b9}' | '\u{b2}' | '\u{b3}' | '[' | ']' | ',' | '\u{2013}' | '-' | '\u{2070}'
                    ..='\u{2079}'
            )
    };
    let rest = after.trim_start_matches(is_mark);
    let is_reference =
        rest.len() < after.len() && (rest.is_empty() || rest.starts_with(char::is_whitespace));
    if is_reference && before.ends_with(char::is_alphabetic) {
        rest
    } else {
        after
    }
}

fn ends_here(language: &Language, text: &str, stop: usize, after: &str) -> bool {
    if goes_on(after) {
        return false;
    }
    if !text[stop..].starts_with('.') {
        return true;
    }
    let before = &text[..stop];
    let opens = |c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | '\u{201c}' | '\u{2018}' | '"' | '\'')
    };
    let word = before.rsplit(opens).next().expect("a split has a part");
    let is_lettered = word
        .split('.')
        .all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    if is_lettered && word != "I" {
        return ends_after_letter(language, before, word, after);
    }
    if language.counted_abbreviations.contains(word) {
        return !after
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit() || c == '#');
    }
    !language.abbreviations.contains(word)
}

/// Whether a sentence ends after `C.`, `F.` or `U.S.`: a letter that names a thing ends one, an
/// initial does not, and after either a usual beginning begins the next.
fn ends_after_letter(language: &Language, before: &str, word: &str, after: &str) -> bool {
    let next = words(after).next();
    let is_initial =
        |next: &Word<'_>| next.text.len() == 1 && after[next.range.end..].starts_with('.');
    let first = next
        .filter(|next| !is_initial(next))
        .map(|next| next.text.to_lowercase())
        .unwrap_or_default();
    let mut near = ["", ""];
    for word in words(&before[..before.len() - word.len()]) {
        near = [near[1], word.text];
    }
    // "type A", and "A, B or C".
    let is_letter =
        near[0].len() == 1 && near[0].chars().all(char::is_uppercase) && near[1].len() <= 3;
    let is_named = word.len() == 1
        && (is_letter
            || language
                .lettered_words
                .contains(&near[1].to_lowercase().as_str()));
    is_named || language.usual_beginnings.contains(&first.as_str())
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let is_apart = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_graphic());
    if !is_apart(part.as_bytes().first()) && !is_apart(part.as_bytes().last()) {
        return range;
    }
    let start = range.start + part.len() - part.trim_start().len();
    start..(start + part.trim().len())
}

/// The words of a text: what stands between spaces and dashes, without the punctuation around it.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let bytes = text.as_bytes();
    // Most words begin and end in letters or digits of ASCII.
    let is_plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut start = 0;
    std::iter::from_fn(move || {
        while start < text.len() {
            let (end, next) = part_end(text, start);
            let is_bare = is_plain(start) && is_plain(end.wrapping_sub(1));
            let range = if is_bare {
                start..end
            } else {
                without_punctuation(text, start..end)
            };
            start = next;
            if !range.is_empty() {
                return Some(Word {
                    text: &text[range.clone()],
                    range,
                });
            }
        }
        None
    })
}

/// Where the part that begins at `start` ends, and where the next one begins. Every text of a site
/// comes through here, so only bytes that may begin a space or a dash are read as characters.
fn part_end(text: &str, start: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(more) = bytes[at..]
        .iter()
        .position(|byte| MAY_PART[usize::from(*byte)])
    {
        at += more;
        let apart = if bytes[at] == b' ' {
            1
        } else {
            apart(&text[at..])
        };
        if apart > 0 {
            return (at, at + apart);
        }
        at += 1;
    }
    (text.len(), text.len())
}

/// The bytes of the space or dash that a text begins with.
fn apart(text: &str) -> usize {
    let first = text
        .chars()
        .next()
        .filter(|c| c.is_whitespace() || matches!(c, '\u{2014}' | '\u{2013}'));
    first.map_or(0, char::len_utf8)
}

/// Which bytes may be the first ones of a space or a dash: U+0085 and U+00A0; U+1680; U+2000 to
/// U+205F; U+3000.
const MAY_PART: [bool; 256] = {
    let mut kinds = [false; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        kinds[byte as usize] = matches!(byte, b'\t'..=b'\r' | b' ' | 0xc2 | 0xe1..=0xe3);
        byte += 1;
    }
    kinds
};

fn without_punctuation(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let part = part.trim_end_matches(|c| !is_alphanumeric(c));
    let word = part.trim_start_matches(|c| !is_alphanumeric(c));
    let start = range.start + part.len() - word.len();
    start..start + word.len()
}

/// Whether a sign is a letter or a digit; dashes and quotation marks, which nearly all texts have,
/// are told fast.
fn is_alphanumeric(c: char) -> bool {
    !('\u{2010}'..='\u{2027}').contains(&c) && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_not_at_abbreviations() {
        let language = crate::language::of("en-US").expect("a table");
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = sentences(language, text)
                .map(|range| &text[range])
                .collect();
            assert_eq!(found, expected);
        };
        check("One. Two!  Three?", &["One.", "Two!", "Three?"]);
        check(
            "Dr. J. Smith saw you. Rest.",
            &["Dr. J. Smith saw you.", "Rest."],
        );
        check(
            "Take 1.5 mg, e.g. at 8 a.m. daily. Then wait…",
            &["Take 1.5 mg, e.g. at 8 a.m. daily.", "Then wait…"],
        );
        check(
            "“Stop.” He left (at once.) Then",
            &["“Stop.”", "He left (at once.)", "Then"],
        );
        check(
            "6. Rest. It is 6. Then go.",
            &["6. Rest.", "It is 6.", "Then go."],
        );
        check(
            "The U.S. Census. Am I? Is it I. Yes",
            &["The U.S. Census.", "Am I?", "Is it I.", "Yes"],
        );
        check(
            "You get hepatitis C. Most do not feel ill.",
            &["You get hepatitis C.", "Most do not feel ill."],
        );
        check(
            "Eat vitamin C. Peppers have it.",
            &["Eat vitamin C.", "Peppers have it."],
        );
        check(
            "You have MS. The nerves hurt.",
            &["You have MS.", "The nerves hurt."],
        );
        check(
            "Go to the ED. Doctors help.",
            &["Go to the ED.", "Doctors help."],
        );
        check(
            "It is A, B, or C. Write it down.",
            &["It is A, B, or C.", "Write it down."],
        );
        check(
            "The answer is no. You must rest. See no. 5 too.",
            &["The answer is no.", "You must rest.", "See no. 5 too."],
        );
        check(
            "He lives in the U.S. You can too.",
            &["He lives in the U.S.", "You can too."],
        );
        check(
            "John F. Kennedy and J. A. Smith came.",
            &["John F. Kennedy and J. A. Smith came."],
        );
        check(
            "Rest for 2 days.1 Then go.[2,3] Now.",
            &["Rest for 2 days.1", "Then go.[2,3]", "Now."],
        );
        check("It is v1.2 Then 3.5 mg.", &["It is v1.2 Then 3.5 mg."]);
        check(
            "Smith (2012), Jones et al. (2013) and others. Yes.",
            &["Smith (2012), Jones et al. (2013) and others.", "Yes."],
        );
        check(
            "On Jan. 5 and Sept. 9. He sat. Go.",
            &["On Jan. 5 and Sept. 9.", "He sat.", "Go."],
        );
        check(
            "Ask Jane Smith, M.D., now. Ask Al. Now.",
            &["Ask Jane Smith, M.D., now.", "Ask Al. Now."],
        );
        check(
            "Room 401\nMain Street\nand so\non. End",
            &["Room 401", "Main Street\nand so\non.", "End"],
        );
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
            &[
                "Your",
                "doctor’s",
                "well-known",
                "and/or",
                "38.3",
                "C",
                "way",
            ],
        );
        check("…", &[]);
        check(
            "a\u{a0}b\u{2003}\u{3000}c\u{2013}d\u{b}e",
            &["a", "b", "c", "d", "e"],
        );
        check("“éa”, (ü) ₂中", &["éa", "ü", "₂中"]);
    }
}
