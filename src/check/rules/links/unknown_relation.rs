//! A relation to something that is not there.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{RelationFault, RelationProblem, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnknownRelation,
    summary: "A relation names something that is not there.",
    why: "The card that it asks for could not be shown. A relation names the other page by the last part of its address, or \
        by collection and name.",
    bad: "tests: [chest-xray]",
    good: "tests: [chest-x-ray]",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for fault in site.relation_faults.iter() {
        if let Some((message, help)) = explain(fault) {
            found.push(Diagnostic::new(RULE.id, fault.place.clone(), message).help(help));
        }
    }
}

fn explain(fault: &RelationFault) -> Option<(String, String)> {
    let (key, target) = (fault.key.name(), &fault.target);
    Some(match &fault.problem {
        RelationProblem::Unknown(Some(near)) => (
            format!("`{key}` names `{target}`, which is not there"),
            format!("did you mean `{near}`?"),
        ),
        RelationProblem::Unknown(None) => {
            let help = "write the name of the other page's file without .md, or add that page";
            (
                format!("`{key}` names `{target}`, which is not there"),
                help.to_owned(),
            )
        }
        RelationProblem::WrongKind(kind) => {
            let message = format!("`{key}` names `{target}`, which is a {} page", kind.name());
            (
                message,
                format!("`{key}` takes another kind of page: choose the field that fits"),
            )
        }
        RelationProblem::Ambiguous(ids) => (
            format!("`{key}` names `{target}`, and there are several"),
            format!("write one of {}", ids.join(", ")),
        ),
        RelationProblem::Itself => (
            format!("`{key}` names the page itself"),
            "take it out".to_owned(),
        ),
        RelationProblem::Twice(_) => return None,
    })
}
