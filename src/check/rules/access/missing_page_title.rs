//! A finished page without a title.

use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingPageTitle,
    summary: "A finished page has no title.",
    why: "The title is the first thing that a screen reader says of a page, what a tab shows, and what stands in the list of a \
        search engine.",
    bad: "<title></title>",
    good: "<title>{{ page.document_title }}</title>",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    let what = match parsed.accessibility.title.as_deref().map(str::trim) {
        None => "has no `<title>`",
        Some("") => "has a `<title>` without words",
        Some(_) => return,
    };
    let help = "write `<title>{{ page.document_title }}</title>` in the head of the template";
    found.push(parsed.finding(RULE.id, what).help(help));
}
