//! A heading more than one level below the one before.

use crate::check::rule::{Rule, Run};
use crate::content::Document;
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::SkippedHeadingLevel,
    summary: "A heading is more than one level below the one before.",
    why: "The levels of headings tell a screen reader what belongs to what. A page begins with level 2 (##), for its title \
        is level 1. Headings inside a care card stand apart.",
    bad: "## What to expect\n\n#### At home",
    good: "## What to expect\n\n### At home",
    run: Run::Document(run),
};

fn run(document: &Document, found: &mut Vec<Diagnostic>) {
    let mut before = 1;
    for heading in document.outline.headings.iter().filter(|heading| !heading.in_card) {
        if heading.level > before + 1 {
            let wanted = "#".repeat(usize::from(before) + 1);
            let place = document.body_place(heading.span);
            let message = format!("this heading of level {} follows one of level {before}", heading.level);
            found.push(Diagnostic::new(RULE.id, place, message).help(format!("begin it with `{wanted}`")));
        }
        before = heading.level;
    }
}
