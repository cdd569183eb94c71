//! A page that leads nowhere.

use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{PageKind, Resolution};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DeadEnd,
    summary: "A page has no link and no relation.",
    why: "A reader who has read it has nowhere to go on: to a test, a treatment, a hospital, or the source of what was \
        said.",
    bad: "(a page about a condition, without a link)",
    good: "---\ntitle: Heart failure\ntreatments: [inotropic-therapy]\n---",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    let LinkedPage { page, document, .. } = written;
    if matches!(page.kind, PageKind::Entry(_)) && !leads_on(written) {
        let message = format!("\u{201c}{}\u{201d} leads to no other page", page.title);
        let help = "link to what a reader may want next, or name it in a relation";
        found.push(Diagnostic::new(RULE.id, document.title_place(), message).help(help));
    }
}

fn leads_on(written: LinkedPage<'_>) -> bool {
    let LinkedPage { page, document, .. } = written;
    page.links
        .links
        .iter()
        .any(|link| is_way_on(&link.resolution))
        || super::html_targets(document).next().is_some()
        || page.relations.pages().next().is_some()
        || document
            .front
            .sources
            .iter()
            .any(|source| source.url.is_some())
}

/// Whether a link leads to something to read, or is meant to; a phone number does not.
fn is_way_on(resolution: &Resolution) -> bool {
    !matches!(resolution, Resolution::Anchor | Resolution::Contact)
}
