//! An image without a text alternative.

use crate::check::document_context::DocumentContext;
use crate::check::request::excerpt;
use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingAlt,
    summary: "An image has no text alternative.",
    why: "People who cannot see the image hear its text alternative. It says what the image tells, in a few words.",
    bad: "![](electrodes.jpg)",
    good: "![Ten electrodes on chest, arms and legs](electrodes.jpg)",
    looks: &[Look::Document(run), Look::Output(page)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for image in context
        .document
        .outline
        .images
        .iter()
        .filter(|image| image.alt.trim().is_empty())
    {
        let place = context.document.body_place(image.span);
        let help = "say between the brackets what the image shows: ![Ten electrodes on the chest](electrodes.jpg)";
        found
            .push(Diagnostic::new(RULE.id, place, "this image has no text alternative").help(help));
    }
}

/// Images of templates, and of HTML in pages.
fn page(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    for tag in &parsed.accessibility.images {
        let what = format!(
            "has an image without a text alternative: `{}`",
            excerpt(tag)
        );
        let help =
            "say in `alt` what the image shows; write `alt=\"\"` where it is for looks alone";
        found.push(parsed.finding(RULE.id, &what).help(help));
    }
}
