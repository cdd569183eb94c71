//! An alias that cannot be an old address of the site.

use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadAlias,
    summary: "An alias is not an address within the site.",
    why: "An alias is written as a page of its own that leads to the new address. It must stay inside of the site's \
        folder, so it has no `..`, no host name and no query.",
    bad: "aliases: [../../etc/x]",
    good: "aliases: [/heart/failure/]",
    run: Run::Site(run),
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for fault in &site.alias_faults {
        let Some(document) = &site.page(fault.page).document else { continue };
        let alias = &document.front.aliases[fault.index];
        let message = format!("{:?} is no old address of this site", alias.value);
        let help = "write the path as it stood after the host name: /heart/failure/";
        found.push(Diagnostic::new(RULE.id, document.field_place(alias), message).help(help));
    }
}
