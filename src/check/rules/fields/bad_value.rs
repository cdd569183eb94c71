//! A value is outside of what its field allows.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadValue,
    summary: "A value is outside of what its field allows.",
    why: "Each field says what it takes: a kind that exists, an id of lower-case letters, a phone number with \
        digits.",
    bad: "category: imagery",
    good: "category: imaging",
    looks: &[],
};
