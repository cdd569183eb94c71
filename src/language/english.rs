//! English, as patient education in the United States writes it.

mod syllables;
mod words;

use std::sync::LazyLock;

use super::{Counts, Language, PhraseSet, Phrases, SetsOfPhrases, WordSet};

/// The table of English. Made once, when the first page asks for it; it never changes.
pub(super) static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language {
    tag: "en",
    foreign_words: WordSet::new(words::FOREIGN_WORDS),
    syllables: syllables::syllables,
    grade: flesch_kincaid,
    abbreviations: words::abbreviations(words::ABBREVIATIONS),
    counted_abbreviations: words::abbreviations(words::COUNTED_ABBREVIATIONS),
    lettered_words: words::LETTERED_WORDS,
    usual_beginnings: words::USUAL_BEGINNINGS,
    phrases: SetsOfPhrases::new(|set| match set {
        PhraseSet::ComplexWords => Phrases::new(words::complex_words()),
        PhraseSet::Obligations => Phrases::plain(words::OBLIGATIONS),
        PhraseSet::Patients => Phrases::plain(words::PATIENTS),
    }),
    fixed_terms: Phrases::new(words::fixed_terms()),
    passive_verb: "be",
    adverbs: words::ADVERBS,
    possibilities: words::POSSIBILITIES,
    conditions: words::CONDITIONS,
    agent_word: "by",
    no_agents: words::NO_AGENTS,
    clause_word: "that",
    irregular_participles: words::IRREGULAR_PARTICIPLES,
    states: words::STATES,
    participle_ending: "ed",
    negations: words::NEGATIONS,
    adverb_ending: "ly",
    gerund_ending: "ing",
    patient_orders: Phrases::new(
        words::PATIENT_ORDERS
            .iter()
            .map(|(order, you)| ((*order).into(), (*you).into())),
    ),
    patient_modifiers: words::PATIENT_MODIFIERS,
    other_subjects: words::OTHER_SUBJECTS,
    clause_openings: words::CLAUSE_OPENINGS,
    degree_words: &["degree", "degrees"],
    fahrenheit: "fahrenheit",
    celsius: "celsius",
    range_words: &["to", "and", "or", "through"],
    vague_links: WordSet::new(words::VAGUE_LINKS),
    vague_link_words: WordSet::new(words::VAGUE_LINK_WORDS),
    image_openings: words::image_openings(),
    empty_alternatives: words::empty_alternatives(),
    call_words: words::CALL_WORDS,
    emergency_numbers: words::EMERGENCY_NUMBERS,
    emergency_words: words::EMERGENCY_WORDS,
    emergency_joints: words::EMERGENCY_JOINTS,
    emergency_followers: words::EMERGENCY_FOLLOWERS,
    emergency_lines: Phrases::plain(words::EMERGENCY_LINES),
    phone_words: words::PHONE_WORDS,
    fax_words: words::FAX_WORDS,
    identifiers: Phrases::new(words::identifiers()),
    emergency_actions: Phrases::plain(words::EMERGENCY_ACTIONS),
    reference_headings: words::REFERENCE_HEADINGS,
    units: words::UNITS,
    familiar_acronyms: words::FAMILIAR_ACRONYMS,
    loud_words: words::LOUD_WORDS,
    stop_words: words::STOP_WORDS,
    synonyms: words::synonyms(),
    ordinal_words: words::ORDINAL_WORDS,
});

/// How many of the syllables beyond the first of each word the scale of the grades counts.
///
/// Grades are stated on the scale of textstat 0.7.4, which writers and studies use much: it takes
/// the places where a word may be hyphenated for its syllables, and finds fewer than a dictionary
/// has ("about" is one). On 153 real pages of at least 100 words, this share makes the median
/// difference of the grades nil; see `benches/readability/`.
const SHARE_OF_SYLLABLES: f64 = 0.88;

/// The Flesch–Kincaid grade level: J. P. Kincaid et al., "Derivation of new readability formulas",
/// Naval Technical Training Command, Research Branch Report 8-75, 1975.
fn flesch_kincaid(counts: Counts) -> f64 {
    let beyond_the_first = (counts.syllables_a_word() - 1.0).max(0.0);
    0.39 * counts.words_a_sentence() + 11.8 * (1.0 + SHARE_OF_SYLLABLES * beyond_the_first) - 15.59
}
