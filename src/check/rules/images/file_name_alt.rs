//! A text alternative that is a file name.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::FileNameAlt,
    summary: "A text alternative is the name of a file.",
    why: "Programs write the file name there when nobody else does. “IMG underscore 4711 dot jpeg” tells a person who \
        cannot see the image nothing.",
    bad: "![IMG_4711.jpg](IMG_4711.jpg)",
    good: "![A nurse places ten electrodes on the chest](IMG_4711.jpg)",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    for image in super::alternatives(manuscript.document).filter(|image| is_file_name(image.alt, image.target)) {
        let message = format!("{:?} is the name of a file", image.alt.trim());
        let help = "say in a few words what the image shows";
        found.push(Diagnostic::new(RULE.id, image.place, message).help(help));
    }
}

/// `heart.png`, `IMG_4711`, or the name of the image's own file where that is more than one plain word.
fn is_file_name(alt: &str, target: &str) -> bool {
    let alt = alt.trim();
    if alt.is_empty() || alt.contains(char::is_whitespace) {
        return false;
    }
    let file = target.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_made_up = |name: &str| name.contains('_') || (name.contains(|c: char| c.is_ascii_digit()) && name.len() > 4);
    super::is_image(alt) || is_made_up(alt) || (alt.eq_ignore_ascii_case(stem) && alt.contains('-'))
}
