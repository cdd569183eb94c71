//! A value has another type than its field wants.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::WrongType,
    summary: "A value has another type than its field wants.",
    why: "YAML guesses at types: 1.10 becomes the number 1.1, and true is no text. A field says what it wants, \
         and nothing is converted behind your back.",
    bad: "title: 1.10",
    good: "title: \"1.10\"",
    looks: &[],
};
