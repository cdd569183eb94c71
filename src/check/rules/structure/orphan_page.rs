//! A page that no other page leads to.

use std::cell::LazyCell;
use std::collections::HashSet;

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{PageKind, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::OrphanPage,
    summary: "No other page links to this one or is related to it.",
    why: "Readers come by links. A page that stands only in the list of its collection is hard to find, and is easily \
        forgotten when facts change.",
    bad: "(a test that no condition names under `tests`)",
    good: "---\ntitle: Heart failure\ntests: [echocardiogram]\n---",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let documents = site.pages.iter().filter_map(|page| page.document.as_ref());
    if documents
        .into_iter()
        .any(|document| !document.front.is_known)
    {
        // A page that cannot be read may lead to any other.
        return;
    }
    let known = led_to(site);
    let named = LazyCell::new(|| named(site));
    for (index, page) in site.pages() {
        let is_listed_elsewhere = page.id.folder().is_none() || site.location_of(index).is_some();
        let Some(document) = page
            .document
            .as_ref()
            .filter(|_| matches!(page.kind, PageKind::Entry(_)))
        else {
            continue;
        };
        if !known[index.number()] && !is_listed_elsewhere && !is_named(&named, page.id.as_str()) {
            let message = format!("no other page leads to \u{201c}{}\u{201d}", page.title);
            let help = "link to it where a reader would want it, or name it in a relation";
            found.push(Diagnostic::new(RULE.id, document.title_place(), message).help(help));
        }
    }
}

/// The paths in HTML and in the code of template languages: what would lead there if somebody
/// fixed the link, which is another finding.
fn named(site: &Site) -> HashSet<String> {
    let documents = site
        .pages
        .iter()
        .filter_map(|page| page.document.as_deref());
    let targets = documents.flat_map(|document| {
        let after_code = ["}}", "%}"]
            .into_iter()
            .flat_map(|end| document.markdown().split(end).skip(1));
        let after_code =
            after_code.filter_map(|rest| rest.split([')', '"', '\'', '<', '>', ' ', '\n']).next());
        let in_code = document
            .markdown()
            .split("{% link ")
            .skip(1)
            .filter_map(|rest| rest.split([' ', '%']).next());
        super::html_targets(document)
            .chain(after_code)
            .chain(in_code)
    });
    targets
        .map(plain_path)
        .filter(|path| !path.is_empty())
        .collect()
}

/// A target without what does not name the page: `../topics/flu.html#shots` is `topics/flu`.
fn plain_path(target: &str) -> String {
    let path = target.split(['#', '?']).next().expect("a split has a part");
    let path = path.trim_start_matches(['.', '/']).trim_end_matches('/');
    let path = [".md", ".html", ".htm"]
        .into_iter()
        .find_map(|ending| path.strip_suffix(ending))
        .unwrap_or(path);
    path.strip_suffix("/index").unwrap_or(path).to_lowercase()
}

fn is_named(named: &HashSet<String>, id: &str) -> bool {
    let id = id.to_lowercase();
    let ends = id.match_indices('/').map(|(at, _)| &id[at + 1..]);
    ends.chain([id.as_str()]).any(|end| named.contains(end))
}

/// For each page, whether another one links to it or is related to it.
fn led_to(site: &Site) -> Vec<bool> {
    let mut known = vec![false; site.pages.len()];
    for (from, page) in site.pages() {
        let led_to = page.links.pages().chain(page.relations.pages());
        led_to
            .filter(|to| *to != from)
            .for_each(|to| known[to.number()] = true);
    }
    known
}
