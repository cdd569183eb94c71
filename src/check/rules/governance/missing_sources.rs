//! A page with clinical content that names no source.

use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::has_review;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingSources,
    summary: "A treatment, condition or test names no source.",
    why: "Readers and reviewers must be able to see what a statement rests on, and the next editor to check whether it \
        still holds.",
    bad: "---\ntitle: Heart failure\n---",
    good: "---\ntitle: Heart failure\nsources:\n  - {title: Heart failure, MedlinePlus, url: https://medlineplus.gov/heartfailure.html}\n---",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    let LinkedPage { page, document, .. } = written;
    if has_review(page) && document.front.sources.is_empty() {
        let message = format!("\u{201c}{}\u{201d} names no source", page.title);
        let help = "say under `sources` what it rests on: {title: \u{2026}, url: \u{2026}}";
        found.push(Diagnostic::new(RULE.id, document.title_place(), message).help(help));
    }
}
