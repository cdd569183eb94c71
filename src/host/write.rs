//! Writing a finished site to a folder, so that at every moment each file there is whole.
//!
//! A **stage** takes the files of a build. What the folder has already, byte for byte, is skipped;
//! the rest is staged on the same file system. A **commit** then renames the staged files into
//! place, by a journal that the next run completes if this one is killed. A stage that is dropped
//! without a commit leaves the site as it was. The **manifest** says which files are ours: only
//! those are ever deleted, and a file of somebody else's is never replaced.
//!
//! Everything of ours that is no part of the site stands in `.pamphlet/` inside of the folder. A
//! folder that is not there yet is made beside its place and appears by one rename.

mod claim;
mod commit;
mod compare;
mod disk;
mod journal;
mod manifest;
mod overlap;
mod staging;
mod stamps;

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;

use anyhow::{Context, Error, Result, bail};

pub use disk::{Disk, RealDisk};
pub use overlap::refuse_overlap;

use crate::output::{OutputFile, OutputPath, OutputRecord, OutputSet, Sink};
use claim::{Claim, Kind};
use compare::StagedFile;
use manifest::Manifest;
use stamps::Stamp;

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
    owned: Manifest,
    state: Mutex<State>,
    disk: D,
    /// Held for as long as the stage lives.
    claim: Claim,
}

type Stamps = HashMap<OutputPath, Stamp, FixedState>;

#[derive(Debug, Default)]
struct State {
    /// Every file that came or was kept, and when it was last changed.
    stamps: Stamps,
    /// Those of them that are to be put into their places.
    staged: BTreeSet<OutputPath>,
    /// What is not ours and stands in the way.
    in_the_way: BTreeSet<String>,
    fault: Option<Error>,
}

impl State {
    /// Notes that a file stays as it is, whatever was put in its place before.
    fn leave(&mut self, path: OutputPath, stamp: Stamp) {
        self.staged.remove(&path);
        self.stamps.insert(path, stamp);
    }
}

impl Stage {
    /// Prepares to write to a folder; completes the commit of a run that was killed.
    ///
    /// # Errors
    /// When the folder is a file, holds what is not ours, is in use by another build, or cannot be
    /// written to.
    pub fn open(out: &Path) -> Result<Self> {
        Self::open_on(out, RealDisk)
    }

    /// Like [`Stage::open`], and reads every file of the folder again, whatever it looks like.
    ///
    /// # Errors
    /// As [`Stage::open`].
    pub fn open_verifying(out: &Path) -> Result<Self> {
        let mut stage = Self::open(out)?;
        stage.owned.forget_stamps();
        Ok(stage)
    }
}

impl<D: Disk> Stage<D> {
    /// Like [`Stage::open`], on another disk.
    ///
    /// # Errors
    /// As [`Stage::open`].
    pub fn open_on(out: &Path, disk: D) -> Result<Self> {
        let claim = Claim::new(out)?;
        match claim.kind {
            Kind::Fresh => {
                remove_tree(&claim.base, &disk)?;
                let made = disk.make_folder(&claim.own());
                made.with_context(|| format!("cannot make the folder {}", claim.base.display()))?;
            }
            Kind::Update => commit::roll_forward(&claim.base, &disk)?,
        }
        let owned = Manifest::read(&claim.own())?;
        Ok(Self {
            owned,
            state: Mutex::default(),
            disk,
            claim,
        })
    }

