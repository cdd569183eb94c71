//! Words and sentences that every patient understands. These rules ask the table of the page's
//! language.

mod complex_word;
mod hard_page;
mod hard_section;
mod long_paragraph;
mod long_sentence;
mod passive_instruction;
mod single_temperature_unit;
mod third_person_patient;
mod unexplained_acronym;

use crate::check::document_context::DocumentContext;
use crate::check::rule::Rule;
use crate::config::{Kind, Settings};
use crate::content::Document;
use crate::language::{Counts, LOW_CONFIDENCE, Language};

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &complex_word::RULE,
    &hard_page::RULE,
    &hard_section::RULE,
    &long_paragraph::RULE,
    &long_sentence::RULE,
    &passive_instruction::RULE,
    &single_temperature_unit::RULE,
    &third_person_patient::RULE,
    &unexplained_acronym::RULE,
];

/// Below this number of words there is no grade: one sentence more or less changes it by several.
const FEWEST_WORDS: usize = 30;

/// What to do about a high grade.
const EASIER: &str = "make long sentences shorter, and use shorter words";

/// How hard a page is to read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grade {
    /// Its school grade.
    pub grade: f64,
    /// What a page of its kind aims at.
    pub aim: f64,
    /// How many words it has.
    pub words: usize,
}

/// The grade of a page; nothing where its language has no table, or it has too few words for one.
#[must_use]
pub fn grade_of(document: &Document, settings: &Settings) -> Option<Grade> {
    let context = DocumentContext::of(document, settings);
    let language = context.language?;
    let counts: Counts = context.sentences().map(|sentence| sentence.counts).sum();
    let aim = settings.reading.grade(document.kind);
    (counts.words >= FEWEST_WORDS).then(|| Grade {
        grade: (language.grade)(counts),
        aim,
        words: counts.words,
    })
}

/// A text that is too hard, as a finding says it.
struct Hard {
    message: String,
    notes: Vec<String>,
}

/// Compares the grade of a text with what the page's kind aims at.
fn hard(context: &DocumentContext<'_>, language: &Language, counts: Counts) -> Option<Hard> {
    let (grade, most) = (
        (language.grade)(counts),
        context.settings.reading.grade(context.document.kind),
    );
    if counts.words < FEWEST_WORDS || grade <= most + 0.05 {
        return None;
    }
    let kind = match context.document.kind {
        Kind::Article => "articles aim",
        Kind::Treatment => "treatments aim",
        Kind::Condition => "conditions aim",
        Kind::MedicalTest => "tests aim",
        Kind::Location => "locations aim",
    };
    let (length, syllables) = (counts.words_a_sentence(), counts.syllables_a_word());
    let mut notes = vec![format!(
        "{length:.1} words a sentence, {syllables:.2} syllables a word"
    )];
    if counts.words < LOW_CONFIDENCE {
        notes.push(format!(
            "low confidence: a grade from {} words is a rough one",
            counts.words
        ));
    }
    Some(Hard {
        message: format!("reads at school grade {grade:.1}, and {kind} at {most}"),
        notes,
    })
}
