//! HTML in Markdown where the site does not allow it.

use crate::check::rule::{Rule, Run};
use crate::config::RawHtml as Policy;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::RawHtml,
    summary: "HTML stands in Markdown.",
    why: "HTML goes around the theme and the checks: it may not fit a phone, a screen reader or the security policy. A site \
        that needs it says `policies: {raw_html: true}` in site.yaml.",
    bad: "<b>Call your doctor</b>",
    good: "**Call your doctor**",
    run: Run::Site(run),
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    if site.settings.raw_html == Policy::Allowed {
        return;
    }
    for document in site.pages.iter().filter_map(|page| page.document.as_ref()) {
        for span in &document.outline.html {
            let place = document.body_place(*span);
            let finding = Diagnostic::new(RULE.id, place, "HTML is not allowed in the Markdown of this site");
            found.push(finding.help("write it in Markdown; to show a tag as text, put it between `backquotes`"));
        }
    }
}
