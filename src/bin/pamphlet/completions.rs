//! `pamphlet completions`: what a shell needs to complete commands.

use std::io::{self, Write};

use anyhow::Result;
use clap::CommandFactory;

use crate::args::{Arguments, CompletionArguments};
use crate::report::Outcome;

/// Prints the completions of a shell.
///
/// # Errors
/// When standard output is closed.
pub fn run(arguments: &CompletionArguments) -> Result<Outcome> {
    let mut text = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "pamphlet",
        &mut text,
    );
    io::stdout().lock().write_all(&text)?;
    Ok(Outcome::Good)
}
