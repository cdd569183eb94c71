//! Which command does what was asked.

use anyhow::Result;

use crate::args::Command;
use crate::report::Outcome;
use crate::{build, check, completions, explain, init, new, serve};

/// Runs a command.
///
/// # Errors
/// When the program cannot do its work; faulty content is an outcome.
pub fn run(command: Command) -> Result<Outcome> {
    match command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    }
}
