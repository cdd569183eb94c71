//! A text alternative that says that it is an image.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::RedundantAlt,
    summary: "A text alternative begins with “image of” or the like.",
    why: "Screen readers say that it is an image before they read the text. The words only delay what the image tells.",
    bad: "![Image of a chest X-ray](chest.png)",
    good: "![A chest X-ray with a large heart](chest.png)",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = manuscript.language else { return };
    for image in super::alternatives(manuscript.document) {
        let alt = image.alt.trim().to_lowercase();
        let begins =
            |opening: &&&str| alt.strip_prefix(**opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if let Some(opening) = language.image_openings.iter().find(begins) {
            let message = format!("a screen reader says that it is an image; \u{201c}{opening}\u{201d} says it again");
            let help = "begin with what the image shows";
            found.push(Diagnostic::new(RULE.id, image.place, message).help(help));
        }
    }
}
