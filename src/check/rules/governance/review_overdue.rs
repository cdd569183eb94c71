//! A review whose day is past.

use jiff::civil::Date;

use super::next_review;
use crate::check::documents;
use crate::check::rule::{Look, Rule};
use crate::content::Document;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ReviewOverdue,
    summary: "The day of the next review is past.",
    why: "Medicine changes. The site promised to look at the page again by that day, and readers see the date.",
    bad: "review: {last: 2024-03-01, next: 2025-03-01}",
    good: "review: {last: 2025-02-20, next: 2026-02-20}",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for document in documents(site) {
        look(document, site.settings.run.as_of, found);
    }
}

fn look(document: &Document, today: Date, found: &mut Vec<Diagnostic>) {
    let Some((next, place)) = next_review(document).filter(|(next, _)| *next < today) else {
        return;
    };
    let message = format!("the review of this page was due on {next}");
    let help = "have a clinician read the page, then write the new dates";
    found.push(Diagnostic::new(RULE.id, place, message).help(help));
}
