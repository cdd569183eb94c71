//! A review that is due within two months.

use jiff::ToSpan;
use jiff::civil::Date;

use super::next_review;
use crate::check::documents;
use crate::check::rule::{Look, Rule};
use crate::content::Document;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ReviewDueSoon,
    summary: "The next review is due within 60 days.",
    why: "Clinicians need notice. This note lists what they will be asked to read; it never fails a build.",
    bad: "review: {last: 2025-04-01, next: 2026-04-01}   # on 2026-03-01",
    good: "review: {last: 2026-03-01, next: 2027-03-01}",
    looks: &[Look::Site(run)],
};

/// How long before the day the note begins.
const DAYS: i32 = 60;

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for document in documents(site) {
        look(document, site.settings.run.as_of, found);
    }
}

fn look(document: &Document, today: Date, found: &mut Vec<Diagnostic>) {
    let limit = today.saturating_add(DAYS.days());
    let Some((next, place)) =
        next_review(document).filter(|(next, _)| (today..=limit).contains(next))
    else {
        return;
    };
    let message = format!("the review of this page is due on {next}");
    let help = "ask a clinician to read the page";
    found.push(Diagnostic::new(RULE.id, place, message).help(help));
}
