//! A file cannot be read as text.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnreadableFile,
    summary: "A file cannot be read as text.",
    why: "Pages and settings are UTF-8. A file in another encoding would show wrong letters.",
    bad: "a page saved as UTF-16",
    good: "the same page saved as UTF-8",
    looks: &[],
};
