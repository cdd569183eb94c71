//! A title that two pages share.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateTitle,
    summary: "Two pages have the same title.",
    why: "Search results, the A to Z and the tabs of a browser show titles alone: two that are equal cannot be told \
        apart.",
    bad: "(two pages with the title “Heart failure”)",
    good: "(“Heart failure” and “Heart failure in children”)",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    super::said_twice(
        site,
        RULE.id,
        "title",
        |front| front.title.as_deref(),
        found,
    );
}
