//! What the rules must know of a language: its sentences, its syllables, its words.
//!
//! A language is one table, [`Language`]. Rules ask the table and know no word themselves, so
//! another language is another table beside [`english`]; a rule that needs a table leaves pages in
//! other languages alone. Nothing here knows of pages.

mod english;
mod lexicon;
mod phrase_sets;
mod phrases;
mod readability;
mod recent_word_cache;
mod text;
mod word_set;

use std::collections::HashSet;

use foldhash::fast::FixedState;

pub use phrase_sets::{PhraseSet, PhraseSets, SetsOfPhrases};
pub use phrases::{Phrase, Phrases};
pub use readability::{Counts, LOW_CONFIDENCE, Tally};
pub use recent_word_cache::RecentWordCache;
pub use text::{Word, sentences, words};
pub use word_set::WordSet;

/// What is known of a language.
#[derive(Debug)]
pub struct Language {
    /// The primary subtag of its language tag: `en`.
    pub tag: &'static str,
    /// Words that other languages have many of, and this one does not have: where they are
    /// frequent, the text is in another language.
    pub foreign_words: WordSet,
    /// How many syllables a word has.
    pub syllables: fn(&str) -> usize,
    /// The school grade of a text (in English, Flesch–Kincaid).
    pub grade: fn(Counts) -> f64,
    /// Words with a full stop that end no sentence, without that stop, as they are written within
    /// and at the head of a sentence.
    pub abbreviations: HashSet<String, FixedState>,
    /// Those that are abbreviations before a number only, and words otherwise: "no. 5".
    pub counted_abbreviations: HashSet<String, FixedState>,
    /// Words after which a letter names a thing, and is no initial: "vitamin C".
    pub lettered_words: &'static [&'static str],
    /// Words that a sentence often begins with, in lower case.
    pub usual_beginnings: &'static [&'static str],
    /// The phrases that are looked for in every sentence.
    pub phrases: SetsOfPhrases,
    /// Terms in which such a word stays, for there is no simpler one for the whole.
    pub fixed_terms: Phrases,
    /// The verb that makes the passive voice, as it stands after an obligation.
    pub passive_verb: &'static str,
    /// Adverbs that do not end like adverbs, and "not".
    pub adverbs: &'static [&'static str],
    /// Words before an obligation that make a possibility of it: "may".
    pub possibilities: &'static [&'static str],
    /// Words that open a condition: "if".
    pub conditions: &'static [&'static str],
    /// The word before whoever acts in a sentence in the passive voice.
    pub agent_word: &'static str,
    /// What follows that word and acts not: "by mouth", "by Friday".
    pub no_agents: &'static [&'static str],
    /// The word that opens a clause after "it should be noted".
    pub clause_word: &'static str,
    /// Participles that end like no other.
    pub irregular_participles: &'static [&'static str],
    /// Participles that describe a state, so that nobody is missing who acts; some only with the
    /// word after them.
    pub states: &'static [&'static str],
    /// How a regular participle ends.
    pub participle_ending: &'static str,
    /// Words before such an order that take it back.
    pub negations: &'static [&'static str],
    /// How an adverb ends that may stand before a participle.
    pub adverb_ending: &'static str,
    /// How a verb ends that may stand for a noun: "washing".
    pub gerund_ending: &'static str,
    /// Orders to patients in the third person, each with the words to say instead.
    pub patient_orders: Phrases,
    /// Words that begin to say which patients: "with", "who".
    pub patient_modifiers: &'static [&'static str],
    /// Words after which an order is for somebody else.
    pub other_subjects: &'static [&'static str],
    /// Words before the subject of a clause: "that", "when".
    pub clause_openings: &'static [&'static str],
    /// Words for the sign of degrees.
    pub degree_words: &'static [&'static str],
    /// The scale of Fahrenheit, written out, in lower case.
    pub fahrenheit: &'static str,
    /// The scale of Celsius, written out, in lower case.
    pub celsius: &'static str,
    /// What stands between two numbers that belong together: "to".
    pub range_words: &'static [&'static str],
    /// Link texts that say nothing.
    pub vague_links: WordSet,
    /// Words that say nothing when a link has no others.
    pub vague_link_words: WordSet,
    /// How a text alternative begins that says that it is an image.
    pub image_openings: Vec<String>,
    /// Text alternatives that say nothing else.
    pub empty_alternatives: Vec<String>,
    /// Words that ask to phone, before a number.
    pub call_words: &'static [&'static str],
    /// Short numbers for emergencies.
    pub emergency_numbers: &'static [&'static str],
    /// Words that speak of an emergency.
    pub emergency_words: &'static [&'static str],
    /// Words that join a short number to those words, or to one that asks to phone: "call your
    /// doctor or 911".
    pub emergency_joints: &'static [&'static str],
    /// Words after a short number that it does not count: "if".
    pub emergency_followers: &'static [&'static str],
    /// What is called by its short number: "988 Lifeline".
    pub emergency_lines: Phrases,
    /// Words that name a number to phone, beside those that ask to phone: "TTY".
    pub phone_words: &'static [&'static str],
    /// What follows here must not be phoned: "fax".
    pub fax_words: &'static [&'static str],
    /// What follows here is no phone number at all: "order no.".
    pub identifiers: Phrases,
    /// What a person is told to do in an emergency.
    pub emergency_actions: Phrases,
    /// The headings of lists of sources, in lower case.
    pub reference_headings: &'static [&'static str],
    /// Units that some write in capitals.
    pub units: &'static [&'static str],
    /// Acronyms that everybody knows better than their words.
    pub familiar_acronyms: &'static [&'static str],
    /// Words that are written in capitals to be loud, and no acronyms.
    pub loud_words: &'static [&'static str],
    /// Words that say nothing about what somebody looks for, in lower case without apostrophes.
    pub stop_words: &'static [&'static str],
    /// Names of the same thing, as patients and clinicians have them.
    pub synonyms: Vec<Vec<String>>,
    /// Words before a Roman number: "type", "stage".
    pub ordinal_words: &'static [&'static str],
}

impl Language {
    /// What a text amounts to, without its sentences in other languages.
    #[must_use]
    pub fn counts(&self, text: &str) -> Counts {
        sentences(self, text)
            .filter_map(|range| Some(Tally::of(self, &text[range], |_| false)?.counts))
            .sum()
    }

    /// Whether a word is a participle that says that something is done to somebody, before the word
    /// `next`.
    #[must_use]
    pub fn is_participle(&self, word: &str, next: Option<&str>) -> bool {
        let word = word.to_lowercase();
        let regular =
            word.len() > self.participle_ending.len() + 2 && word.ends_with(self.participle_ending);
        let is_state = |state: &str| match state.split_once(' ') {
            Some((participle, follower)) => participle == word && next == Some(follower),
            None => state == word,
        };
        (regular || self.irregular_participles.contains(&word.as_str()))
            && !self.states.iter().any(|state| is_state(state))
    }

    /// Whether a word is an adverb, as far as that can be told.
    #[must_use]
    pub fn is_adverb(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        word.ends_with(self.adverb_ending) || self.adverbs.contains(&word.as_str())
    }
}

/// Whether a list of the table has a word, whatever its case.
#[must_use]
pub fn has(list: &[&str], word: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The language of a tag such as `en-US`, if it has a table.
#[must_use]
pub fn of(tag: &str) -> Option<&'static Language> {
    let primary = tag.split('-').next().expect("a split has a part");
    let english: &'static Language = &english::ENGLISH;
    primary.eq_ignore_ascii_case(english.tag).then_some(english)
}
