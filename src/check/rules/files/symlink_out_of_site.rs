//! A symbolic link leads out of the site, or in a circle.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::SymlinkOutOfSite,
    summary: "A symbolic link leads out of the site, or in a circle.",
    why: "What lies outside of the site is not the same on every machine, and may be private. Such a link is \
        never followed.",
    bad: "content/leaflet.pdf -> ../../private/leaflet.pdf",
    good: "content/leaflet.pdf (a file)",
    looks: &[],
};
