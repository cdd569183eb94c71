//! The memo on disk: the log of a site, as one file in the folder beside its sources.

use std::path::Path;
use std::{env, io};

use super::{folder, source_index};
use crate::memo::{Log, Save};
use crate::pipeline::Memo;

pub use super::folder::FOLDER;

/// The name of the file.
const LOG: &str = "log";

/// The log that earlier runs of this very program left for a site; nothing where the program cannot
/// read itself, for then it does not know what it can believe.
#[must_use]
pub fn open(site: &Path) -> Option<Log> {
    let program = env::current_exe()
        .and_then(|path| source_index::program(site, path))
        .ok()?;
    Some(Log::open(
        folder::read(site, LOG).unwrap_or_default(),
        program,
    ))
}

/// The memo of a command: in the log of its site.
#[must_use]
pub fn memo(site: &Path) -> Memo {
    open(site).map_or_else(Memo::default, Memo::in_log)
}

/// Keeps what is new for the next run. Where another run has kept something in between, that stands.
///
/// # Errors
/// As the system says. What was kept before is still there.
pub fn save(site: &Path, memo: &Memo) -> io::Result<()> {
    match memo.save() {
        Save::Nothing => Ok(()),
        Save::Append(bytes) => folder::append(site, LOG, memo.log_length(), &bytes),
        Save::Replace(bytes) => folder::write(site, LOG, &[&bytes]),
    }
}
