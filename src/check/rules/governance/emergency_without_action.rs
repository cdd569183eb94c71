//! An emergency card that does not say what to do.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::content::Block;
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::EmergencyWithoutAction,
    summary: "An emergency card does not say what to do.",
    why: "Somebody who reads it has no time to work it out. The first words say the one thing to do: call, go, stop.",
    bad: "> [!CAUTION]\n> ### Chest pain is dangerous\n> It may be a heart attack.",
    good: "> [!CAUTION]\n> ### Call [911](tel:911) if you have chest pain\n> It may be a heart attack.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    for (number, card) in context.emergencies() {
        let acts = |block: &Block| {
            language
                .emergency_actions
                .find(&block.text)
                .next()
                .is_some()
        };
        if !context.blocks_of(number).any(acts) {
            let message = "this emergency card does not say what to do";
            let help = "begin it with an order, such as \u{201c}Call 911\u{201d} or \u{201c}Go to the nearest emergency room\u{201d}";
            found.push(context.finding(RULE.id, card.head, message).help(help));
        }
    }
}
