//! A review that is due within two months.

use jiff::ToSpan;

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ReviewDueSoon,
    summary: "The next review is due within 60 days.",
    why: "Clinicians need notice. This note lists what they will be asked to read; it never fails a build.",
    bad: "review: {last: 2025-04-01, next: 2026-04-01}   # on 2026-03-01",
    good: "review: {last: 2026-03-01, next: 2027-03-01}",
    run: Run::Document(run),
};

/// How long before the day the note begins.
const DAYS: i32 = 60;

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let today = manuscript.settings.run.as_of;
    let limit = today.saturating_add(DAYS.days());
    let Some(next) = manuscript.next_review().filter(|next| (today..=limit).contains(next)) else { return };
    let message = format!("the review of this page is due on {next}");
    let help = "ask a clinician to read the page";
    found.push(Diagnostic::new(RULE.id, manuscript.next_review_place(), message).help(help));
}
