//! A review that is due before it was made.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::yaml::YamlPath;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ReviewOutOfOrder,
    summary: "The next review stands before the last one, or the last one is still to come.",
    why: "One of the two dates is wrong, and readers rely on them.",
    bad: "review: {last: 2026-03-01, next: 2025-03-01}",
    good: "review: {last: 2026-03-01, next: 2027-03-01}",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let Some(review) = &manuscript.document.front.review else { return };
    let help = "check both dates";
    if let Some(next) = review.next.filter(|next| *next <= review.last) {
        let message = format!("the next review ({next}) is not after the last ({})", review.last);
        found.push(Diagnostic::new(RULE.id, manuscript.next_review_place(), message).help(help));
    }
    if review.last > manuscript.settings.run.as_of {
        let place = manuscript.document.yaml.value_place(&YamlPath::default().key("review").key("last"));
        let message = format!("the last review ({}) is still to come", review.last);
        found.push(Diagnostic::new(RULE.id, place, message).help(help));
    }
}
