//! Colors of a theme that are too close to each other to be read.

use crate::check::finished::FinishedFile;
use crate::check::palette::{self, Palette, View};
use crate::check::request::file::{self, Reading};
use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LowContrast,
    summary: "Two colors of the theme are too close to each other.",
    why: "Many patients see less well than the people who design pages, and read them on a phone in daylight. Text needs a \
        contrast of 4.5 to 1 with what it stands on, edges and the mark of the focus need 3 to 1 (WCAG 2.2, 1.4.3 and \
        1.4.11), in light and in dark mode. The rule reads the colors that a style sheet gives to the roles of the theme, \
        the custom properties of `:root`.",
    bad: "--text-quiet: #999;",
    good: "--text-quiet: #4b5c5a;",
    looks: &[Look::Output(run)],
};

const TEXT: f32 = 4.5;
const SHAPE: f32 = 3.0;

/// What stands on what in the theme, and the least contrast.
const PAIRS: &[(&[&str], &[&str], f32)] = &[
    (
        &[
            "text",
            "text-quiet",
            "heading",
            "link",
            "link-visited",
            "link-hover",
        ],
        &["surface", "surface-raised", "surface-sunk"],
        TEXT,
    ),
    (
        &["text", "heading", "link"],
        &[
            "note-tint",
            "tip-tint",
            "important-tint",
            "warning-tint",
            "caution-tint",
        ],
        TEXT,
    ),
    (&["note"], &["note-tint"], TEXT),
    (&["tip"], &["tip-tint"], TEXT),
    (&["important"], &["important-tint"], TEXT),
    (&["on-signal"], &["warning", "caution"], TEXT),
    (&["band-text", "band-quiet"], &["band"], TEXT),
    (&["action-text"], &["action"], TEXT),
    (&["edge"], &["surface", "surface-raised"], SHAPE),
    (&["focus"], &["focus-gap"], SHAPE),
];

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::File(file) = output else {
        return;
    };
    if file::reading(file.path.as_str()) != Some(Reading::Style) || !file.text.contains("--surface")
    {
        return;
    }
    let palette = Palette::of(file.text);
    for (above, below, least) in PAIRS {
        let pairs = above
            .iter()
            .flat_map(|above| below.iter().map(move |below| (above, below)));
        found.extend(pairs.filter_map(|(above, below)| look(file, &palette, above, below, *least)));
    }
}

/// What is wrong with two roles, in the first view in which they are too close.
fn look(
    file: &FinishedFile<'_>,
    palette: &Palette<'_>,
    above: &str,
    below: &str,
    least: f32,
) -> Option<Diagnostic> {
    View::ALL.into_iter().find_map(|view| {
        let (over, under) = (palette.shade(above, view)?, palette.shade(below, view)?);
        let ratio = palette::contrast(&over, &under).filter(|ratio| *ratio < least)?;
        // Rounded down: 4.49 is not 4.5.
        let (ratio, view) = ((ratio * 10.0).floor() / 10.0, view.name());
        let what = format!(
            "gives `--{above}` on `--{below}` a contrast of {ratio:.1} to 1 {view}, and {least} is the least: `{}`",
            &file.text[over.at.clone()]
        );
        let help = format!("move `--{above}` and `--{below}` apart: one darker, or the other lighter");
        Some(file.finding(RULE.id, &what, Some(over.at)).help(help))
    })
}
