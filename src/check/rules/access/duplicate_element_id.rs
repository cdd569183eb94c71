//! An id that stands twice on a finished page.

use crate::check::proof::Proof;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateElementId,
    summary: "An id stands twice on a finished page.",
    why: "A link to an id goes to the first that has it, and a label names the first. What the second is for can no longer \
        be reached, and a screen reader says the wrong words.",
    bad: "<h2 id=\"doses\">For adults</h2> … <h2 id=\"doses\">For children</h2>",
    good: "<h2 id=\"doses-adults\">For adults</h2> … <h2 id=\"doses-children\">For children</h2>",
    run: Run::Output(run),
};

fn run(proof: &Proof<'_>, found: &mut Vec<Diagnostic>) {
    for id in proof.anatomy.twice() {
        let help = "give one of the two another id, in the template or in the HTML of the page";
        found.push(
            proof
                .finding(RULE.id, &format!("has the id `{id}` twice"))
                .help(help),
        );
    }
}
