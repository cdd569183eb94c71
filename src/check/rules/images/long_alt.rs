//! A text alternative that is too long.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LongAlt,
    summary: "A text alternative has more than 150 characters.",
    why: "A screen reader reads it in one go, without a way to pause or go back. What needs more words stands better in \
        the text beside the image, where everybody can read it.",
    bad: "![A drawing of the heart that shows the four chambers, the valves between them, the large vessels that lead in and out, the muscle of the walls, and, in another colour, the way of the blood](heart.png)",
    good: "![The four chambers of the heart and the way of the blood through them](heart.png)",
    looks: &[Look::Document(run)],
};

/// Characters that a screen reader can read in one go.
const MOST: usize = 150;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for image in super::alternatives(context.document) {
        let length = image.alt.trim().chars().count();
        if length > MOST {
            let message =
                format!("this text alternative has {length} characters, and {MOST} are the most");
            let help = "keep what the image tells, and put the rest into the text beside it";
            found.push(Diagnostic::new(RULE.id, image.place, message).help(help));
        }
    }
}
