//! A date is not a day of the calendar.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadDate,
    summary: "A date is not a day of the calendar.",
    why: "A date that cannot be read would be left out without a word. Dates are written YYYY-MM-DD.",
    bad: "updated: 3/1/2026",
    good: "updated: 2026-03-01",
    looks: &[],
};
