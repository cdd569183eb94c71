//! HTML in Markdown where the site does not allow it.

use crate::check::document_context::DocumentContext;
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

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    if context.settings.raw_html == Policy::Allowed {
        return;
    }
    for span in &context.document.outline.html {
        let finding = context.finding(
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
