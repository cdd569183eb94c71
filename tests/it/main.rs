//! The integration tests: whole sites, from source tree to finished files, and the command line.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests touch the system, and fail loudly"
)]

mod bad_input;
mod cli;
mod findings;
mod golden;
mod oracle;
mod properties;
mod site;
mod write;
