//! A page that is hard to read.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::HardPage,
    summary: "A page reads at a higher school grade than its kind aims at.",
    why: "Guidance on patient materials asks for words that somebody with six to eight years of school understands. The \
        grade is that of Flesch and Kincaid, from the length of sentences and the syllables of words. Terms that the \
        page declares do not count. Pages about care aim at grade 8, articles at 9; a site sets other grades as \
        `reading: {grades: {treatment: 7}}`. Under 100 words the grade is a rough one, and the finding says so; under \
        30 there is none.",
    bad: "Inotropic therapy necessitates continuous ambulatory administration of intravenous medication.",
    good: "You get the medicine all day through a small tube. You can walk around with it.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    let counts = context.sentences().map(|sentence| sentence.counts).sum();
    if let Some(hard) = super::hard(context, language, counts) {
        let place = context.document.title_place();
        let message = format!("this page {}", hard.message);
        let finding = Diagnostic::new(RULE.id, place, message).help(super::EASIER);
        found.push(hard.notes.into_iter().fold(finding, Diagnostic::note));
    }
}
