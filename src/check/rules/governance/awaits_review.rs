//! A page with clinical content that no clinician has reviewed.

use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::has_review;
use crate::yaml::YamlPath;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::AwaitsReview,
    summary: "No clinician has reviewed the page.",
    why: "Patients act on what they read. A page without a review is shown with the words that it awaits one, and this \
        note lists what is still to be reviewed. It never fails a build.",
    bad: "---\ntitle: Heart failure\n---",
    good: "---\ntitle: Heart failure\nreview:\n  last: 2026-03-01\n  next: 2027-03-01\n  by: {name: …, credentials: …}\n---",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    let LinkedPage { page, document, .. } = written;
    if has_review(page) && document.front.review.is_none() {
        let place = document.yaml.key_place(&YamlPath::default().key("title"));
        let message = format!("\u{201c}{}\u{201d} awaits clinical review", page.title);
        let help = "when a clinician has read it, say so under `review`";
        found.push(Diagnostic::new(RULE.id, place, message).help(help));
    }
}
