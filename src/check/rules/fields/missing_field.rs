//! A field that must be there is not.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingField,
    summary: "A field that must be there is not.",
    why: "Every page needs a title, and a summary for cards, search engines and shared links. A location needs \
         its address.",
    bad: "---\ntitle: Heart failure\n---",
    good: "---\ntitle: Heart failure\nsummary: The heart does not pump enough blood for the body.\n---",
    looks: &[],
};
