//! A text that YAML reads as a number.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnquotedNumber,
    summary: "A text is written like a number, without quotes.",
    why: "YAML takes it for a number, and a number has no zeros at its ends: 1.10 becomes 1.1, and 0123 becomes 123 or \
        even 83.",
    bad: "also_called: [1.10]",
    good: "also_called: [\"1.10\"]",
    looks: &[],
};
