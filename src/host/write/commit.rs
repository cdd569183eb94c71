//! The commit: from staged files to the site, by a journal of renames and deletions.
//!
//! The journal is written whole and synced before the first rename. Every step in it can be done
//! again without harm, so a run that finds a journal does all its steps from the beginning and is
//! then where the killed run wanted to be. Assets come first, for the new pages need them; then
//! pages; deletions last, for the old pages needed them. Only a file that stands where a folder
//! must be (or the reverse), or whose name changes by case alone, is deleted before.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io, thread};

use anyhow::{Context, Result, bail};

use super::compare::is_as_written;
use super::disk::parents;
use super::journal::{self, JOURNAL, Step};
use super::manifest::{self, Manifest};
use super::staging::Staging;
use super::{Disk, OWN};
use crate::output::OutputPath;
use crate::source::Digest;

const NEW_JOURNAL: &str = "journal-new";
const NEW_MANIFEST: &str = "manifest-new";

/// How many files are synced at once: a disk gathers what is asked of it together, and one after
/// the other takes longest.
const SYNCS: usize = 16;

/// Commits staged files; gives the number of files deleted.
pub(super) fn run(
    base: &Path,
    owned: &Manifest,
    wanted: &Manifest,
    staged: &BTreeSet<OutputPath>,
    disk: &impl Disk,
) -> Result<usize> {
    let removals = removals(base, owned, wanted).context("nothing was changed")?;
    let deleted = removals
        .iter()
        .filter(|step| matches!(step, Step::Delete(..)))
        .count();
    if staged.is_empty() && removals.is_empty() && owned == wanted {
        return Ok(0);
    }
    let steps = journal::plan(staged, removals);
    prepare(base, wanted, staged, &steps, disk).context("nothing was changed")?;
    perform(base, &steps, disk)
        .context("every file is whole, and the next build completes what this one began")?;
    Ok(deleted)
}

/// Completes the commit of a run that was killed, if there is one, and clears away what one that
/// failed left.
pub(super) fn roll_forward(base: &Path, disk: &impl Disk) -> Result<()> {
    let own = base.join(OWN);
    let journal = own.join(JOURNAL);
    match fs::read(&journal) {
        Ok(bytes) => match journal::parse(&String::from_utf8_lossy(&bytes)) {
            Some(steps) => perform(base, &steps, disk).with_context(|| {
                format!(
                    "cannot complete the build that was stopped in {}",
                    base.display()
                )
            }),
            None => bail!(
                "{} is not a journal that this version reads, so nothing is touched; remove the whole output folder, or \
                 choose another with --out",
                journal.display()
            ),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => discard(base, disk),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", journal.display())),
    }
}

/// Removes what was staged, unless a journal needs it.
pub(super) fn discard(base: &Path, disk: &impl Disk) -> Result<()> {
    let own = base.join(OWN);
    if own.join(JOURNAL).exists() {
        return Ok(());
    }
    for file in [NEW_JOURNAL, NEW_MANIFEST]
        .map(|name| own.join(name))
        .iter()
        .filter(|file| file.exists())
    {
        disk.remove_file(file)
            .with_context(|| format!("cannot remove {}", file.display()))?;
    }
    Staging::of(base).remove(disk)
}

/// The removal of our files that the new build does not have. One that somebody changed since is no
/// longer what we wrote, so it stays, and is theirs from then on; so does one behind a link that
/// somebody put in the place of a folder.
fn removals(base: &Path, owned: &Manifest, wanted: &Manifest) -> Result<Vec<Step>> {
    let staging = Staging::of(base);
    let mut found = Vec::new();
    for (path, hash) in owned.without(wanted) {
        let file = base.join(path);
        if let Some(new) = staging.marked(path).filter(|new| wanted.has(new)) {
            // Only wanted paths are marked, and this one is not: the disk takes it for the other.
            found.push(Step::Respell {
                old: path.to_owned(),
                new,
            });
        } else if !parents(path).any(|parent| base.join(parent).is_symlink())
            && is_as_written(&file, Some(hash))
                .with_context(|| format!("cannot read {}", file.display()))?
        {
            found.push(Step::Delete(hash, path.to_owned()));
        }
    }
    Ok(found)
}

/// Writes the new manifest and the journal. The staged files are synced first: the journal promises
/// that they are there, even after a power failure. (What a first build writes is not: there is
/// nothing to lose, and after a power failure the next build compares every file and writes what
/// differs.)
fn prepare(
    base: &Path,
    wanted: &Manifest,
    staged: &BTreeSet<OutputPath>,
    steps: &[Step],
    disk: &impl Disk,
) -> Result<()> {
    sync_all(&Staging::of(base), staged, disk)?;
    let own = base.join(OWN);
    write(&own.join(NEW_MANIFEST), &wanted.text(), disk)?;
    let unfinished = own.join(NEW_JOURNAL);
    write(&unfinished, &journal::text(steps), disk)?;
    let journal = own.join(JOURNAL);
    disk.rename(&unfinished, &journal)
        .with_context(|| format!("cannot write {}", journal.display()))
}

fn sync_all(staging: &Staging, staged: &BTreeSet<OutputPath>, disk: &impl Disk) -> Result<()> {
    let files: Vec<_> = staged
        .iter()
        .map(|path| staging.file(path.as_str()))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || -> Result<()> {
        while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            disk.sync(file)
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..SYNCS.min(files.len()))
            .map(|_| scope.spawn(work))
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| match worker.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            })
    })
}

