//! An instruction to "patients" instead of "you".

use std::ops::Range;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{Language, Phrase, PhraseSet, has, words};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ThirdPersonPatient,
    summary: "An instruction speaks of patients and not to the reader.",
    why: "The page is for patients. “Patients should” sounds as if somebody else were meant; “you” is shorter, and \
        nobody asks whether it is about them.",
    bad: "Patients should bring a list of their medicines.",
    good: "Bring a list of your medicines.",
    looks: &[Look::Document(run)],
};

/// The most words that say which patients: "with diabetes and high blood pressure".
const WORDS_OF_MODIFIER: usize = 6;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    for sentence in context.sentences() {
        let text = sentence.text();
        for patients in sentence
            .phrases(PhraseSet::Patients)
            .map(|phrase| phrase.range)
        {
            let Some(order) = order(language, text, &patients) else {
                continue;
            };
            let range = patients.start..patients.end + order.range.end;
            if sentence.is_mention(range.clone()) {
                continue;
            }
            let message = format!(
                "\u{201c}{}\u{201d} speaks of the reader as of somebody else",
                &text[range.clone()]
            );
            let help = format!(
                "write \u{201c}{}\u{201d}, or begin with the verb",
                order.note
            );
            found.push(
                context
                    .finding(RULE.id, sentence.span_of(range), message)
                    .help(help),
            );
        }
    }
}

/// The order to the patients that stand in a range of a text; its place is counted from their end.
fn order<'l>(language: &'l Language, text: &'l str, patients: &Range<usize>) -> Option<Phrase<'l>> {
    let (before, after) = (&text[..patients.start], &text[patients.end..]);
    language.patient_orders.find(after).find(|order| {
        let between = &after[..order.range.start];
        let is_plain = between
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '\u{2019}'));
        let mut words: Vec<&str> = words(between).map(|word| word.text).collect();
        let names_others = words.iter().any(|word| has(language.other_subjects, word));
        words.retain(|word| !language.is_adverb(word));
        let is_subject =
            words.is_empty() || (opens_clause(language, before) && is_modifier(language, &words));
        is_plain && between.starts_with(' ') && is_subject && !names_others
    })
}

/// Whether the words after "patients" say which patients.
fn is_modifier(language: &Language, words: &[&str]) -> bool {
    let [first, .., last] = words else {
        return false;
    };
    let begins = has(language.patient_modifiers, first)
        || first.ends_with(language.gerund_ending)
        || language.is_participle(first, None);
    begins && words.len() <= WORDS_OF_MODIFIER && !has(language.patient_modifiers, last)
}

/// Whether a new clause begins after a text: "nurses of patients with asthma should" orders nurses.
fn opens_clause(language: &Language, before: &str) -> bool {
    let before = before.trim_end();
    let last = words(before).last();
    !before.ends_with(char::is_alphanumeric)
        || last.is_some_and(|last| has(language.clause_openings, last.text))
}
