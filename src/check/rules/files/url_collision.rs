//! Two files that want the same address.

use std::collections::HashMap;

use crate::check::rule::Rule;
use crate::content::Document;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::output::{Clash, Origin};
use crate::site::Site;
use crate::source::SourcePath;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UrlCollision,
    summary: "Two files want the same address.",
    why: "Only one of them could be reached. Addresses that differ only in upper and lower case are one address on many \
        servers and disks.",
    bad: "content/tests/ECG.md and content/tests/ecg.md",
    good: "content/tests/ecg.md",
    looks: &[],
};

/// The findings of files that want one address.
#[must_use]
pub fn clashes(site: &Site, clashes: &[Clash]) -> Vec<Diagnostic> {
    if clashes.is_empty() {
        return Vec::new();
    }
    let documents = site
        .pages
        .iter()
        .filter_map(|page| page.document.as_deref());
    let documents: HashMap<_, _> = documents
        .map(|document| (&document.path, document))
        .collect();
    clashes
        .iter()
        .map(|clash| finding(&documents, clash))
        .collect()
}

fn finding(documents: &HashMap<&SourcePath, &Document>, clash: &Clash) -> Diagnostic {
    let [first, second] = &clash.origins;
    let (this, other) = match (first, second) {
        // The alias is what is one too many.
        (Origin::Alias(..), Origin::Generated(_) | Origin::Source(_))
        | (Origin::Source(_), Origin::Generated(_)) => (first, second),
        _ => (second, first),
    };
    let place = place(documents, this);
    let found = Diagnostic::new(RULE.id, place, message(clash, this, other));
    match (this, other) {
        (Origin::Alias(this, _), Origin::Alias(that, _)) if this == that => found
            .related(self::place(documents, other), "first written here")
            .help("delete one of the two"),
        (Origin::Alias(..), Origin::Alias(..)) => found
            .related(self::place(documents, other), "the other")
            .help("keep it on the page that readers should get"),
        (Origin::Alias(..), _) => found.help("delete the alias, or give the other another address"),
        _ => found.help("rename one of the two"),
    }
}

fn message(clash: &Clash, this: &Origin, other: &Origin) -> String {
    let (path, that) = if *this == clash.origins[0] {
        (&clash.path, &clash.other)
    } else {
        (&clash.other, &clash.path)
    };
    match (this, other) {
        _ if path != that => {
            format!(
                "`{path}` and `{that}` (from {other}) are too alike to be told apart everywhere"
            )
        }
        (Origin::Alias(this, _), Origin::Alias(that, _)) if this == that => {
            "this alias is written twice".to_owned()
        }
        (Origin::Alias(..), _) => format!("this alias is also the address of {other}"),
        _ => format!("`{path}` is written by this and by {other}"),
    }
}

fn place(documents: &HashMap<&SourcePath, &Document>, origin: &Origin) -> Place {
    match origin {
        Origin::Source(path) => Place::file(path),
        Origin::Alias(path, index) => {
            let document = documents.get(path);
            let alias = document.and_then(|document| {
                Some(document.field_place(document.front.aliases.get(*index)?))
            });
            alias.unwrap_or_else(|| Place::file(path))
        }
        Origin::Generated(_) => Place::file(&SourcePath::new("content")),
    }
}
