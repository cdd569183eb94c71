//! Where the files of a build wait for their commit.
//!
//! They lie flat in one folder, each under the hash of its path: a tree of 10,000 folders that is
//! made and removed with every build costs some file systems more than all the files in it.
//!
//! Whether two spellings of a path are one file is for the disk to say. A path that may be another
//! spelling of an older one leaves a **mark** under its own name; who then finds the mark under the
//! older spelling knows that they are one.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};

use super::stamps::Stamp;
use super::{Disk, OWN, remove_tree};
use crate::source::Digest;

/// The folder of staged files among our own.
const STAGED: &str = "staged";
/// The folder of marks in it.
const MARKS: &str = "marks";

/// The staging folder of an output folder.
#[derive(Clone, Debug)]
pub(super) struct Staging(PathBuf);

impl Staging {
    /// The staging folder of an output folder.
    pub(super) fn of(base: &Path) -> Self {
        Self(base.join(OWN).join(STAGED))
    }

    /// Where the file of a path waits.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.0.join(Digest::of(path.as_bytes()).to_string())
    }

    /// Whether the file of a path waits, and is not in its place yet.
    pub(super) fn has(&self, path: &str) -> bool {
        self.file(path).is_file()
    }

    /// Marks a path.
    pub(super) fn mark(&self, path: &str, disk: &impl Disk) -> Result<()> {
        write(&self.0.join(MARKS).join(path), path.as_bytes(), disk).map(drop)
    }

    /// The path of the mark that the disk finds under a spelling.
    pub(super) fn marked(&self, spelling: &str) -> Option<String> {
        fs::read_to_string(self.0.join(MARKS).join(spelling)).ok()
    }

    /// Removes all that waits.
    pub(super) fn remove(&self, disk: &impl Disk) -> Result<()> {
        remove_tree(&self.0, disk)
    }
}

/// Writes a file with the folders above it, and gives its stamp; says that nothing of the site was
/// touched if that fails.
pub(super) fn write(target: &Path, bytes: &[u8], disk: &impl Disk) -> Result<Stamp> {
    let written = match disk.write(target, bytes) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            make_parent(target, disk)?;
            disk.write(target, bytes)
        }
        written => written,
    };
    let metadata = written
        .with_context(|| format!("nothing was changed: cannot write {}", target.display()))?;
    Ok(Stamp::of(&metadata))
}

/// Writes a file as [`write`] does where its folder is probably not there yet: each page of a site
/// has one of its own.
pub(super) fn write_with_folder(target: &Path, bytes: &[u8], disk: &impl Disk) -> Result<Stamp> {
    make_parent(target, disk)?;
    write(target, bytes, disk)
}

fn make_parent(target: &Path, disk: &impl Disk) -> Result<()> {
    let Some(parent) = target.parent() else {
        return Ok(());
    };
    let made = disk.make_folder(parent);
    made.with_context(|| {
        format!(
            "nothing was changed: cannot make the folder {}",
            parent.display()
        )
    })
}
