//! A list with too many items.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LongList,
    summary: "A list has more than seven items.",
    why: "Nobody keeps a long list in mind. It is easier to use in groups, each under a few words that say what it \
        holds.",
    bad: "- fever\n- cough\n- chills\n- headache\n- sore throat\n- tiredness\n- rash\n- nausea",
    good: "In the chest and throat:\n\n- cough\n- sore throat\n\nIn the whole body:\n\n- fever and chills\n- headache\n- tiredness\n- rash\n- nausea",
    looks: &[Look::Document(run)],
};

/// So many items are kept in mind.
const MOST: usize = 7;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for list in context.prose.lists.iter().filter(|list| list.items > MOST) {
        let message = format!("this list has {} items", list.items);
        let help = "make groups of at most seven, each with a few words before it";
        found.push(context.finding(RULE.id, list.span, message).help(help));
    }
}
