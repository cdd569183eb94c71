//! `pamphlet check --fix`: safe fixes, in the files or as a difference.

use anyhow::Result;
use pamphlet::diagnostic::Tally;
use pamphlet::host::edit;
use pamphlet::pipeline::{self, Fixes};
use pamphlet::source::{SourcePath, SourceTree};
use similar::TextDiff;

use super::{build, conclude};
use crate::args::{CheckArguments, Format};
use crate::report::{self, Outcome, count};

/// Puts the safe fixes into the files, and shows what is left; with `--dry-run`, shows what would
/// change.
///
/// # Errors
/// When a file cannot be written, or has changed since it was read.
pub fn run(arguments: &CheckArguments, tree: &SourceTree) -> Result<Outcome> {
    let fixes = pipeline::fix(tree, &arguments.site.run_options());
    if arguments.dry_run {
        return show(arguments, tree, &fixes);
    }
    edit::write(&arguments.site.site, tree, &fixes)?;
    let left = build(arguments, &fixes.tree);
    let words = format!(
        "{}; checked {}",
        done("fixed", &fixes),
        count(left.pages, "page")
    );
    let compared = match &arguments.baseline {
        Some(file) => {
            super::baseline::read(file)?
                .compare(left.diagnostics, &fixes.tree)
                .new
        }
        None => left.diagnostics,
    };
    conclude(arguments, &fixes.tree, &compared, &words)
}

fn show(arguments: &CheckArguments, tree: &SourceTree, fixes: &Fixes) -> Result<Outcome> {
    for path in fixes.files.keys() {
        let difference = difference(path, tree, &fixes.tree);
        report::say(difference.trim_end())?;
    }
    let tally = Tally::of(&build(arguments, tree).diagnostics);
    if arguments.findings.format == Format::Human {
        report::say(format_args!(
            "{}; nothing written: {tally}",
            done("would fix", fixes)
        ))?;
    }
    Ok(Outcome::of(tally, arguments.findings.strict))
}

fn done(word: &str, fixes: &Fixes) -> String {
    format!(
        "{word} {} in {}",
        count(fixes.count(), "finding"),
        count(fixes.files.len(), "file")
    )
}

/// The change of a file, as `diff -u` and `git` write it.
fn difference(path: &SourcePath, old: &SourceTree, new: &SourceTree) -> String {
    let text = |tree: &SourceTree| tree.text(path).unwrap_or_default().to_owned();
    let (old, new) = (text(old), text(new));
    let difference = TextDiff::from_lines(&old, &new);
    difference
        .unified_diff()
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}
