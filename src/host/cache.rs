//! The memo cache on disk: one file for each layer of a shelf, in the folder beside a site's
//! sources.
//!
//! A shelf that does not fit is not read, whoever wrote it.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, io};

use super::{folder, known};
use crate::cache::{Blob, Cache, Store};

pub use super::folder::FOLDER;

/// The shelves of the site in this folder.
#[derive(Debug)]
struct Shelves(PathBuf);

impl Store for Shelves {
    fn shelf(&self, name: &str) -> Option<Box<dyn Blob>> {
        let file = folder::open(&self.0, name)?;
        let length = usize::try_from(file.metadata().ok()?.len()).ok()?;
        Some(Box::new(ShelfFile { file, length }))
    }
}

/// A file of which several threads read parts.
#[derive(Debug)]
struct ShelfFile {
    file: File,
    length: usize,
}

impl Blob for ShelfFile {
    fn length(&self) -> usize {
        self.length
    }

    fn read(&self, range: Range<usize>) -> Option<Vec<u8>> {
        let mut bytes = vec![0; range.len()];
        let mut read = 0;
        while read < bytes.len() {
            let at = range.start.checked_add(read)?;
            let some = read_at(&self.file, &mut bytes[read..], u64::try_from(at).ok()?).ok()?;
            if some == 0 {
                return None;
            }
            read += some;
        }
        Some(bytes)
    }
}

/// Reads some bytes at a place, whatever other threads read; 0 at the end.
#[cfg(unix)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(windows)]
fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, bytes, at)
}

/// What earlier runs of this very program left for a site.
#[must_use]
pub fn open(site: &Path) -> Cache {
    // A program that cannot read itself does not know what it can believe.
    let program = env::current_exe().and_then(|path| known::program(site, path));
    program.map_or_else(
        |_| Cache::none(),
        |program| Cache::new(Box::new(Shelves(site.to_owned())), program),
    )
}

/// Keeps what is new for the next run.
///
/// # Errors
/// As the system says. What was kept before is still there.
pub fn keep(site: &Path, cache: Cache) -> io::Result<()> {
    cache.keep(|name, parts| folder::write(site, name, parts))
}
