//! An id that stands twice on a finished page.

use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateElementId,
    summary: "An id stands twice on a finished page.",
    why: "A link to an id goes to the first that has it, and a label names the first. What the second is for can no longer \
        be reached, and a screen reader says the wrong words.",
    bad: "<h2 id=\"doses\">For adults</h2> … <h2 id=\"doses\">For children</h2>",
    good: "<h2 id=\"doses-adults\">For adults</h2> … <h2 id=\"doses-children\">For children</h2>",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    for id in parsed.accessibility.twice() {
        let help = "give one of the two another id, in the template or in the HTML of the page";
        found.push(
            parsed
                .finding(RULE.id, &format!("has the id `{id}` twice"))
                .help(help),
        );
    }
}
