//! `pamphlet check --baseline`: old findings are known, new ones count.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use pamphlet::diagnostic::Diagnostic;
use pamphlet::diagnostic::baseline::{Baseline, Compared};
use pamphlet::source::SourceTree;

use crate::args::CheckArguments;
use crate::report::{self, Outcome, count};

/// So many entries are named before the rest is counted.
const NAMED: usize = 20;

/// Reads a baseline.
///
/// # Errors
/// When the file is not there or is no baseline.
pub fn read(file: &Path) -> Result<Baseline> {
    let text = fs::read_to_string(file).with_context(|| {
        format!(
            "cannot read the baseline {}; `--write-baseline` writes it",
            file.display()
        )
    })?;
    Baseline::parse(&text).map_err(|why| anyhow!("{} is no baseline: {why}", file.display()))
}

/// Writes today's findings as the baseline.
///
/// # Errors
/// When the file cannot be written.
pub fn write(
    arguments: &CheckArguments,
    found: &[Diagnostic],
    tree: &SourceTree,
) -> Result<Outcome> {
    let Some(file) = &arguments.baseline else {
        return Ok(Outcome::Good);
    };
    let baseline = Baseline::of(found, tree);
    fs::write(file, baseline.write())
        .with_context(|| format!("cannot write {}", file.display()))?;
    report::say(format_args!(
        "wrote {}: {}",
        file.display(),
        count(baseline.len(), "finding")
    ))?;
    Ok(Outcome::Good)
}

/// Names the entries that are found no longer.
///
/// # Errors
/// When standard output is closed.
pub fn say_what_is_paid(compared: &Compared) -> Result<()> {
    let all: usize = compared.paid.iter().map(|(_, gone)| gone).sum();
    if all == 0 {
        return Ok(());
    }
    report::say(format_args!(
        "{} of the baseline found no longer:",
        if all == 1 {
            "1 entry".to_owned()
        } else {
            format!("{all} entries")
        }
    ))?;
    for (entry, gone) in compared.paid.iter().take(NAMED) {
        let times = if *gone > 1 {
            format!(" ({gone} times)")
        } else {
            String::new()
        };
        let text = if entry.text.is_empty() {
            String::new()
        } else {
            format!(": {}", entry.text)
        };
        report::say(format_args!("  {} {}{text}{times}", entry.rule, entry.path))?;
    }
    if compared.paid.len() > NAMED {
        report::say(format_args!("  and {} more", compared.paid.len() - NAMED))?;
    }
    report::say("take them out of it with `--write-baseline`, so that they cannot come back unseen")
}
