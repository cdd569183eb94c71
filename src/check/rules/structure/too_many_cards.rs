//! More care cards than a reader takes notice of.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TooManyCards,
    summary: "A page has more than two care cards.",
    why: "Where much stands out, nothing does. More than two cards look like decoration, and the one that matters is \
        missed.",
    bad: "> [!NOTE]\n> Bring your list of medicines.\n\n> [!TIP]\n> Wear a loose shirt.\n\n> [!WARNING]\n> Call your doctor if you have a fever.",
    good: "Bring your list of medicines, and wear a loose shirt.\n\n> [!WARNING]\n> Call your doctor if you have a fever.",
    looks: &[Look::Document(run)],
};

/// So many cards on a page are noticed.
const MOST: usize = 2;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let cards = &context.prose.cards;
    if let Some(card) = cards.get(MOST) {
        let message = format!(
            "the page has {} care cards, and this is the third",
            cards.len()
        );
        let help = "keep those that a patient must not miss, and make the others plain text";
        found.push(context.finding(RULE.id, card.head, message).help(help));
    }
}
