//! A page of a location that `locations.yaml` does not know.

use crate::check::rule::{Look, Rule};
use crate::config::Kind;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::schema::did_you_mean;
use crate::site::{PageKind, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LocationWithoutEntry,
    summary: "A location's page has no entry in locations.yaml.",
    why: "The address, the phone number and the place in the list come from the entry. The name of the page's file is the \
        id of the entry.",
    bad: "content/locations/harbour.md, and locations.yaml has only `id: harbor`",
    good: "content/locations/harbor.md",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    if !site.has_all_locations {
        return;
    }
    for (index, page) in site.pages() {
        let Some(document) = &page.document else {
            continue;
        };
        if page.kind != PageKind::Entry(Kind::Location) || site.location_of(index).is_some() {
            continue;
        }
        let message = format!(
            "locations.yaml has no entry with the id `{}`",
            page.id.name()
        );
        let known = site
            .locations
            .iter()
            .map(|(location, _)| location.id.as_str());
        let help = match did_you_mean(page.id.name(), known) {
            Some(near) => format!("did you mean `{near}.md`?"),
            None => "add the entry, or rename the file to the id of one".to_owned(),
        };
        found.push(Diagnostic::new(RULE.id, Place::file(&document.path), message).help(help));
    }
}
