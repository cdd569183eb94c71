//! Claiming an output folder: what kind of folder it is, and the lock that keeps a second build
//! out.
//!
//! The lock of a folder that is there stands inside of it and is never removed. The lock of a
//! folder that is yet to be made stands beside it, not in the new folder: Windows renames no folder
//! in which a file is open. It is removed with the claim. A lock is the system's, not the mere
//! presence of a file: it ends with its process, however that ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};

use super::{OWN, journal, manifest};

/// Whether there is a site to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The folder is new: it is made whole beside its place, and renamed.
    Fresh,
    /// The folder is there, with a site of ours or empty.
    Update,
}

/// An output folder that no other build may write to for as long as this lives.
#[derive(Debug)]
pub(super) struct Claim {
    /// The output folder.
    pub(super) out: PathBuf,
    /// The folder that is written in: the output folder, or the new one beside it.
    pub(super) base: PathBuf,
    pub(super) kind: Kind,
    /// Folders above the output folder that were made for it, the deepest first.
    made: Vec<PathBuf>,
    lock: Option<File>,
}

impl Claim {
    /// Claims a folder.
    pub(super) fn new(out: &Path) -> Result<Self> {
        loop {
            let claim = match kind_of(out)? {
                Kind::Fresh => Self::fresh(out)?,
                Kind::Update => return Self::update(out),
            };
            // Another build may have made the folder while this one waited for its turn; then it is
            // an update.
            if kind_of(out)? == Kind::Fresh {
                return Ok(claim);
            }
        }
    }

    /// The folder of our own files.
    pub(super) fn own(&self) -> PathBuf {
        self.base.join(OWN)
    }

    fn update(out: &Path) -> Result<Self> {
        let own = out.join(OWN);
        fs::create_dir_all(&own).with_context(|| format!("cannot write to {}", out.display()))?;
        let lock = Some(lock(&own.join("lock"), out)?);
        Ok(Self {
            out: out.into(),
            base: out.into(),
            kind: Kind::Update,
            made: Vec::new(),
            lock,
        })
    }

    fn fresh(out: &Path) -> Result<Self> {
        let Some(base) = beside(out, "new") else {
            bail!(
                "{} has no name of its own; choose another folder with --out",
                out.display()
            )
        };
        let missing = out
            .ancestors()
            .skip(1)
            .filter(|folder| !folder.as_os_str().is_empty());
        let made: Vec<PathBuf> = missing
            .take_while(|folder| !folder.exists())
            .map(Path::to_path_buf)
            .collect();
        let mut claim = Self {
            out: out.into(),
            base,
            kind: Kind::Fresh,
            made,
            lock: None,
        };
        if let Some(parent) = claim.made.first() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        claim.lock = Some(lock(&claim.outer_lock(), out)?);
        Ok(claim)
    }

    fn outer_lock(&self) -> PathBuf {
        self.base.with_extension("lock")
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if self.kind == Kind::Update {
            return;
        }
        if let Some(lock) = self.lock.take() {
            // Windows removes no file that is open, and elsewhere the file must be gone before the
            // next build locks it.
            let held = if cfg!(windows) { None } else { Some(lock) };
            // What remains does no harm: the next build takes it over.
            let _ = fs::remove_file(self.outer_lock());
            drop(held);
        }
        for folder in &self.made {
            // After a commit the site stands in it, and it stays.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The name of what stands beside the output folder while it is made.
fn beside(out: &Path, extension: &str) -> Option<PathBuf> {
    let name = out.file_name()?.to_string_lossy();
    Some(out.with_file_name(format!(".{name}.pamphlet.{extension}")))
}

/// A link to a folder is followed, and the folder updated in place: only a folder that is not there
/// is renamed. So is an empty folder, for it may be a mount, or open in a server or a shell.
fn kind_of(out: &Path) -> Result<Kind> {
    match fs::metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if out.is_symlink() {
                bail!(
                    "{} is a link that leads nowhere; remove it, or choose another folder with --out",
                    out.display()
                );
            }
            Ok(Kind::Fresh)
        }
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", out.display())),
        Ok(metadata) if !metadata.is_dir() => {
            bail!(
                "{} is a file, and the site wants to be a folder; choose another with --out",
                out.display()
            )
        }
        Ok(_) if is_ours(out) || is_empty(out)? => Ok(Kind::Update),
        Ok(_) => bail!(
            "{} is not a folder that Pamphlet wrote; choose another with --out or empty it",
            out.display()
        ),
    }
}

/// A first commit that was killed has a journal, and no manifest yet.
fn is_ours(out: &Path) -> bool {
    let own = out.join(OWN);
    own.join(manifest::NAME).exists() || own.join(journal::JOURNAL).exists()
}

/// Whether nobody has anything in a folder. What a build that failed left of ours does not count.
fn is_empty(out: &Path) -> Result<bool> {
    let look = || -> io::Result<bool> {
        for entry in fs::read_dir(out)? {
            if entry?.file_name() != OWN {
                return Ok(false);
            }
        }
        Ok(true)
    };
    look().with_context(|| format!("cannot look into {}", out.display()))
}

fn lock(path: &Path, out: &Path) -> Result<File> {
    loop {
        let file = open(path).with_context(|| format!("cannot write to {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another build is writing to {}; wait until it is done",
                    out.display()
                )
            }
            // Some network file systems know no locks: then one build at a time is up to whoever
            // starts them.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("cannot lock {}", path.display()));
            }
        }
        if is_at(&file, path) {
            return Ok(file);
        }
    }
}

#[cfg(not(windows))]
fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// Opened so that nobody can remove it while it is open.
#[cfg(windows)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::windows::fs::OpenOptionsExt;
    const READ_AND_WRITE: u32 = 3;
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .share_mode(READ_AND_WRITE)
        .open(path)
}

/// Whether the locked file is the one that stands there: the build that held it may have removed it
/// in between.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    file.metadata().ok().map(id) == fs::metadata(path).ok().map(id)
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
