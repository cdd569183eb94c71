//! A heading without words.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::EmptyHeading,
    summary: "A heading has no words.",
    why: "Screen readers list the headings of a page, and the contents list links to them: an empty one leads nowhere.",
    bad: "##\n\nYour doctor places an IV.",
    good: "## How it starts\n\nYour doctor places an IV.",
    looks: &[Look::Document(run), Look::Output(page)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for heading in context
        .document
        .outline
        .headings
        .iter()
        .filter(|heading| heading.text.trim().is_empty())
    {
        let place = context.document.body_place(heading.span);
        found.push(
            Diagnostic::new(RULE.id, place, "this heading has no words")
                .help("write the heading, or delete the line"),
        );
    }
}

/// Headings of templates, and of HTML in pages.
fn page(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    for heading in parsed
        .accessibility
        .headings
        .iter()
        .filter(|heading| !heading.has_words)
    {
        let what = format!("has a heading `<h{}>` without words", heading.level);
        found.push(
            parsed
                .finding(RULE.id, &what)
                .help("write the heading, or take it out of the template"),
        );
    }
}
