//! The sets of phrases that are looked for in every sentence, and which of them a word marks.
//!
//! To look for hundreds of phrases costs more than all else that is asked of a sentence, and hardly
//! any sentence has one. Its words tell: a phrase stands whole, so its longest word is one of
//! theirs, or a part of one between other signs.

use std::collections::HashMap;
use std::ops::BitOr;

use foldhash::fast::FixedState;

use super::Phrases;
use super::phrases::runs;

/// A set of phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseSet {
    /// Words for which there are simpler ones, each with those.
    ComplexWords,
    /// What orders somebody to do something, before the verb of the passive voice and a participle:
    /// "must", "should".
    Obligations,
    /// Patients in the third person.
    Patients,
}

/// The sets of a language.
#[derive(Debug)]
pub struct SetsOfPhrases {
    sets: [Phrases; ALL.len()],
    /// The sets that have a phrase of each mark.
    marks: HashMap<String, PhraseSets, FixedState>,
}

const ALL: [PhraseSet; 3] = [
    PhraseSet::ComplexWords,
    PhraseSet::Obligations,
    PhraseSet::Patients,
];

/// Some of the sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhraseSets(u8);

impl SetsOfPhrases {
    /// The sets, each made by itself.
    pub(super) fn new(make: impl Fn(PhraseSet) -> Phrases) -> Self {
        let sets = ALL.map(make);
        let mut marks: HashMap<String, PhraseSets, FixedState> = HashMap::default();
        for (set, phrases) in ALL.into_iter().zip(&sets) {
            phrases
                .marks()
                .for_each(|mark| marks.entry(mark).or_default().0 |= set.bit());
        }
        Self { sets, marks }
    }

    /// The phrases of a set.
    #[must_use]
    pub fn of(&self, set: PhraseSet) -> &Phrases {
        &self.sets[set as usize]
    }

    /// The sets of which a word marks a phrase.
    pub(super) fn marked_by(&self, word: &str) -> PhraseSets {
        let marked = runs(word).filter_map(|run| self.marks.get(&run.to_ascii_lowercase()));
        marked.fold(PhraseSets::default(), |sets, more| sets | *more)
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
        #[test]
        fn a_sentence_with_a_phrase_is_marked(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..9)
        ) {
            let language = crate::language::of("en").expect("a table");
            let text = pieces.concat();
            let marked = Tally::of(language, &text, |_| false).map(|tally| tally.marked).unwrap_or_default();
            for set in ALL {
                let has_one = language.phrases.of(set).find(&text).next().is_some();
                prop_assert!(!has_one || marked.has(set), "{set:?} in {text:?}");
            }
        }
    }

    #[test]
    fn few_words_mark_a_phrase() {
        let language = crate::language::of("en").expect("a table");
        let check = |word: &str, set: PhraseSet, expected: bool| {
            assert_eq!(
                language.phrases.marked_by(word).has(set),
                expected,
                "{word}"
            );
        };
        check("utilize", PhraseSet::ComplexWords, true);
        check("and/Utilize", PhraseSet::ComplexWords, true);
        check("reutilize", PhraseSet::ComplexWords, false);
        check("doctor", PhraseSet::ComplexWords, false);
        check("order", PhraseSet::ComplexWords, true);
        check("in", PhraseSet::ComplexWords, false);
        check("must", PhraseSet::Obligations, true);
        check("must", PhraseSet::Patients, false);
        check("patients", PhraseSet::Patients, true);
        check("", PhraseSet::Patients, false);
    }
}
