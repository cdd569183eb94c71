//! A relation that is said twice.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{RelationProblem, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateRelation,
    summary: "A relation is said twice.",
    why: "A relation said on one page is shown on both. Said twice, the two can come to disagree, and the order of the \
        cards depends on which one is read.",
    bad: "treats: [heart-failure]  # and, on heart-failure.md, treatments: [inotropic-therapy]",
    good: "treats: [heart-failure]",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for fault in site.relation_faults.iter() {
        let RelationProblem::Twice(first) = &fault.problem else {
            continue;
        };
        let message = format!("the relation to `{}` is said twice", fault.target);
        let finding = Diagnostic::new(RULE.id, fault.place.clone(), message)
            .related(first.clone(), "said here already");
        found.push(finding.help("keep it on one page: it is shown on both"));
    }
}
