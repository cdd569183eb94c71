//! What is known of a word by itself, kept for the words that were met lately.
//!
//! Each thread keeps its own. What is kept is a function of the language and the word alone, so only another language makes
//! it useless.

use std::cell::RefCell;

use super::{Language, Lately, PhraseSets};

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

thread_local! {
    /// The words of one language, by its tag.
    static LEXICON: RefCell<Option<(&'static str, Lately<WordFacts>)>> = const { RefCell::new(None) };
}

/// Shows what is known of each of some words.
pub(super) fn each<'w>(
    language: &Language,
    words: impl Iterator<Item = &'w str>,
    mut see: impl FnMut(&'w str, WordFacts),
) {
    LEXICON.with_borrow_mut(|lexicon| {
        if lexicon.as_ref().is_some_and(|(tag, _)| *tag != language.tag) {
            *lexicon = None;
        }
        let (_, lately) = lexicon.get_or_insert_with(|| (language.tag, Lately::default()));
        words.for_each(|word| see(word, lately.get(word, || WordFacts::of(language, word))));
    });
}
