//! A text alternative that says that it is an image.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::Language;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::RedundantAlt,
    summary: "A text alternative begins with “image of” or the like, or says no more.",
    why: "Screen readers say that it is an image before they read the text. The words only delay what the image tells.",
    bad: "![Image of a chest X-ray](chest.png)",
    good: "![A chest X-ray with a large heart](chest.png)",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    for image in super::alternatives(context.document) {
        let alt = image.alt.trim().to_lowercase();
        if is_empty(language, &alt) {
            let message = format!(
                "\u{201c}{}\u{201d} does not say what the image shows",
                image.alt.trim()
            );
            let help = "say in a few words what the image shows";
            found.push(Diagnostic::new(RULE.id, image.place, message).help(help));
        } else if let Some(opening) = opening(language, &alt) {
            let message = format!(
                "a screen reader says that it is an image; \u{201c}{opening}\u{201d} says it again"
            );
            let help = "begin with what the image shows";
            found.push(Diagnostic::new(RULE.id, image.place, message).help(help));
        }
    }
}

/// Whether an alternative says only that there is an image, perhaps with a number: `image 2`.
fn is_empty(language: &Language, alt: &str) -> bool {
    let bare = alt.trim_matches(|c: char| !c.is_alphabetic());
    language
        .empty_alternatives
        .iter()
        .any(|empty| empty == bare)
}

fn opening(language: &'static Language, alt: &str) -> Option<&'static str> {
    let begins = |opening: &&str| {
        alt.strip_prefix(opening)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    language
        .image_openings
        .iter()
        .map(String::as_str)
        .find(begins)
}
