//! A curly quote where YAML wants a straight one.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::CurlyYamlQuote,
    summary: "A value stands between curly quotes.",
    why: "Curly quotes come from word processors. YAML knows only straight ones, so the curly ones become part of the \
        text, and readers see them.",
    bad: "title: “Heart failure”",
    good: "title: \"Heart failure\"",
    looks: &[],
};
