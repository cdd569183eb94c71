//! The command line of Pamphlet.
#![allow(clippy::disallowed_methods, reason = "the commands stand on the host's floor")]

mod args;
mod build;
mod check;
mod completions;
mod explain;
mod init;
mod new;
mod report;
mod serve;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    args::Arguments::parse().run()
}
