//! A section that is hard to read.

use std::collections::BTreeMap;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::Counts;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::HardSection,
    summary: "A section reads at a higher school grade than its page aims at.",
    why: "A page may be easy on the whole and have one part that patients do not understand. The grade is measured as \
        for `hard-page`, from one heading to the next.",
    bad: "## How it works\n\nPhosphodiesterase inhibition augments intracellular calcium availability in myocardial tissue.",
    good: "## How it works\n\nThe medicine lets more calcium into the cells of your heart. That makes it squeeze harder.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    let mut sections: BTreeMap<usize, Counts> = BTreeMap::new();
    for sentence in context.sentences() {
        if let Some(heading) = sentence.block.heading {
            let counts = sections.entry(heading).or_default();
            *counts = *counts + sentence.counts;
        }
    }
    for (number, counts) in sections {
        let heading = &context.document.outline.headings[number];
        if let Some(hard) = super::hard(context, language, counts) {
            let message = format!("this section {}", hard.message);
            let finding = context
                .finding(RULE.id, heading.span, message)
                .help(super::EASIER);
            found.push(hard.notes.into_iter().fold(finding, Diagnostic::note));
        }
    }
}
