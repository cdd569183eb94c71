//! The command line of Pamphlet.
#![allow(
    clippy::disallowed_methods,
    reason = "the commands stand on the host's floor"
)]

mod args;
mod build;
mod check;
mod completions;
mod dispatch;
mod explain;
mod init;
mod new;
mod report;
mod serve;
mod timings;

use clap::Parser;

/// Building a large site asks for memory millions of times, from every thread at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    report::exit_code(dispatch::run(args::Arguments::parse().command))
}
