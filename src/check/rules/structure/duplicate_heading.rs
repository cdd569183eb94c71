//! A heading that the page has twice.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateHeading,
    summary: "A heading says the same as an earlier one of the same section.",
    why: "Screen readers and the contents list show headings without the text between them: two that are equal cannot be \
        told apart, and links to the second one break when the first goes.",
    bad: "## Risks\n\n## Risks",
    good: "## Risks at home\n\n## Risks in the hospital",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    // The headings above, outermost first, each by the first that says the same: equal words under
    // different headings are different headings.
    let mut above: Vec<(u8, usize)> = Vec::new();
    let headings = &context.document.outline.headings;
    let mut seen: HashMap<(Option<usize>, String), (usize, Span), FixedState> =
        HashMap::with_capacity_and_hasher(headings.len(), FixedState::default());
    for (number, heading) in headings
        .iter()
        .filter(|heading| !heading.in_card)
        .enumerate()
    {
        above.retain(|(level, _)| *level < heading.level);
        let words = heading.text.trim().to_lowercase();
        let is_empty = words.is_empty();
        match seen.entry((above.last().map(|(_, number)| *number), words)) {
            Entry::Vacant(entry) => {
                entry.insert((number, heading.span));
                above.push((heading.level, number));
            }
            Entry::Occupied(first) => {
                let (number, span) = *first.get();
                above.push((heading.level, number));
                if is_empty {
                    continue;
                }
                let message = format!(
                    "the heading \u{201c}{}\u{201d} stands here for the second time",
                    heading.text
                );
                let first = context.document.body_place(span);
                let help = "say what tells them apart, or join the two sections";
                found.push(
                    context
                        .finding(RULE.id, heading.span, message)
                        .related(first, "the first one")
                        .help(help),
                );
            }
        }
    }
}
