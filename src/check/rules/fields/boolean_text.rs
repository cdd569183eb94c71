//! A text that other tools take for true or false.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BooleanText,
    summary: "A text is a word that many tools read as true or false.",
    why: "`no`, `yes`, `on` and `off` are texts in YAML 1.2, as Pamphlet reads it, and truth values in YAML 1.1, as many \
        editors and scripts read it. In quotes they are texts everywhere.",
    bad: "also_called: [No, NO]",
    good: "also_called: [\"No\", \"NO\"]",
    looks: &[],
};
