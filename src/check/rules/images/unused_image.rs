//! An image that no page shows.

use std::collections::HashSet;

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::site::{Page, Resolution, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnusedImage,
    summary: "No page shows this image or links to it.",
    why: "It is published all the same, where anybody can find it, and nobody looks after its rights and its content.",
    bad: "(content/tests/old-machine.jpg, which no page names)",
    good: "![The scanner from outside](old-machine.jpg)",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let used: HashSet<&str> = site.pages().flat_map(|(_, page)| shown(page)).collect();
    let root = site.settings.content_root.len();
    for file in site
        .files
        .iter()
        .filter(|file| super::is_image(file.source.as_str()))
    {
        let name = &file.source.as_str()[root..];
        if !used.contains(name) && !used.contains(file.url.as_str()) {
            let help = "show it on a page, or delete the file";
            let message = "no page shows this image or links to it";
            found.push(Diagnostic::new(RULE.id, Place::file(&file.source), message).help(help));
        }
    }
}

/// The files that a page shows or links to, by name and by URL.
fn shown(page: &Page) -> impl Iterator<Item = &str> {
    page.links
        .all()
        .flat_map(|link| match &link.resolution {
            Resolution::Asset(name) => [Some(name.as_str()), link.href.as_deref()],
            _ => [None, None],
        })
        .flatten()
}
