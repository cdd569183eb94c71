//! What is printed, and the exit status.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use pamphlet::check::{self, Rule};
use pamphlet::diagnostic::human::Look;
use pamphlet::diagnostic::sarif::{self, RuleHelp};
use pamphlet::diagnostic::{Diagnostic, Safety, Tally, github, human, json};
use pamphlet::host::{Reading, cache};
use pamphlet::pipeline::Memo;
use pamphlet::source::SourceTree;

use crate::args::Format;

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
    let causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes
        .into_iter()
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// Says on standard error that something went wrong.
pub fn complain(message: &str) {
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Red.into()));
    // There is nowhere left to complain to when standard error is closed.
    let _ = writeln!(anstream::stderr(), "{style}error{style:#}: {message}");
}

/// Says on standard error what may not be meant.
pub fn warn(message: &str) {
    let style = anstyle::Style::new()
        .bold()
        .fg_color(Some(anstyle::AnsiColor::Yellow.into()));
    // There is nowhere left to warn when standard error is closed.
    let _ = writeln!(anstream::stderr(), "{style}warning{style:#}: {message}");
}

/// Keeps the cache of a site for the next command; one that cannot be kept harms nothing.
pub fn keep(site: &Path, memo: &Memo, reading: &Reading) {
    if let Err(error) = cache::save(site, memo).and_then(|()| reading.keep(site)) {
        let folder = site.join(cache::FOLDER);
        warn(&format!(
            "cannot write to {}, so the next build takes longer: {error}",
            folder.display()
        ));
    }
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

/// Says something about the run on standard error, which leaves standard output to what was asked
/// for.
pub fn remark(text: impl Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Findings with the files that they point into.
#[derive(Clone, Copy)]
pub struct Findings<'f> {
    /// The findings, in order.
    pub found: &'f [Diagnostic],
    /// The files.
    pub tree: &'f SourceTree,
    /// The site's folder.
    pub site: &'f Path,
}

/// Prints findings: on standard error for people, on standard output for machines.
///
/// # Errors
/// When that stream is closed.
pub fn findings(findings: Findings<'_>, format: Format) -> Result<()> {
    let Findings { found, tree, site } = findings;
    let root = root(site);
    let text = match format {
        Format::Human => {
            // To take the colors out of a long text again is to write it in very small pieces.
            let is_plain = AutoStream::choice(&io::stderr()) == ColorChoice::Never;
            let look = if is_plain { Look::Plain } else { Look::Colored };
            let text = human::render(found, tree, &root, look) + &footer(found);
            return Ok(match look {
                Look::Plain => io::stderr().lock().write_all(text.as_bytes()),
                Look::Colored => anstream::stderr().lock().write_all(text.as_bytes()),
            }?);
        }
        Format::Json => json::render(found, tree),
        Format::Sarif => sarif::render(found, tree, &root, &rule_help()),
        Format::Github => github::render(found, tree, &root),
    };
    Ok(io::stdout().lock().write_all(text.as_bytes())?)
}

/// The counts by rule, and how many findings can be fixed without a person.
fn footer(found: &[Diagnostic]) -> String {
    let is_safe = |found: &&Diagnostic| {
        found
            .fix
            .as_ref()
            .is_some_and(|fix| fix.safety == Safety::Safe)
    };
    let mut text = human::counts(found);
    match found.iter().filter(is_safe).count() {
        0 => {}
        1 => text += "1 of them can be fixed by `pamphlet check --fix`\n",
        many => text += &format!("{many} of them can be fixed by `pamphlet check --fix`\n"),
    }
    text
}

fn rule_help() -> Vec<RuleHelp> {
    let help = |rule: &Rule| RuleHelp {
        id: rule.id,
        summary: rule.summary,
        markdown: rule.documentation(1),
    };
    check::rules().map(help).collect()
}

/// The site's folder as seen from here, with a `/` at its end; nothing where it is here.
fn root(site: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let site = site.strip_prefix(&here).unwrap_or(site);
    let parts = site.components().filter(|part| *part != Component::CurDir);
    let folder = parts
        .collect::<PathBuf>()
        .to_string_lossy()
        .replace('\\', "/");
    if folder.is_empty() || folder.ends_with('/') {
        folder
    } else {
        folder + "/"
    }
}

/// `1 page`, `2 pages`.
pub fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
