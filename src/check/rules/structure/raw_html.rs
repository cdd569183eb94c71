//! HTML in Markdown where the site does not allow it.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Look, Rule};
use crate::config::RawHtml as Policy;
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::RawHtml,
    summary: "HTML stands in Markdown.",
    why: "HTML goes around the theme and the checks: it may not fit a phone, a screen reader or the security policy. A site \
        that needs it says `policies: {raw_html: true}` in site.yaml.",
    bad: "<b>Call your doctor</b>",
    good: "**Call your doctor**",
    looks: &[Look::Document(run)],
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    if manuscript.settings.raw_html == Policy::Allowed {
        return;
    }
    for span in &manuscript.document.outline.html {
        let finding = manuscript.finding(
            RULE.id,
            *span,
            "HTML is not allowed in the Markdown of this site",
        );
        found.push(
            finding
                .help("write it in Markdown; to show a tag as text, put it between `backquotes`"),
        );
    }
}
