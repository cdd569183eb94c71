//! What the rules must know of a language: its sentences, its syllables, its words.
//!
//! A language is one table, [`Language`]. Rules ask the table and know no word themselves, so another language is another
//! table beside [`english`]; a rule that needs a table leaves pages in other languages alone. Nothing here knows of pages.

mod english;
mod phrases;
mod readability;
mod text;

pub use phrases::{Phrase, Phrases};
pub use readability::{Counts, LOW_CONFIDENCE};
pub use text::{Word, sentences, words};

/// What is known of a language.
#[derive(Debug)]
pub struct Language {
    /// The primary subtag of its language tag: `en`.
    pub tag: &'static str,
    /// Words that other languages have many of, and this one does not have: where they are frequent, the text is in
    /// another language.
    pub foreign_words: &'static [&'static str],
    /// How many syllables a word has.
    pub syllables: fn(&str) -> usize,
    /// The school grade of a text (in English, Flesch–Kincaid).
    pub grade: fn(Counts) -> f64,
    /// Words with a full stop that end no sentence, without that stop; those in lower case may have a capital too.
    pub abbreviations: &'static [&'static str],
    /// Those that are abbreviations before a number only, and words otherwise: "no. 5".
    pub counted_abbreviations: &'static [&'static str],
    /// Words after which a letter names a thing, and is no initial: "vitamin C".
    pub lettered_words: &'static [&'static str],
    /// Words that a sentence often begins with, in lower case.
    pub usual_beginnings: &'static [&'static str],
    /// Words for which there are simpler ones, each with those.
    pub complex_words: Phrases,
    /// What orders somebody to do something, before `be` and a participle: "must", "should".
    pub obligations: Phrases,
    /// Participles that end like no other.
    pub irregular_participles: &'static [&'static str],
    /// Participles that describe a state, so that nobody is missing who acts.
    pub states: &'static [&'static str],
    /// How a regular participle ends.
    pub participle_ending: &'static str,
    /// Words before such an order that take it back.
    pub negations: &'static [&'static str],
    /// How an adverb ends that may stand before a participle.
    pub adverb_ending: &'static str,
    /// Orders to patients in the third person, each with the words to say instead.
    pub third_person: Phrases,
    /// Link texts that say nothing.
    pub vague_links: &'static [&'static str],
    /// How a text alternative begins that says that it is an image.
    pub image_openings: &'static [&'static str],
    /// Words that ask to phone, before a number.
    pub call_words: &'static [&'static str],
    /// Short numbers for emergencies.
    pub emergency_numbers: &'static [&'static str],
    /// Words that speak of an emergency.
    pub emergency_words: &'static [&'static str],
    /// Words that join a short number to those words, or to one that asks to phone: "call your doctor or 911".
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
    /// Acronyms that everybody knows better than their words.
    pub familiar_acronyms: &'static [&'static str],
    /// Words that are written in capitals to be loud, and no acronyms.
    pub loud_words: &'static [&'static str],
    /// Words before a Roman number: "type", "stage".
    pub ordinal_words: &'static [&'static str],
}

/// A text with so large a share of words of other languages is in one of them, in percent.
const FOREIGN_SHARE: usize = 20;

impl Language {
    /// Whether a text is in another language than this.
    #[must_use]
    pub fn is_foreign(&self, text: &str) -> bool {
        let (mut all, mut foreign) = (0, 0);
        for word in words(text) {
            all += 1;
            foreign += usize::from(self.foreign_words.contains(&word.text.to_lowercase().as_str()));
        }
        foreign > 1 && foreign * 100 >= all * FOREIGN_SHARE
    }

    /// What a text amounts to.
    #[must_use]
    pub fn counts(&self, text: &str) -> Counts {
        sentences(self, text).map(|range| Counts::of_sentence(self, &text[range])).sum()
    }

    /// Whether a word is a participle that says that something is done to somebody.
    #[must_use]
    pub fn is_participle(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let regular = word.len() > self.participle_ending.len() + 2 && word.ends_with(self.participle_ending);
        (regular || self.irregular_participles.contains(&word.as_str())) && !self.states.contains(&word.as_str())
    }
}

/// The language of a tag such as `en-US`, if it has a table.
#[must_use]
pub fn of(tag: &str) -> Option<&'static Language> {
    let primary = tag.split('-').next().unwrap_or_default();
    let english: &'static Language = &english::ENGLISH;
    primary.eq_ignore_ascii_case(english.tag).then_some(english)
}
