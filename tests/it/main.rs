//! The integration tests: whole sites, from source tree to finished files, and the command line.
#![allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests touch the system, and fail loudly"
)]

mod bad_input;
mod baseline;
mod cache;
mod cli;
mod documentation;
mod edits;
mod fixes;
mod golden;
mod handout;
mod incremental;
mod levels;
mod lists;
mod oracle;
mod preview;
mod privacy;
mod properties;
mod rules;
mod search;
mod search_material;
mod sequences;
mod site;
mod write;
