//! What is known of a word by itself, kept for the words that were met lately: a text says few words often.
//!
//! Each thread keeps its own, in a table of fixed size where a word has one place; another word of that place takes it.
//! What is kept is a function of the language and the word alone, so only another language makes it useless.

use std::cell::RefCell;

use super::{Language, PhraseSets};

/// The bytes of the longest word that is kept; hardly any is longer.
const LONGEST: usize = 16;

/// The bits of a hash that choose a place: the table fits into the cache of a processor.
const BITS: u32 = 11;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordFacts {
    /// How many syllables it has.
    pub(super) syllables: usize,
    /// Whether other languages have it and this one does not.
    pub(super) is_foreign: bool,
    /// The sets of which it marks a phrase.
    pub(super) marked: PhraseSets,
}

impl WordFacts {
    fn of(language: &Language, word: &str) -> Self {
        Self {
            syllables: (language.syllables)(word),
            is_foreign: language.foreign_words.has(word),
            marked: language.phrases.marked_by(word),
        }
    }
}

/// The bytes of a word, with zeros behind them, and what is known of it. No word ends in a zero.
type Entry = (u128, WordFacts);

/// The words of one language that were met lately.
struct Lexicon {
    language: &'static str,
    entries: Vec<Entry>,
}

thread_local! {
    static LEXICON: RefCell<Lexicon> = const { RefCell::new(Lexicon { language: "", entries: Vec::new() }) };
}

/// Shows what is known of each of some words.
pub(super) fn each<'w>(
    language: &Language,
    words: impl Iterator<Item = &'w str>,
    mut see: impl FnMut(&'w str, WordFacts),
) {
    LEXICON.with_borrow_mut(|lexicon| {
        lexicon.turn_to(language.tag);
        words.for_each(|word| see(word, lexicon.facts(word, || WordFacts::of(language, word))));
    });
}

impl Lexicon {
    /// Forgets the words of another language.
    fn turn_to(&mut self, language: &'static str) {
        if self.language != language {
            *self = Self { language, entries: vec![Entry::default(); 1 << BITS] };
        }
    }

    /// What is known of a word: as it was found lately, else as `find` finds it.
    fn facts(&mut self, word: &str, find: impl Fn() -> WordFacts) -> WordFacts {
        let Some(key) = key(word) else { return find() };
        match self.entries.get_mut(place(key)) {
            Some(entry) if entry.0 == key => entry.1,
            Some(entry) => {
                *entry = (key, find());
                entry.1
            }
            None => find(),
        }
    }
}

/// The word as a number; nothing where it is too long, or ends in what stands for nothing.
fn key(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    if bytes.last().is_none_or(|last| *last == 0) || bytes.len() > LONGEST {
        return None;
    }
    // A long word as its beginning and its end, which may overlap: faster than to copy so few bytes one by one.
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let behind = u64::from_le_bytes(*last).checked_shr(u8::BITS * twice_less(u64::BITS, bytes));
        return Some(u128::from(u64::from_le_bytes(*first)) | u128::from(behind.unwrap_or(0)) << u64::BITS);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let behind = u32::from_le_bytes(*last).checked_shr(u8::BITS * twice_less(u32::BITS, bytes));
        return Some(u128::from(u32::from_le_bytes(*first)) | u128::from(behind.unwrap_or(0)) << u32::BITS);
    }
    Some(bytes.iter().rev().fold(0, |key, byte| key << u8::BITS | u128::from(*byte)))
}

/// How many bytes two numbers of so many bits have more than some bytes.
fn twice_less(bits: u32, bytes: &[u8]) -> u32 {
    (2 * bits / u8::BITS).saturating_sub(u32::try_from(bytes.len()).unwrap_or(u32::MAX))
}

/// The place of a word: the upper bits of a multiplicative hash.
fn place(key: u128) -> usize {
    let hash = (key ^ (key >> 61)).wrapping_mul(0x2545_f491_4f6c_dd1d_9e37_79b9_7f4a_7c15);
    // So few bits fit into any number.
    usize::try_from(hash >> (u128::BITS - BITS)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_facts_until_another_takes_its_place() {
        let mut lexicon = Lexicon { language: "", entries: Vec::new() };
        let mut check = |language: &'static str, word: &str, found: usize, expected: usize| {
            let find = || WordFacts { syllables: found, ..WordFacts::default() };
            lexicon.turn_to(language);
            assert_eq!(lexicon.facts(word, find).syllables, expected, "{word:?}");
        };
        check("en", "doctor", 2, 2);
        check("en", "doctor", 9, 2);
        check("en", "Doctor", 3, 3);
        check("en", "", 1, 1);
        check("en", "", 4, 4);
        check("en", "a\0", 1, 1);
        check("en", "a", 2, 2);
        check("en", "a\0", 3, 3);
        check("en", "electrocardiogram", 7, 7);
        check("en", "electrocardiogram", 8, 8);
        let other = (0..1_u32 << 20)
            .map(|number| format!("w{number}"))
            .find(|word| key(word).map(place) == key("doctor").map(place));
        check("en", &other.expect("the places are few"), 5, 5);
        check("en", "doctor", 4, 4);
        check("de", "doctor", 6, 6);
        check("de", "a", 1, 1);
    }

    #[test]
    fn a_word_is_a_number_with_its_bytes() {
        let letters = "abcdefghijklmnopq";
        for length in 0..=letters.len() {
            let word = &letters[..length];
            let mut bytes = [0; LONGEST];
            bytes.iter_mut().zip(word.bytes()).for_each(|(byte, letter)| *byte = letter);
            let expected = (1..=LONGEST).contains(&length).then(|| u128::from_le_bytes(bytes));
            assert_eq!(key(word), expected, "{word:?}");
        }
    }

    #[test]
    fn words_stand_all_over_the_table() {
        let places: std::collections::BTreeSet<usize> =
            (0..1 << BITS).filter_map(|number| key(&format!("word{number}")).map(place)).collect();
        // With each word at a place of chance, 63 % of the places are taken.
        assert!(places.len() > (1 << BITS) / 2, "{} places", places.len());
    }
}
