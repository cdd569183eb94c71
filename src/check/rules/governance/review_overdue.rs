//! A review whose day is past.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ReviewOverdue,
    summary: "The day of the next review is past.",
    why: "Medicine changes. The site promised to look at the page again by that day, and readers see the date.",
    bad: "review: {last: 2024-03-01, next: 2025-03-01}",
    good: "review: {last: 2025-02-20, next: 2026-02-20}",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let Some(next) = manuscript.next_review().filter(|next| *next < manuscript.settings.run.as_of) else { return };
    let message = format!("the review of this page was due on {next}");
    let help = "have a clinician read the page, then write the new dates";
    found.push(Diagnostic::new(RULE.id, manuscript.next_review_place(), message).help(help));
}