    /// Puts the staged files into their places, and deletes what this build does not have.
    ///
    /// # Errors
    /// When a file could not be staged or was never put, somebody else's file stands in the way, or
    /// the disk refuses. Until the journal is written nothing was touched; after that the next run
    /// completes the commit.
    pub fn commit(self, outputs: &OutputSet) -> Result<Written> {
        let State {
            stamps,
            staged,
            in_the_way,
            fault,
        } = std::mem::take(&mut *self.state());
        if let Some(fault) = fault {
            return Err(fault);
        }
        if let Some(first) = in_the_way.first() {
            bail!(self.refusal(first, in_the_way.len() - 1));
        }
        if let Some((path, _)) = outputs.iter().find(|(path, _)| !stamps.contains_key(path)) {
            bail!("nothing was changed: {path} belongs to the site, and its bytes never came");
        }
        if let Some(path) = staged.iter().find(|path| outputs.get(path).is_none()) {
            bail!("nothing was changed: {path} came, and does not belong to the site");
        }
        let unchanged = outputs.len() - staged.len();
        if self.claim.kind == Kind::Update
            && staged.is_empty()
            && self.is_as_remembered(outputs, &stamps)
        {
            return Ok(Written {
                unchanged,
                ..Written::default()
            });
        }
        let wanted = Manifest::of(outputs);
        let deleted = match self.claim.kind {
            Kind::Fresh => self.appear(&wanted).map(|()| 0)?,
            Kind::Update => {
                commit::run(&self.claim.base, &self.owned, &wanted, &staged, &self.disk)?
            }
        };
        let stamp = |path| stamps.get(path).copied().unwrap_or_default();
        let stamps = outputs.iter().map(|(path, _)| stamp(path));
        stamps::write(
            &self.claim.out.join(OWN),
            &wanted.text(),
            stamps,
            &self.disk,
        );
        Ok(Written {
            written: staged.len(),
            unchanged,
            deleted,
        })
    }

    /// The first build: the whole folder comes by one rename.
    fn appear(&self, wanted: &Manifest) -> Result<()> {
        let Claim { base, out, .. } = &self.claim;
        commit::write(
            &self.claim.own().join(manifest::NAME),
            &wanted.text(),
            &self.disk,
        )?;
        let renamed = self.disk.rename(base, out);
        renamed.with_context(|| format!("cannot rename {} to {}", base.display(), out.display()))
    }

    /// Whether the manifest and the stamps of the last build are those of this one.
    fn is_as_remembered(&self, outputs: &OutputSet, stamps: &Stamps) -> bool {
        let known = |path, record| self.owned.stamp(path, record).unwrap_or_default();
        let is_known = |(path, record)| {
            stamps
                .get(path)
                .is_some_and(|stamp: &Stamp| stamp.is(known(path, record)))
        };
        self.owned.is_of(outputs) && outputs.iter().all(is_known)
    }

    fn refusal(&self, first: &str, more: usize) -> String {
        let others = if more > 0 {
            format!(" (and {more} more)")
        } else {
            String::new()
        };
        format!(
            "{} was not written by Pamphlet, or was changed since, and stands where the site wants to write{others}; \
             nothing was changed: move it away, or choose another folder with --out",
            self.claim.out.join(first).display()
        )
    }

    /// A thread that panicked in between leaves nothing half done here.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<D: Disk> Sink for Stage<D> {
    fn put(&self, file: OutputFile) {
        let taken = self.take(&file);
        let mut state = self.state();
        match taken {
            Ok(StagedFile::Staged(stamp)) => {
                state.stamps.insert(file.path.clone(), stamp);
                state.staged.insert(file.path);
            }
            Ok(StagedFile::Unchanged(stamp)) => state.leave(file.path, stamp),
            Ok(StagedFile::InTheWay(path)) => drop(state.in_the_way.insert(path)),
            Err(fault) => drop(state.fault.get_or_insert(fault)),
        }
    }

    fn keep(&self, path: &OutputPath, record: &OutputRecord) -> bool {
        let Some(stamp) = self.as_left(path, record) else {
            return false;
        };
        self.state().leave(path.clone(), stamp);
        true
    }
}

impl<D: Disk> Drop for Stage<D> {
    fn drop(&mut self) {
        // What is left over harms nothing: the next run removes it before it begins.
        let _ = match self.claim.kind {
            Kind::Fresh => remove_tree(&self.claim.base, &self.disk),
            Kind::Update => commit::discard(&self.claim.base, &self.disk),
        };
    }
}

fn remove_tree(folder: &Path, disk: &impl Disk) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    match disk.remove_tree(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
