//! What is known of a word by itself, kept for the words that were met lately.
//!
//! Each thread keeps its own. What is kept is a function of the language and the word alone, so
//! only another language makes it useless.

use std::cell::RefCell;

use super::{Language, PhraseSets, RecentWordCache};

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

/// The words of one language, by its tag.
type Lexicon = Option<(&'static str, RecentWordCache<WordFacts>)>;

thread_local! {
    static LEXICON: RefCell<Lexicon> = const { RefCell::new(None) };
}

/// Shows what is known of each of some words.
pub(super) fn each<'w>(
    language: &Language,
    words: impl Iterator<Item = &'w str>,
    mut see: impl FnMut(&'w str, WordFacts),
) {
    LEXICON.with_borrow_mut(|lexicon| {
        let lately = words_of(lexicon, language.tag);
        words.for_each(|word| see(word, lately.get(word, || WordFacts::of(language, word))));
    });
}

/// The words of a language; those of another are forgotten.
fn words_of<'l>(lexicon: &'l mut Lexicon, tag: &'static str) -> &'l mut RecentWordCache<WordFacts> {
    if lexicon.as_ref().is_some_and(|(known, _)| *known != tag) {
        *lexicon = None;
    }
    &mut lexicon
        .get_or_insert_with(|| (tag, RecentWordCache::default()))
        .1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_language_knows_nothing_of_the_last() {
        let mut lexicon = None;
        let mut check = |tag: &'static str, word: &str, found: usize, expected: usize| {
            let find = || WordFacts {
                syllables: found,
                ..WordFacts::default()
            };
            assert_eq!(
                words_of(&mut lexicon, tag).get(word, find).syllables,
                expected,
                "{tag} {word}"
            );
        };
        check("en", "doctor", 2, 2);
        check("en", "doctor", 9, 2);
        check("de", "doctor", 6, 6);
        check("de", "a", 1, 1);
        check("en", "doctor", 4, 4);
    }
}
