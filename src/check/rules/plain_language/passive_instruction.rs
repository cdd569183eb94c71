//! An instruction that does not say who acts.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{Language, words};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::PassiveInstruction,
    summary: "An instruction is in the passive voice.",
    why: "Patients cannot follow what is not said to them. “The pump must be checked” leaves open whether the patient, \
        the nurse or the maker checks it.",
    bad: "The dressing should be changed every week.",
    good: "Change the dressing every week.",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = manuscript.language else { return };
    for sentence in manuscript.sentences() {
        let text = sentence.text();
        for phrase in language.obligations.find(text) {
            let Some(end) = participle(language, &text[phrase.range.end..]) else { continue };
            let range = phrase.range.start..phrase.range.end + end;
            if sentence.is_mention(range.clone()) || is_negated(language, &text[..phrase.range.start]) {
                continue;
            }
            let message = format!("\u{201c}{}\u{201d} is an order in the passive voice", &text[range.clone()]);
            let help = "say who acts: \u{201c}you\u{201d}, \u{201c}your nurse\u{201d}, \u{201c}we\u{201d}";
            found.push(manuscript.finding(RULE.id, sentence.span_of(range), message).help(help));
        }
    }
}

/// "It does not have to be read" orders nothing.
fn is_negated(language: &Language, before: &str) -> bool {
    let last = words(before).last().map(|word| word.text.to_lowercase().replace('\u{2019}', "'"));
    last.is_some_and(|last| language.negations.contains(&last.as_str()))
}

/// Where the participle at the head of a text ends; one adverb may stand before it.
fn participle(language: &Language, text: &str) -> Option<usize> {
    let mut words = words(text);
    let first = words.next()?;
    let word = if first.text.ends_with(language.adverb_ending) { words.next()? } else { first };
    let is_near = !text[..word.range.start].contains(|c: char| !c.is_alphanumeric() && c != ' ');
    (is_near && language.is_participle(word.text)).then_some(word.range.end)
}
