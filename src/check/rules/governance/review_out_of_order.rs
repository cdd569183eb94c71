//! A review that is due before it was made.

use jiff::civil::Date;

use super::next_review;
use crate::check::documents;
use crate::check::rule::{Look, Rule};
use crate::content::Document;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;
use crate::yaml::YamlPath;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ReviewOutOfOrder,
    summary: "The next review stands before the last one, or the last one is still to come.",
    why: "One of the two dates is wrong, and readers rely on them.",
    bad: "review: {last: 2026-03-01, next: 2025-03-01}",
    good: "review: {last: 2026-03-01, next: 2027-03-01}",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for document in documents(site) {
        look(document, site.settings.run.as_of, found);
    }
}

fn look(document: &Document, today: Date, found: &mut Vec<Diagnostic>) {
    let Some(review) = &document.front.review else {
        return;
    };
    let help = "check both dates";
    if let Some((next, place)) = next_review(document).filter(|(next, _)| *next <= review.last) {
        let message = format!(
            "the next review ({next}) is not after the last ({})",
            review.last
        );
        found.push(Diagnostic::new(RULE.id, place, message).help(help));
    }
    if review.last > today {
        let place = document
            .yaml
            .value_place(&YamlPath::default().key("review").key("last"));
        let message = format!("the last review ({}) is still to come", review.last);
        found.push(Diagnostic::new(RULE.id, place, message).help(help));
    }
}