/// Writes a file of our own, and waits until it is on the disk.
pub(super) fn write(path: &Path, text: &str, disk: &impl Disk) -> Result<()> {
    let written = disk
        .write(path, text.as_bytes())
        .and_then(|_| disk.sync(path));
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn perform(base: &Path, steps: &[Step], disk: &impl Disk) -> Result<()> {
    let (own, staging) = (base.join(OWN), Staging::of(base));
    // The journal's name must be on the disk before the first step.
    disk.sync(&own)
        .with_context(|| format!("cannot write to {}", own.display()))?;
    for step in steps {
        match step {
            Step::Respell { old, new } if staging.has(new) => delete(base, old, disk)?,
            // The new spelling stands in its place already.
            Step::Respell { .. } => {}
            Step::Delete(hash, path) => delete_as_written(base, path, *hash, disk)?,
            Step::Place(path) => place(base, path, disk)?,
        }
    }
    let (new, current) = (own.join(NEW_MANIFEST), own.join(manifest::NAME));
    if new.exists() {
        disk.rename(&new, &current)
            .with_context(|| format!("cannot write {}", current.display()))?;
    }
    let journal = own.join(JOURNAL);
    disk.remove_file(&journal)
        .with_context(|| format!("cannot remove {}", journal.display()))?;
    staging.remove(disk)
}

fn place(base: &Path, path: &str, disk: &impl Disk) -> Result<()> {
    let (from, to) = (Staging::of(base).file(path), base.join(path));
    if !from.is_file() {
        // A run that was killed has placed it already.
        return Ok(());
    }
    if let Some(parent) = to.parent().filter(|parent| !parent.is_dir()) {
        disk.make_folder(parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))?;
    }
    if to.is_dir() && !to.is_symlink() {
        remove_empty_folders(&to, disk)
            .with_context(|| format!("cannot remove the folder {}", to.display()))?;
    }
    disk.rename(&from, &to)
        .with_context(|| format!("cannot write {}", to.display()))
}

/// Deletes a file, unless somebody put another into its place after the run that planned it was
/// killed.
fn delete_as_written(base: &Path, path: &str, hash: Digest, disk: &impl Disk) -> Result<()> {
    let file = base.join(path);
    if is_as_written(&file, Some(hash))
        .with_context(|| format!("cannot read {}", file.display()))?
    {
        return delete(base, path, disk);
    }
    remove_empty_parents(base, path, disk);
    Ok(())
}

fn delete(base: &Path, path: &str, disk: &impl Disk) -> Result<()> {
    let file = base.join(path);
    match disk.remove_file(&file) {
        Err(error)
            if !matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Err(error).with_context(|| format!("cannot delete {}", file.display()));
        }
        _ => {}
    }
    remove_empty_parents(base, path, disk);
    Ok(())
}

/// Removes the folders that a deleted file leaves empty. One that stays, because it is somebody's
/// working folder, is no fault of the site.
fn remove_empty_parents(base: &Path, path: &str, disk: &impl Disk) {
    let folders = parents(path)
        .map(|folder| base.join(folder))
        .collect::<Vec<_>>();
    for folder in folders
        .iter()
        .rev()
        .filter(|folder| folder.is_dir() && !folder.is_symlink())
    {
        if disk.remove_folder(folder).is_err() {
            break;
        }
    }
}

/// Removes a folder that holds nothing but folders.
fn remove_empty_folders(folder: &Path, disk: &impl Disk) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        disk.remove_folder(entry?.path())?;
    }
    Ok(())
}
