//! A page that leads nowhere.

use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{PageKind, Resolution, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::DeadEnd,
    summary: "A page has no link and no relation.",
    why: "A reader who has read it has nowhere to go on: to a test, a treatment, a hospital, or the source of what was \
        said.",
    bad: "(a page about a condition, without a link)",
    good: "---\ntitle: Heart failure\ntreatments: [inotropic-therapy]\n---",
    run: Run::Site(run),
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for page in site.pages.iter().filter(|page| matches!(page.kind, PageKind::Entry(_))) {
        let Some(document) = &page.document else { continue };
        let front = &document.front;
        let leads_on = page.links.links.iter().any(|link| is_way_on(&link.resolution))
            || super::html_targets(document).next().is_some()
            || page.relations.pages().next().is_some()
            || front.sources.iter().any(|source| source.url.is_some());
        if !leads_on {
            let message = format!("\u{201c}{}\u{201d} leads to no other page", page.title);
            let help = "link to what a reader may want next, or name it in a relation";
            found.push(Diagnostic::new(RULE.id, document.title_place(), message).help(help));
        }
    }
}

/// Whether a link leads to something to read, or is meant to; a phone number does not.
fn is_way_on(resolution: &Resolution) -> bool {
    !matches!(resolution, Resolution::Anchor | Resolution::Contact)
}
