//! A key is not known.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnknownKey,
    summary: "A key is not known.",
    why: "A misspelt key would be ignored, and what it says would be lost.",
    bad: "sumary: The heart does not pump enough blood.",
    good: "summary: The heart does not pump enough blood.",
    looks: &[],
};
