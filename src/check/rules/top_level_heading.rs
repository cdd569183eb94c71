//! A second title on the page.

use crate::check::rule::{Rule, Run};
use crate::content::Document;
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TopLevelHeading,
    summary: "A heading of level 1 stands beside the title.",
    why: "The title of the front matter is the page's heading of level 1, and a page has one.",
    bad: "---\ntitle: Heart failure\n---\n# Heart failure",
    good: "---\ntitle: Heart failure\n---\n## What it is",
    run: Run::Document(run),
};

fn run(document: &Document, found: &mut Vec<Diagnostic>) {
    for heading in document.outline.headings.iter().filter(|heading| heading.level == 1 && !heading.in_card) {
        let place = document.body_place(heading.span);
        let message = "the page has its title already, and this is a second one";
        found.push(Diagnostic::new(RULE.id, place, message).help("delete it, or begin it with `##`"));
    }
}
