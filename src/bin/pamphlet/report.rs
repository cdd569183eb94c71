//! What is printed, and the exit status.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use pamphlet::diagnostic::{Diagnostic, Tally, human, json};
use pamphlet::source::SourceTree;

use crate::args::{FindingArguments, Format};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All is well.
    Good,
    /// The content has findings that fail the command.
    Faulty,
}

impl Outcome {
    /// The outcome of findings: errors fail a command, and warnings where it is strict.
    pub fn of(tally: Tally, strict: bool) -> Self {
        let is_faulty = tally.errors > 0 || (strict && tally.warnings > 0);
        if is_faulty { Self::Faulty } else { Self::Good }
    }
}

/// The exit status: 0 good, 1 faulty content, 2 the tool could not do its work.
pub fn exit_code(done: Result<Outcome>) -> ExitCode {
    match done {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Faulty) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Whoever read the output has enough of it: that is no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.into_iter().any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Says on standard error that something went wrong.
pub fn complain(message: &str) {
    let style = anstyle::Style::new().bold().fg_color(Some(anstyle::AnsiColor::Red.into()));
    // There is nowhere left to complain to when standard error is closed.
    let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {message}");
}

/// Prints a line on standard output.
///
/// # Errors
/// When standard output is closed.
pub fn say(text: impl Display) -> Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

/// Prints findings: on standard error for people, on standard output for machines.
///
/// # Errors
/// When that stream is closed.
pub fn findings(found: &[Diagnostic], tree: &SourceTree, arguments: FindingArguments) -> Result<()> {
    match arguments.format {
        Format::Human => anstream::stderr().lock().write_all(human::render(found, tree).as_bytes())?,
        Format::Json => io::stdout().lock().write_all(json::render(found, tree).as_bytes())?,
    }
    Ok(())
}

/// `1 page`, `2 pages`.
pub fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
