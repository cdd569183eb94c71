//! A ZIP code is not one.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadZip,
    summary: "A ZIP code is not one.",
    why: "Readers look for the nearest place by ZIP code. It has five digits, or nine with a hyphen.",
    bad: "zip: \"2121\"",
    good: "zip: \"21218\"",
    looks: &[],
};
