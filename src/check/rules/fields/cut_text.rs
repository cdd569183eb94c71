//! A text that YAML cuts off at a hash.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::CutText,
    summary: "A text without quotes goes on after a hash, where YAML ends it.",
    why: "In YAML, a hash after a space begins a comment. Without quotes, “We are #1 in care” is “We are”, and nobody is \
        told. A comment has a space after its hash.",
    bad: "summary: We are #1 in care",
    good: "summary: \"We are #1 in care\"",
    looks: &[],
};
