//! A link in an emergency card that is no phone number.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LinkInEmergencyCard,
    summary: "An emergency card has a link that does not call a number.",
    why: "Somebody who reads an emergency card must act now. A link to a page leads away from the one thing to do.",
    bad: "> [!CAUTION]\n> ### Call 911\n> Read about [cardiac arrest](cardiac-arrest.md).",
    good: "> [!CAUTION]\n> ### Call [911](tel:911)\n> Your heart may have stopped.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let links = context
        .document
        .outline
        .links
        .iter()
        .zip(&context.prose.links);
    let in_emergency = |card: Option<usize>| card.is_some_and(|card| context.is_emergency(card));
    for (link, _) in links.filter(|(_, text)| in_emergency(text.card)) {
        if !link.target.to_ascii_lowercase().starts_with("tel:") {
            let message = "this link leads away from what to do in an emergency";
            let help =
                "keep only phone numbers as links here; move this one to the text around the card";
            found.push(context.finding(RULE.id, link.span, message).help(help));
        }
    }
}
