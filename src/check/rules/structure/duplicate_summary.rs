//! A summary that two pages share.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DuplicateSummary,
    summary: "Two pages have the same summary.",
    why: "Cards and search results show the summary to say which page is the right one. Two pages with one summary have \
        mostly come from a copy.",
    bad: "(two pages with the summary “A test of the heart.”)",
    good: "(“A picture of the chest, made with X-rays.” and “A record of the signals of the heart.”)",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    super::said_twice(
        site,
        RULE.id,
        "summary",
        |front| front.summary.as_deref(),
        found,
    );
}
