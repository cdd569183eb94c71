//! A location without a phone number.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LocationWithoutPhone,
    summary: "A location has no phone number.",
    why: "Patients who cannot find the entrance, or cannot come, call. Without a number the page is no help to them.",
    bad: "- {id: harbor, name: Harbor Hospital, street: …, city: …, state: MD, zip: \"21225\"}",
    good: "- {id: harbor, name: Harbor Hospital, street: …, city: …, state: MD, zip: \"21225\", phone: 410-555-0100}",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for (location, _) in site
        .locations
        .iter()
        .filter(|(location, _)| location.phone.is_none())
    {
        let message = format!("\u{201c}{}\u{201d} has no phone number", location.name);
        found.push(
            Diagnostic::new(RULE.id, location.place.clone(), message)
                .help("add a line `phone: 410-555-0100`"),
        );
    }
}
