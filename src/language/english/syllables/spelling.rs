//! The rules of spelling: how many syllables the letters of a word suggest.
//!
//! Owns the rules for words that are not in the table of exceptions, which is most of them.
//! `scripts/make-syllables` holds the same rules, because the table lists the words that they
//! miscount: a rule must never be changed on one side alone, and the table has to be made again
//! after it was. A test compares both by the checksum in the table.
#![expect(
    clippy::match_same_arms,
    reason = "the rows stand in the order of the script, where the first that fits decides"
)]

/// The syllables of a word in lowercase ASCII, at least one: its vowel sounds, without the silent
/// e's.
pub(super) fn count(word: &[u8]) -> usize {
    let endings =
        usize::from(word.starts_with(b"mc")) + usize::from(ends_in_syllabic_consonant(word));
    (vowel_sounds(word) + endings)
        .saturating_sub(silent_letters(word))
        .max(1)
}

/// The vowel letters of a word that begin a sound of their own.
fn vowel_sounds(word: &[u8]) -> usize {
    let mut count = 0;
    let mut in_group = false;
    for (at, letter) in word.iter().enumerate() {
        let sounds = is_vowel(*letter) && !is_glide(word, at);
        if sounds && (!in_group || is_hiatus(word, at, count)) {
            count += 1;
        }
        in_group = sounds;
    }
    count
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether a vowel letter is spoken as a consonant: the y of "yes" and "beyond", the u of "quick"
/// and "guess".
fn is_glide(word: &[u8], at: usize) -> bool {
    let before = word[..at].last();
    word.get(at + 1).is_some_and(|after| is_vowel(*after))
        && match word[at] {
            b'y' => before.is_none_or(|before| is_vowel(*before)),
            b'u' => matches!(before, Some(b'q' | b'g')),
            _ => false,
        }
}

/// Whether the vowel letter at a place begins another syllable than the vowel letter before it.
fn is_hiatus(word: &[u8], at: usize, count: usize) -> bool {
    let pair = (word[..at - 1].last().copied(), word[at - 1], word[at]);
    let tail = &word[at + 1..];
    let is_first = count == 1;
    match pair.1 {
        b'a' => is_hiatus_after_a(pair.2, tail),
        b'e' => is_hiatus_after_e(pair, tail, is_first),
        b'i' => is_hiatus_after_i(pair, tail, is_first),
        b'o' => is_hiatus_after_o(pair.2, tail),
        b'u' => is_hiatus_after_u(pair, tail, is_first),
        _ => is_hiatus_after_y(pair.2, tail),
    }
}

/// The letter before a pair of vowel letters, and the pair.
type Pair = (Option<u8>, u8, u8);

fn is_hiatus_after_a(second: u8, tail: &[u8]) -> bool {
    matches!((second, tail), (b'o', [_, ..]) | (b'i', [b'c', ..]))
}

fn is_hiatus_after_e(pair: Pair, tail: &[u8], is_first: bool) -> bool {
    let before = pair.0.unwrap_or(b'^');
    match (pair.2, tail) {
        (b'a', b"" | b"s" | b"n" | b"ns") if !is_first => true,
        (b'a', b"l" | b"lly") if !is_first => {
            !matches!(before, b'c' | b'd' | b'l' | b'm' | b'p' | b'v')
        }
        (b'a', b"te" | [b't', b'i', b'o' | b'v', ..]) => true,
        (b'a', _) => false,
        (b'o', [b'u', ..]) => !matches!(before, b'c' | b'g' | b'k'),
        (b'o', [b'p', b'l', ..]) => before != b'p',
        (b'o', [b'n' | b'r', ..]) => before != b'g',
        (b'o', _) => true,
        (b'u', b"m" | b"ms" | b"s") => !is_first,
        (b'i', b"ng" | b"ngs" | b"ty" | b"ties") => true,
        (b'i', [b'n' | b'm', ..]) => is_first && before == b'r',
        _ => false,
    }
}

fn is_hiatus_after_i(pair: Pair, tail: &[u8], is_first: bool) -> bool {
    let before = pair.0.unwrap_or(b'^');
    match (before, pair.2, tail) {
        (b'c' | b's' | b't', b'a', [b'l' | b'n', ..])
        | (b'g', b'a' | b'o', [b'n' | b'u', ..])
        | (_, b'a', [b'g', b'e', ..]) => false,
        (_, b'a', _) => true,
        (b'c' | b't', b'e', [b'n', ..]) => false,
        (_, b'e', [b'n', b'c' | b't', ..] | [b't', ..]) => true,
        (_, b'e', b"r" | b"rs" | b"st") => !is_first,
        (b'c' | b'h' | b'l' | b'n' | b's' | b't' | b'x', b'o', [b'n', ..])
        | (b'c' | b't' | b'x', b'o', [b'u', ..])
        | (b'n' | b'v', b'o', [b'r', ..]) => false,
        (_, b'i' | b'o' | b'u', _) => true,
        _ => false,
    }
}

fn is_hiatus_after_o(second: u8, tail: &[u8]) -> bool {
    match (second, tail) {
        (b'i', b"ng" | b"ngs" | b"st") => true,
        (b'e', [letter, rest @ ..]) => {
            matches!(letter, b'm' | b't' | b'v' | b'x')
                || (*letter == b'n' && rest.starts_with(b"t"))
        }
        _ => false,
    }
}

fn is_hiatus_after_u(pair: Pair, tail: &[u8], is_first: bool) -> bool {
    match (pair, tail) {
        ((_, _, b'a'), _) => true,
        ((_, _, b'e'), [b'l' | b'n' | b'r' | b't', ..]) if !is_first => true,
        ((Some(b'l'), _, b'e'), [b'n', ..]) => is_first,
        ((Some(b'r' | b's'), _, b'i'), [b't', ..]) => false,
        ((_, _, b'i'), [b'd' | b'n' | b't', _, ..]) => true,
        ((_, _, b'o'), [b'u', ..]) => true,
        _ => false,
    }
}

fn is_hiatus_after_y(second: u8, tail: &[u8]) -> bool {
    !(second == b'e' && matches!(tail, b"" | b"s" | b"d" | b"sd")) && second != b'y'
}

/// The letters after a silent e at most, as in "movements".
const LONGEST_TAIL: usize = 5;

/// The letters that `vowel_sounds` counted although they are silent: e's, and the a of "basically".
fn silent_letters(word: &[u8]) -> usize {
    let first = word.len().saturating_sub(LONGEST_TAIL + 1).max(1);
    let silent = (first..word.len())
        .filter(|at| word[*at] == b'e' && is_silent(&word[..*at], &word[at + 1..]))
        .count();
    silent + usize::from(word.ends_with(b"ically"))
}

/// Whether an e between two pieces of a word is silent, as in "care", "cared", "careful".
fn is_silent(before: &[u8], tail: &[u8]) -> bool {
    if !may_follow_silent_e(tail) || is_spoken_after(before) {
        return false;
    }
    match tail {
        b"d" => !matches!(before, [.., b't' | b'd']),
        b"s" => !matches!(
            before,
            [.., b'c' | b'g' | b's' | b'x' | b'z'] | [.., b'c' | b's', b'h']
        ),
        _ => true,
    }
}

fn may_follow_silent_e(tail: &[u8]) -> bool {
    let suffixes = matches!(
        tail,
        b"ly" | b"ment" | b"ments" | b"ful" | b"fully" | b"less" | b"ness" | b"some" | b"ty"
    );
    let words = matches!(tail, b"where" | b"time" | b"'re" | b"'ve" | b"'d" | b"'ll");
    suffixes || words || matches!(tail, b"" | b"d" | b"s")
}

/// Whether an e is always spoken after these letters: after another vowel, whose group it shares,
/// and in "table".
fn is_spoken_after(before: &[u8]) -> bool {
    match before {
        [.., b'a' | b'e' | b'i' | b'o' | b'y'] => true,
        [rest @ .., b'u'] => !matches!(rest, [.., b'g' | b'q']),
        [.., letter, b'l'] => !is_vowel(*letter) && !matches!(letter, b'l' | b'r'),
        _ => false,
    }
}

/// Whether a word ends in a consonant that is a syllable without a vowel: "prism", "rhythm",
/// "couldn't".
fn ends_in_syllabic_consonant(word: &[u8]) -> bool {
    let singular = word
        .strip_suffix(b"s")
        .filter(|rest| rest.ends_with(b"m"))
        .unwrap_or(word);
    singular.ends_with(b"sm")
        || singular.ends_with(b"thm")
        || matches!(word.strip_suffix(b"n't"), Some([.., letter]) if !is_vowel(*letter) && *letter != b'r')
}

#[cfg(test)]
mod tests;
