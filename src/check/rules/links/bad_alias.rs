//! An alias that cannot be an old address of the site.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{AliasProblem, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadAlias,
    summary: "An alias is not an address within the site.",
    why: "An alias is written as a page of its own that leads to the new address. It must stay inside of the site's \
        folder, so it has no `..`, no host name and no query.",
    bad: "aliases: [../../etc/x]",
    good: "aliases: [/heart/failure/]",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let faults = site
        .alias_faults
        .iter()
        .filter(|fault| fault.problem == AliasProblem::NotAPath);
    for (document, alias) in faults.filter_map(|fault| fault.alias(site)) {
        let message = format!("{:?} is no old address of this site", alias.value);
        let help = "write the path as it stood after the host name: /heart/failure/";
        found.push(Diagnostic::new(RULE.id, document.field_place(alias), message).help(help));
    }
}
