//! A heading that the page has twice.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateHeading,
    summary: "A heading says the same as an earlier one of the same section.",
    why: "Screen readers and the contents list show headings without the text between them: two that are equal cannot be \
        told apart, and links to the second one break when the first goes.",
    bad: "## Risks\n\n## Risks",
    good: "## Risks at home\n\n## Risks in the hospital",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    // The words of the headings above, outermost first: equal words under different headings are different headings.
    let mut above: Vec<(u8, String)> = Vec::new();
    let mut seen: HashMap<Vec<String>, Span, FixedState> = HashMap::default();
    for heading in manuscript.document.outline.headings.iter().filter(|heading| !heading.in_card) {
        above.retain(|(level, _)| *level < heading.level);
        above.push((heading.level, heading.text.trim().to_lowercase()));
        let path = above.iter().map(|(_, words)| words.clone()).collect();
        if heading.text.trim().is_empty() {
            continue;
        }
        match seen.entry(path) {
            Entry::Vacant(entry) => drop(entry.insert(heading.span)),
            Entry::Occupied(first) => {
                let message = format!("the heading \u{201c}{}\u{201d} stands here for the second time", heading.text);
                let first = manuscript.document.body_place(*first.get());
                let help = "say what tells them apart, or join the two sections";
                found.push(
                    manuscript.finding(RULE.id, heading.span, message).related(first, "the first one").help(help),
                );
            }
        }
    }
}
