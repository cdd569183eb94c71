//! A site that does not know its own address.

use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingBaseUrl,
    summary: "The site does not know its own address.",
    why: "Canonical links, the sitemap, the feed and shared links need the whole address. Without `base_url` they are left \
        out.",
    bad: "title: Heart Care Guide",
    good: "title: Heart Care Guide\nbase_url: https://example.org/",
    run: Run::Site(run),
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    if site.settings.base_url.is_none() {
        let place = Place::file(&site.settings.content_path("site.yaml"));
        let message = "without `base_url` there are no canonical links, no sitemap and no feed";
        found.push(Diagnostic::new(RULE.id, place, message).help("add a line `base_url: https://…` to site.yaml"));
    }
}
