//! An alias that is the page's own address.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{AliasProblem, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::RedundantAlias,
    summary: "An alias is the page's own address.",
    why: "An alias is an old address from which readers are sent on. A page cannot send readers on to itself.",
    bad: "aliases: [/conditions/heart-failure/]   # in content/conditions/heart-failure.md",
    good: "aliases: [/heart-failure/]",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let own = site
        .alias_faults
        .iter()
        .filter(|fault| fault.problem == AliasProblem::OwnAddress);
    for (document, alias) in own.filter_map(|fault| fault.alias(site)) {
        let message = format!("{:?} is the page\u{2019}s own address", alias.value);
        let place = document.field_place(alias);
        found.push(Diagnostic::new(RULE.id, place, message).help("delete it"));
    }
}
