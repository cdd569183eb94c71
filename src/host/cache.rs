//! The memo cache on disk: one file for each layer of a shelf, in the folder beside a site's sources.
//!
//! A shelf that does not fit is not read, whoever wrote it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, io};

use super::{folder, known};
use crate::cache::{Bytes, Cache, Store};

pub use super::folder::FOLDER;

/// The shelves of the site in this folder.
#[derive(Debug)]
struct Shelves(PathBuf);

impl Store for Shelves {
    fn shelf(&self, name: &str) -> Option<Box<dyn Bytes>> {
        let file = folder::open(&self.0, name)?;
        let length = usize::try_from(file.metadata().ok()?.len()).ok()?;
        Some(Box::new(ShelfFile { file: Mutex::new(file), length }))
    }
}

/// A file of which nobody reads all.
#[derive(Debug)]
struct ShelfFile {
    file: Mutex<File>,
    length: usize,
}

impl Bytes for ShelfFile {
    fn length(&self) -> usize {
        self.length
    }

    fn read(&self, range: Range<usize>) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(range.len());
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64)).ok()?;
        (&mut *file).take(range.len() as u64).read_to_end(&mut bytes).ok()?;
        (bytes.len() == range.len()).then_some(bytes)
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
    cache.keep(|name, parts| folder::write(site, name, parts))
}
