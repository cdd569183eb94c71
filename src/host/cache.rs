//! The memo cache on disk: the folder `.pamphlet/` beside a site's sources, one file a shelf.
//!
//! It may be deleted at any time, shared between machines and restored by a CI job: a shelf that does not fit is not read.
//! Each shelf is replaced by a rename, so that a build beside this one reads it whole. No version control and no backup
//! should take the folder; it says so to both.

use std::path::{Path, PathBuf};
use std::{env, fs, io, process};

use rayon::prelude::*;

use super::known;
use crate::cache::{Cache, Store};

/// The folder in the site's folder.
pub const FOLDER: &str = ".pamphlet";

/// The shelves in that folder.
const SHELVES: &str = "cache";

/// What tells others to leave the folder alone: Git, and whoever follows <https://bford.info/cachedir/>.
const MARKERS: [(&str, &str); 2] = [
    (".gitignore", "*\n"),
    ("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is the cache of Pamphlet.\n"),
];

/// The shelves of the site in this folder.
#[derive(Debug)]
struct Shelves(PathBuf);

impl Store for Shelves {
    fn shelf(&self, name: &str) -> Option<Vec<u8>> {
        read(&self.0, name)
    }
}

/// What earlier runs of this very program left for a site.
#[must_use]
pub fn open(site: &Path) -> Cache {
    // A program that cannot read itself does not know what it can believe.
    let program = env::current_exe().and_then(|path| known::program(site, path));
    program.map_or_else(|_| Cache::none(), |program| Cache::new(Box::new(Shelves(site.to_owned())), program))
}

/// Keeps what is new for the next run.
///
/// # Errors
/// As the system says. What was kept before is still there.
pub fn keep(site: &Path, cache: Cache) -> io::Result<()> {
    cache.changed().into_par_iter().try_for_each(|(name, bytes)| write(site, name, &bytes))
}

/// Whether the site has a cache.
pub(super) fn is_there(site: &Path) -> bool {
    site.join(FOLDER).join(SHELVES).is_dir()
}

/// A file of the cache; nothing where it is not there.
pub(super) fn read(site: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(site.join(FOLDER).join(SHELVES).join(name)).ok()
}

/// Puts a file into the cache, in the place of the one that is there.
pub(super) fn write(site: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = site.join(FOLDER);
    let shelves = folder.join(SHELVES);
    if !shelves.is_dir() {
        fs::create_dir_all(&shelves)?;
        MARKERS.iter().try_for_each(|(name, text)| fs::write(folder.join(name), text))?;
    }
    let unfinished = shelves.join(format!("{name}-{}", process::id()));
    let kept = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, shelves.join(name)));
    if kept.is_err() {
        // What remains does no harm.
        let _ = fs::remove_file(&unfinished);
    }
    kept
}
