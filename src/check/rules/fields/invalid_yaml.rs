//! YAML cannot be read.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::InvalidYaml,
    summary: "YAML cannot be read.",
    why: "Nothing of a block of YAML can be used when its form is broken: a tab in the indentation, a key \
        written twice, front matter without an end.",
    bad: "title: Heart failure\ntitle: Heart failure",
    good: "title: Heart failure",
    looks: &[],
};
