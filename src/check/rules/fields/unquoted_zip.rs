//! A ZIP code is written without quotes.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnquotedZip,
    summary: "A ZIP code is written without quotes.",
    why: "YAML may take digits for a number, and a number has no leading zeros: 02139 becomes 2139 in many \
        tools.",
    bad: "zip: 02139",
    good: "zip: \"02139\"",
    looks: &[],
};
