//! A set of words or phrases that is asked for every word of a site, whatever the case, and nothing
//! allocated.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use unicase::{Ascii, UniCase};

/// A set of words, looked up whole and without regard to case.
#[derive(Debug)]
pub struct WordSet {
    ascii: HashSet<Ascii<&'static str>, FixedState>,
    others: HashSet<UniCase<&'static str>, FixedState>,
    /// The lengths of the ASCII words that begin with each byte, a bit each: most words are told
    /// apart without a look-up.
    lengths: Box<[u32; 128]>,
}

impl WordSet {
    /// The set of these words.
    #[must_use]
    pub fn new(words: &[&'static str]) -> Self {
        let (ascii, others): (Vec<&str>, Vec<&str>) =
            words.iter().partition(|word| word.is_ascii());
        let mut lengths = Box::new([0; 128]);
        for word in &ascii {
            lengths[first(word)] |= bit(word);
        }
        let others = others.into_iter().map(UniCase::new).collect();
        Self {
            ascii: ascii.into_iter().map(Ascii::new).collect(),
            others,
            lengths,
        }
    }

    /// Whether a word is in the set.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        if self.lengths[first(word)] & bit(word) != 0 && self.ascii.contains(&Ascii::new(word)) {
            return true;
        }
        !word.is_ascii() && self.others.contains(&UniCase::new(word))
    }
}

/// The first byte of a word in lower case; 0 where it is none of ASCII.
fn first(word: &str) -> usize {
    let byte = word.bytes().next().filter(u8::is_ascii).unwrap_or_default();
    usize::from(byte.to_ascii_lowercase())
}

/// The bit of a word's length; long words share one.
fn bit(word: &str) -> u32 {
    1 << word.len().min(31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        let words = WordSet::new(&[
            "für",
            "de",
            "été",
            "a-word-that-is-longer-than-thirty-one-letters",
        ]);
        let check = |word: &str, expected: bool| assert_eq!(words.has(word), expected, "{word}");
        check("De", true);
        check("FÜR", true);
        check("Été", true);
        check("A-Word-that-is-longer-than-thirty-one-letters", true);
        check("a-word-that-is-longer-than-thirty-two-letters", false);
        check("fur", false);
        check("des", false);
        check("du", false);
        check("", false);
    }
}
