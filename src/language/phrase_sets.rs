//! The sets of phrases that are looked for in every sentence, and which of them a word may begin.
//!
//! To look for hundreds of phrases costs more than all else that is asked of a sentence, and hardly any sentence has one.
//! Its words tell: a phrase stands whole, so its first letters are a word, or a part of one between other signs.

use std::ops::BitOr;

use super::Phrases;

/// A set of phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseSet {
    /// Words for which there are simpler ones, each with those.
    ComplexWords,
    /// What orders somebody to do something, before the verb of the passive voice and a participle: "must", "should".
    Obligations,
    /// Patients in the third person.
    Patients,
}

/// The sets of a language.
#[derive(Debug)]
pub struct SetsOfPhrases {
    pub(super) complex_words: Phrases,
    pub(super) obligations: Phrases,
    pub(super) patients: Phrases,
}

/// Some of the sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhraseSets(u8);

impl SetsOfPhrases {
    /// The phrases of a set.
    #[must_use]
    pub fn of(&self, set: PhraseSet) -> &Phrases {
        match set {
            PhraseSet::ComplexWords => &self.complex_words,
            PhraseSet::Obligations => &self.obligations,
            PhraseSet::Patients => &self.patients,
        }
    }

    /// The sets of which a phrase may begin in a word.
    pub(super) fn begin_in(&self, word: &str) -> PhraseSets {
        let all = [PhraseSet::ComplexWords, PhraseSet::Obligations, PhraseSet::Patients];
        let begin = all.into_iter().filter(|set| self.of(*set).may_begin_in(word));
        begin.fold(PhraseSets::default(), |sets, set| sets | PhraseSets(set.bit()))
    }
}

impl PhraseSet {
    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl PhraseSets {
    /// Whether a set is one of them.
    #[must_use]
    pub fn has(self, set: PhraseSet) -> bool {
        self.0 & set.bit() != 0
    }
}

impl BitOr for PhraseSets {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::language::Tally;

    const PIECES: &[&str] = &[
        "utilize",
        "Prior",
        "prior to",
        "in order to",
        "patients",
        "The PATIENT",
        "must",
        "should",
        "have to",
        "needs",
        " ",
        " ",
        " ",
        " ",
        "-",
        "/",
        "\u{2019}",
        "'",
        "'s",
        "\u{2014}",
        "\u{a0}",
        "(",
        ")",
        "\"",
        ".",
        ",",
        "_",
        "é",
        "x",
        "1",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_phrase_begins_in_a_word_that_says_so(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..9)
        ) {
            let language = crate::language::of("en").expect("a table");
            let text = pieces.concat();
            let begins = Tally::of(language, &text, |_| false).map(|tally| tally.begins).unwrap_or_default();
            for set in [PhraseSet::ComplexWords, PhraseSet::Obligations, PhraseSet::Patients] {
                let has_one = language.phrases.of(set).find(&text).next().is_some();
                prop_assert!(!has_one || begins.has(set), "{set:?} in {text:?}");
            }
        }
    }

    #[test]
    fn few_words_begin_a_phrase() {
        let language = crate::language::of("en").expect("a table");
        let check = |word: &str, set: PhraseSet, expected: bool| {
            assert_eq!(language.phrases.begin_in(word).has(set), expected, "{word}");
        };
        check("utilize", PhraseSet::ComplexWords, true);
        check("and/Utilize", PhraseSet::ComplexWords, true);
        check("reutilize", PhraseSet::ComplexWords, false);
        check("doctor", PhraseSet::ComplexWords, false);
        check("must", PhraseSet::Obligations, true);
        check("must", PhraseSet::Patients, false);
        check("patients", PhraseSet::Patients, true);
        check("", PhraseSet::Patients, false);
    }
}
