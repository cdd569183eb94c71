//! Writing a finished site to a folder, so that at every moment each file there is whole.
//!
//! A **stage** takes the files of a build. What the folder has already, byte for byte, is skipped; the rest is staged on
//! the same file system. A **commit** then renames the staged files into place, by a journal that the next run completes
//! if this one is killed. A stage that is dropped without a commit leaves the folder as it was. The **manifest** says
//! which files are ours: only those are ever deleted, and a file of somebody else's is never replaced.
//!
//! Everything of ours that is no part of the site stands in `.pamphlet/` inside of the folder. A folder that is not there
//! yet is made beside itself and appears by one rename.
//!
//! Files are not synced one by one, which would cost seconds on a large site: a process that is killed loses nothing, for
//! the system has the bytes. After a power failure the next build compares every file again and writes what differs.

mod commit;
mod disk;
mod manifest;
mod overlap;

use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use anyhow::{Context, Error, Result, bail};

pub use disk::{Disk, RealDisk};
pub use overlap::refuse_overlap;

use crate::output::{OutputFile, OutputPath, OutputSet, Sink};
use manifest::Manifest;

/// The folder of our own files inside of an output folder.
const OWN: &str = ".pamphlet";

/// What a commit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or changed.
    pub written: usize,
    /// Files that were there already, byte for byte.
    pub unchanged: usize,
    /// Files of an earlier build that this one does not have.
    pub deleted: usize,
}

/// Where a build's files gather until they are committed.
#[derive(Debug)]
pub struct Stage<D: Disk = RealDisk> {
    out: PathBuf,
    /// The folder that is written in: the output folder, or the new one beside it.
    base: PathBuf,
    kind: Kind,
    owned: Manifest,
    state: Mutex<State>,
    disk: D,
    /// Held for as long as the stage lives.
    _lock: File,
}

/// Whether there is a site to compare with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The folder is new: it is made whole and renamed.
    Fresh,
    /// The folder holds a site of ours.
    Update,
}

#[derive(Debug, Default)]
struct State {
    staged: BTreeSet<OutputPath>,
    unchanged: usize,
    /// Files of somebody else's that stand in the way.
    foreign: Vec<String>,
    fault: Option<Error>,
}

impl Stage {
    /// Prepares to write to a folder; completes the commit of a run that was killed.
    ///
    /// # Errors
    /// When the folder is a file, holds what is not ours, is in use by another build, or cannot be written to.
    pub fn open(out: &Path) -> Result<Self> {
        Self::open_on(out, RealDisk)
    }
}

impl<D: Disk> Stage<D> {
    /// Like [`Stage::open`], on another disk.
    ///
    /// # Errors
    /// As [`Stage::open`].
    pub fn open_on(out: &Path, disk: D) -> Result<Self> {
        let kind = kind_of(out)?;
        let base = match kind {
            Kind::Fresh => fresh_folder(out)?,
            Kind::Update => out.to_path_buf(),
        };
        let own = base.join(OWN);
        fs::create_dir_all(&own).with_context(|| format!("cannot write to {}", base.display()))?;
        let lock = lock(&own, out)?;
        if kind == Kind::Update {
            commit::roll_forward(&base, &disk)?;
        }
        remove_folder(&own.join("staged"))?;
        let owned = Manifest::read(&own)?;
        Ok(Self { out: out.to_path_buf(), base, kind, owned, state: Mutex::default(), disk, _lock: lock })
    }

