//! How hard a text is to read, as a school grade.

use std::iter::Sum;
use std::ops::Add;

use super::{Language, PhraseSets, lexicon, words};

/// Below this number of words a grade says little: one long word moves it by a grade.
pub const LOW_CONFIDENCE: usize = 100;

/// A sentence of so few words is a fragment: it adds to the words and not to the sentences.
const FRAGMENT: usize = 2;

/// A sentence with so large a share of words of other languages is in one of them, in percent.
const FOREIGN_SHARE: usize = 20;

/// What a text amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Words.
    pub words: usize,
    /// Sentences of more than two words.
    pub sentences: usize,
    /// Syllables of all words.
    pub syllables: usize,
    /// Words whose syllables do not count against the text; they are among `words`, their syllables
    /// not among `syllables`.
    pub excused: usize,
}

/// What a sentence amounts to, and what its words say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Its words and syllables.
    pub counts: Counts,
    /// The sets of which it may have a phrase: one of its words marks it.
    pub marked: PhraseSets,
}

impl Tally {
    /// Counts one sentence; the syllables of words that `is_excused` names do not count. Nothing
    /// for a sentence in another language.
    pub fn of(
        language: &Language,
        sentence: &str,
        is_excused: impl Fn(&str) -> bool,
    ) -> Option<Self> {
        let mut counts = Counts::default();
        let mut marked = PhraseSets::default();
        let mut foreign = 0;
        lexicon::each(
            language,
            words(sentence).map(|word| word.text),
            |word, facts| {
                counts.words += 1;
                foreign += usize::from(facts.is_foreign);
                marked = marked | facts.marked;
                if facts.syllables > 2 && is_excused(word) {
                    counts.excused += 1;
                } else {
                    counts.syllables += facts.syllables;
                }
            },
        );
        counts.sentences = usize::from(counts.words > FRAGMENT);
        let is_foreign = foreign > 1 && foreign * 100 >= counts.words * FOREIGN_SHARE;
        (!is_foreign).then_some(Self { counts, marked })
    }
}

impl Counts {
    /// Words a sentence; a text without a whole sentence is one.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a text has fewer than 2^52 words"
    )]
    pub fn words_a_sentence(self) -> f64 {
        self.words as f64 / self.sentences.max(1) as f64
    }

    /// Syllables a word, among the words that count.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a text has fewer than 2^52 syllables"
    )]
    pub fn syllables_a_word(self) -> f64 {
        self.syllables as f64 / (self.words - self.excused).max(1) as f64
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            syllables: self.syllables + other.syllables,
            excused: self.excused + other.excused,
        }
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_those_of_the_formula() {
        let language = crate::language::of("en").expect("a table");
        let check = |text: &str, words: usize, sentences: usize, syllables: usize| {
            let counts = language.counts(text);
            assert_eq!(
                (counts.words, counts.sentences, counts.syllables),
                (words, sentences, syllables),
                "{text}"
            );
        };
        check("The cat sat on the mat. It was fat.", 9, 2, 9);
        check("Stop now. Your doctor places a catheter.", 7, 1, 11);
        let grade = (language.grade)(language.counts("The cat sat on the mat."));
        assert!(
            (grade - (0.39 * 6.0 + 11.8 - 15.59)).abs() < 1e-9,
            "{grade}"
        );
    }

    #[test]
    fn excused_words_weigh_nothing() {
        let language = crate::language::of("en").expect("a table");
        let tally = Tally::of(language, "You get dobutamine now", |word| {
            word == "dobutamine"
        });
        assert_eq!(
            tally.map(|Tally { counts, .. }| (counts.words, counts.excused, counts.syllables)),
            Some((4, 1, 3))
        );
    }
}
