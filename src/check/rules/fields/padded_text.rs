//! A text that begins or ends in spaces.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::PaddedText,
    summary: "A text begins or ends in spaces.",
    why: "The spaces cannot be seen, and an id with a space at its end is another id. Pamphlet reads the text without \
        them; other tools do not.",
    bad: "tests: [\"chest-x-ray \"]",
    good: "tests: [\"chest-x-ray\"]",
    looks: &[],
};
