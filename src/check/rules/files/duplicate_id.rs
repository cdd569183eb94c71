//! Two pages or locations with one id.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateId,
    summary: "Two pages or locations have the same id.",
    why: "The id is the address: only one of the two could be reached.",
    bad: "content/tests/ecg.md and content/tests/ecg/index.md",
    good: "content/tests/ecg/index.md",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for duplicate in &site.duplicates {
        let message = format!("this page has the same address as `{}`", duplicate.first);
        let help = "keep one of the two, or rename one";
        found.push(Diagnostic::new(RULE.id, Place::file(&duplicate.path), message).help(help));
    }
}
