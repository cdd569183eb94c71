//! A set of words that is asked for every word of a site: one look-up, whatever the case, and nothing allocated.

use std::collections::HashSet;

use foldhash::fast::FixedState;
use unicase::UniCase;

/// A set of words, looked up whole and without regard to case.
#[derive(Debug)]
pub struct WordSet(HashSet<UniCase<&'static str>, FixedState>);

impl WordSet {
    /// The set of these words.
    #[must_use]
    pub fn new(words: &[&'static str]) -> Self {
        Self(words.iter().map(|word| UniCase::new(*word)).collect())
    }

    /// Whether a word is in the set.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.0.contains(&UniCase::new(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        let words = WordSet::new(&["für", "de"]);
        for (word, expected) in [("De", true), ("FÜR", true), ("fur", false), ("des", false), ("", false)] {
            assert_eq!(words.has(word), expected, "{word}");
        }
    }
}
