//! A site that does not know its own address.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingBaseUrl,
    summary: "The site does not know its own address.",
    why: "Canonical links, the sitemap, the feed and shared links need the whole address. Without `base_url` they are left \
        out.",
    bad: "title: Heart Care Guide",
    good: "title: Heart Care Guide\nbase_url: https://example.org/",
    looks: &[],
};
