//! The only floor that touches the disk, the clock and the environment.
#![allow(
    clippy::disallowed_methods,
    reason = "this floor, and this one alone, touches the system"
)]

pub mod cache;
pub mod clock;
pub mod edit;
mod folder;
pub mod memory;
pub mod read;
mod source_index;
mod theme;
pub mod watch;
pub mod write;

pub use source_index::Reading;
pub use theme::files as theme_files;
