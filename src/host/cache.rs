//! The memo cache on disk: one file for each layer of a shelf, in the folder beside a site's sources.
//!
//! A shelf that does not fit is not read, whoever wrote it.

use std::path::{Path, PathBuf};
use std::{env, io};

use rayon::prelude::*;

use super::{folder, known};
use crate::cache::{Cache, Store};

pub use super::folder::FOLDER;

/// The shelves of the site in this folder.
#[derive(Debug)]
struct Shelves(PathBuf);

impl Store for Shelves {
    fn shelf(&self, name: &str) -> Option<Vec<u8>> {
        folder::read(&self.0, name)
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
    cache.changed().into_par_iter().try_for_each(|(name, bytes)| folder::write(site, &name, &bytes))
}
