//! The operations by which a build changes a folder, so that a test can stop at any one of them.
//!
//! Everything that stages, commits or cleans up goes through here. Looking at the disk does not: it
//! changes nothing.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::{fmt, fs};

/// The folders that a path leads through, from the outermost.
pub(super) fn parents(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// What a build does to a disk.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Writes a file, without waiting until it is on the disk, and gives what the disk then says of
    /// it.
    ///
    /// # Errors
    /// As the system says.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<Metadata>;

    /// Waits until a file, or the list of names in a folder, is on the disk.
    ///
    /// # Errors
    /// As the system says.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// Renames a file or folder, replacing a file.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// As the system says.
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    /// As the system says.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder with all that is in it.
    ///
    /// # Errors
    /// As the system says.
    fn remove_tree(&self, path: &Path) -> io::Result<()>;

    /// Makes a folder with those above it.
    ///
    /// # Errors
    /// As the system says.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.metadata()
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        if !path.is_dir() {
            // Windows syncs only what is open for writing.
            return OpenOptions::new().write(true).open(path)?.sync_all();
        }
        if cfg!(unix) {
            ignore_unable(File::open(path)?.sync_all())
        } else {
            Ok(())
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }
}

/// Some network and user-space file systems cannot sync a folder, and keep names in order without
/// it.
fn ignore_unable(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}