    /// Puts the staged files into their places, and deletes what this build does not have.
    ///
    /// # Errors
    /// When a file could not be staged, somebody else's file stands in the way, or the disk refuses. Until the journal is
    /// written nothing was touched; after that the next run completes the commit.
    pub fn commit(self, outputs: &OutputSet) -> Result<Written> {
        let state = std::mem::take(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(fault) = state.fault {
            return Err(fault);
        }
        if !state.foreign.is_empty() {
            bail!(self.in_the_way(&state.foreign));
        }
        let manifest = Manifest::of(outputs);
        let written = Written { written: state.staged.len(), unchanged: state.unchanged, deleted: 0 };
        let own = self.base.join(OWN);
        match self.kind {
            Kind::Fresh => {
                manifest.write(&own.join(manifest::NAME), &self.disk)?;
                self.disk
                    .rename(&self.base, &self.out)
                    .with_context(|| format!("cannot rename {} to {}", self.base.display(), self.out.display()))?;
                Ok(written)
            }
            Kind::Update => {
                let staged: Vec<OutputPath> = state.staged.into_iter().collect();
                let deleted = commit::run(&self.base, &self.owned, &manifest, &staged, &self.disk)?;
                Ok(Written { deleted, ..written })
            }
        }
    }

    fn in_the_way(&self, foreign: &[String]) -> String {
        let (first, more) = (&foreign[0], foreign.len() - 1);
        let others = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!(
            "{} was not written by Pamphlet and stands where the site wants to write{others}; move it away, or choose \
             another folder with --out",
            self.out.join(first).display()
        )
    }

    /// Compares a file with what is there, and stages it if it differs.
    fn take(&self, file: &OutputFile) -> Result<Taken> {
        let target = match self.kind {
            Kind::Fresh => self.base.join(file.path.as_str()),
            Kind::Update => {
                let there = self.base.join(file.path.as_str());
                match self.compare(&there, file)? {
                    Some(taken) => return Ok(taken),
                    None => self.base.join(OWN).join("staged").join(file.path.as_str()),
                }
            }
        };
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        fs::write(&target, &file.bytes).with_context(|| format!("cannot write {}", target.display()))?;
        Ok(Taken::Staged)
    }

    /// What is to be done without staging; nothing when the file must be staged.
    fn compare(&self, there: &Path, file: &OutputFile) -> Result<Option<Taken>> {
        let is_owned = |path: &str| self.owned.has(path);
        match fs::symlink_metadata(there) {
            Ok(metadata) if metadata.is_file() => {
                let same = metadata.len() == file.bytes.len() as u64
                    && fs::read(there).with_context(|| format!("cannot read {}", there.display()))? == *file.bytes;
                if same {
                    return Ok(Some(Taken::Unchanged));
                }
                Ok((!is_owned(file.path.as_str())).then_some(Taken::InTheWay(file.path.to_string())))
            }
            Ok(metadata) if metadata.is_dir() => Ok(self.foreign_in(there, file.path.as_str())?.map(Taken::InTheWay)),
            Ok(_) => Ok(Some(Taken::InTheWay(file.path.to_string()))),
            // A file in the place of a folder gives one of these, by system.
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                let parents = file.path.as_str().match_indices('/').map(|(at, _)| &file.path.as_str()[..at]);
                let blocked = |path: &&str| self.base.join(path).is_file() && !is_owned(path);
                Ok(parents.into_iter().find(blocked).map(|path| Taken::InTheWay(path.to_owned())))
            }
            Err(error) => Err(error).with_context(|| format!("cannot look at {}", there.display())),
        }
    }

    /// A file in a folder that is not ours, where the site wants a file in the folder's place.
    fn foreign_in(&self, folder: &Path, path: &str) -> Result<Option<String>> {
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.with_context(|| format!("cannot look into {}", folder.display()))?;
            let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
            let name = format!("{path}/{inside}");
            if !entry.file_type().is_dir() && !self.owned.has(&name) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }
}

enum Taken {
    Staged,
    Unchanged,
    InTheWay(String),
}

impl<D: Disk> Sink for Stage<D> {
    fn put(&self, file: OutputFile) {
        let taken = self.take(&file);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match taken {
            Ok(Taken::Staged) => {
                state.staged.insert(file.path);
            }
            Ok(Taken::Unchanged) => state.unchanged += 1,
            Ok(Taken::InTheWay(path)) => {
                state.foreign.push(path);
                state.foreign.sort();
            }
            Err(fault) => drop(state.fault.get_or_insert(fault)),
        }
    }
}

impl<D: Disk> Drop for Stage<D> {
    fn drop(&mut self) {
        // What is left over harms nothing: the next run removes it before it begins.
        let _ = match self.kind {
            Kind::Fresh => remove_folder(&self.base),
            Kind::Update if self.base.join(OWN).join(commit::JOURNAL).exists() => Ok(()),
            Kind::Update => remove_folder(&self.base.join(OWN).join("staged")),
        };
    }
}

fn kind_of(out: &Path) -> Result<Kind> {
    match fs::metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Kind::Fresh),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", out.display())),
        Ok(metadata) if !metadata.is_dir() => {
            bail!("{} is a file, and the site wants to be a folder; choose another with --out", out.display())
        }
        Ok(_) if out.join(OWN).is_dir() => Ok(Kind::Update),
        Ok(_) => {
            let mut entries = fs::read_dir(out).with_context(|| format!("cannot look into {}", out.display()))?;
            if entries.next().is_some() {
                bail!("{} is not a folder that Pamphlet wrote; empty it, or choose another with --out", out.display());
            }
            Ok(Kind::Update)
        }
    }
}

/// The folder beside `out` in which a first build is made.
fn fresh_folder(out: &Path) -> Result<PathBuf> {
    let Some(name) = out.file_name() else {
        bail!("{} has no name of its own; choose another folder with --out", out.display())
    };
    let folder = out.with_file_name(format!(".{}.pamphlet-new", name.to_string_lossy()));
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
    }
    let own = folder.join(OWN);
    fs::create_dir_all(&own).with_context(|| format!("cannot write to {}", folder.display()))?;
    // Another build may be at work in it: the lock is asked for before anything is removed.
    drop(lock(&own, out)?);
    remove_folder(&folder)?;
    Ok(folder)
}

fn lock(own: &Path, out: &Path) -> Result<File> {
    let path = own.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot write to {}", own.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("another build is writing to {}; wait until it is done", out.display())
        }
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("cannot lock {}", path.display())),
    }
}

fn remove_folder(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
