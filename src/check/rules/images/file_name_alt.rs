//! A text alternative that is a file name.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::FileNameAlt,
    summary: "A text alternative is the name of a file.",
    why: "Programs write the file name there when nobody else does. “IMG underscore 4711 dot jpeg” tells a person who \
        cannot see the image nothing.",
    bad: "![IMG_4711.jpg](IMG_4711.jpg)",
    good: "![A nurse places ten electrodes on the chest](IMG_4711.jpg)",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for image in
        super::alternatives(context.document).filter(|image| is_file_name(image.alt, image.target))
    {
        let message = format!("{:?} is the name of a file", image.alt.trim());
        let help = "say in a few words what the image shows";
        found.push(Diagnostic::new(RULE.id, image.place, message).help(help));
    }
}

/// What cameras, scanners and programs put before the number of an image.
const PREFIXES: [&str; 13] = [
    "img",
    "dsc",
    "dscn",
    "dscf",
    "pxl",
    "mvi",
    "image",
    "photo",
    "picture",
    "scan",
    "screenshot",
    "untitled",
    "wa",
];

/// `heart.png`, `IMG_4711`, `DSC00042`, or the name of the image's own file where it has several
/// hyphens.
///
/// `COVID-19`, `T2N1M0` and `x-ray` are words, even where the file has the same name.
fn is_file_name(alt: &str, target: &str) -> bool {
    let alt = alt.trim();
    if alt.is_empty() || alt.contains(char::is_whitespace) {
        return false;
    }
    let file = target.rsplit('/').next().expect("a split has a part");
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let is_own = alt.eq_ignore_ascii_case(stem) && alt.matches('-').count() > 1;
    super::is_image(alt) || alt.contains('_') || is_numbered(alt) || is_own
}

/// `DSC00042`, `IMG-4711`, `P1010023`, `20240131`; `P53` is a gene, and `P450` an enzyme.
fn is_numbered(alt: &str) -> bool {
    let prefix = alt.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let digits = alt[prefix.len()..]
        .bytes()
        .filter(u8::is_ascii_digit)
        .count();
    let fewest = match prefix.to_ascii_lowercase().as_str() {
        "" | "p" => 5,
        known if PREFIXES.contains(&known) => 1,
        _ => return false,
    };
    digits >= fewest
}
