//! A sentence of too many words.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LongSentence,
    summary: "A sentence has more than 20 words.",
    why: "Readers who are tired, ill or afraid lose the beginning of a long sentence before they reach its end. One \
        thought a sentence is enough.",
    bad: "You get the medicine through a catheter, which is a tube that sits in a large vein near your heart, and a small pump that you can carry gives it to you all day.",
    good: "You get the medicine through a catheter. This tube sits in a large vein near your heart. A small pump gives you the medicine all day.",
    looks: &[Look::Document(run)],
};

/// So many words are read in one go.
const MOST: usize = 20;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for sentence in context.sentences() {
        let count = sentence.counts.words;
        if count > MOST {
            let message = format!("this sentence has {count} words");
            let help = format!("make two of it, of at most {MOST} words each");
            found.push(
                context
                    .finding(RULE.id, sentence.span(), message)
                    .help(help),
            );
        }
    }
}
