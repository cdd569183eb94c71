//! A page that no other page leads to.

use std::collections::HashSet;

use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{PageIndex, PageKind, Resolution, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::OrphanPage,
    summary: "No other page links to this one or is related to it.",
    why: "Readers come by links. A page that stands only in the list of its collection is hard to find, and is easily \
        forgotten when facts change.",
    bad: "(a test that no condition names under `tests`)",
    good: "---\ntitle: Heart failure\ntests: [echocardiogram]\n---",
    run: Run::Site(run),
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let documents = site.pages.iter().filter_map(|page| page.document.as_ref());
    if documents.into_iter().any(|document| !document.front.is_known) {
        // A page that cannot be read may lead to any other.
        return;
    }
    let known = led_to(site);
    for (index, page) in site.pages() {
        let is_listed_elsewhere = page.id.folder().is_none() || site.location_of(index).is_some();
        let Some(document) = page.document.as_ref().filter(|_| matches!(page.kind, PageKind::Entry(_))) else {
            continue;
        };
        if !known.contains(&index) && !is_listed_elsewhere {
            let message = format!("no other page leads to \u{201c}{}\u{201d}", page.title);
            let help = "link to it where a reader would want it, or name it in a relation";
            found.push(Diagnostic::new(RULE.id, document.title_place(), message).help(help));
        }
    }
}

/// The pages that another page links to or is related to.
fn led_to(site: &Site) -> HashSet<PageIndex> {
    let mut known = HashSet::new();
    for (from, page) in site.pages() {
        let linked = page.links.links.iter().filter_map(|link| match link.resolution {
            Resolution::Document(to) => Some(to),
            _ => None,
        });
        let related = page.relations.values().flatten().copied();
        known.extend(linked.chain(related).filter(|to| *to != from));
    }
    known
}
