//! Comparing one file of a build with what stands in the output folder, and staging it if it
//! differs.
//!
//! A file is **ours** if the manifest has it, and **as written** if it still has the bytes that the
//! manifest tells of. A file that is not ours is never replaced, unless it has the very bytes that
//! the site wants there.

use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result, bail};

use super::claim::Kind;
use super::disk::parents;
use super::staging::{self, Staging};
use super::stamps::Stamp;
use super::{Disk, OWN, Stage};
use crate::output::{OutputFile, OutputPath, OutputRecord};
use crate::source::Digest;

/// What became of a file.
pub(super) enum StagedFile {
    /// It is to be put into its place.
    Staged(Stamp),
    /// It is there already, byte for byte.
    Unchanged(Stamp),
    /// What is not ours stands in its way: this.
    InTheWay(String),
}

/// What stands in a place.
enum Found {
    Nothing,
    File {
        is_same: bool,
        stamp: Stamp,
    },
    Folder,
    /// A link, or something stranger.
    Other,
}

impl<D: Disk> Stage<D> {
    /// Compares a file with what is there, and stages it if it differs.
    pub(super) fn take(&self, file: &OutputFile) -> Result<StagedFile> {
        let path = file.path.as_str();
        let first = path.split('/').next().expect("a split has a part");
        if first.eq_ignore_ascii_case(OWN) {
            bail!(
                "the site wants to write {path}, and Pamphlet keeps the name {OWN} for itself; choose another"
            );
        }
        if self.claim.kind == Kind::Fresh {
            let target = self.claim.base.join(path);
            return staging::write_with_folder(&target, &file.bytes, &self.disk)
                .map(StagedFile::Staged);
        }
        let in_the_way = match look(&self.claim.base.join(path), &file.bytes)? {
            Found::File {
                is_same: true,
                stamp,
            } if self.owned.has(path) => return Ok(StagedFile::Unchanged(stamp)),
            Found::File { .. } if self.owned.has(path) => None,
            Found::File { is_same, .. } => return self.take_unknown(file, is_same),
            Found::Nothing => self.blocking_parent(path),
            Found::Folder => self.blocking_content(path)?,
            Found::Other => Some(path.to_owned()),
        };
        match in_the_way {
            Some(path) => Ok(StagedFile::InTheWay(path)),
            None => self.stage(file),
        }
    }

    /// Takes a file in whose place stands one that the manifest does not have under this spelling.
    /// It is staged even if the bytes are the same: so it becomes ours, and the commit sees which
    /// older spelling goes.
    fn take_unknown(&self, file: &OutputFile, is_same: bool) -> Result<StagedFile> {
        let path = file.path.as_str();
        let staging = Staging::of(&self.claim.base);
        staging.mark(path, &self.disk)?;
        let is_respelled = || {
            self.owned
                .spelled_like(path)
                .is_some_and(|old| staging.marked(old).is_some())
        };
        if is_same || is_respelled() {
            self.stage(file)
        } else {
            Ok(StagedFile::InTheWay(path.to_owned()))
        }
    }

    /// Stages a file, unless its path leads through a link: then it would be written where the link
    /// leads.
    fn stage(&self, file: &OutputFile) -> Result<StagedFile> {
        let path = file.path.as_str();
        if let Some(link) = parents(path).find(|parent| self.claim.base.join(parent).is_symlink()) {
            return Ok(StagedFile::InTheWay(link.to_owned()));
        }
        let target = Staging::of(&self.claim.base).file(path);
        // A file keeps its stamp when it is renamed into its place.
        staging::write(&target, &file.bytes, &self.disk).map(StagedFile::Staged)
    }

    /// A file that is not ours, or was edited, where the path needs a folder.
    fn blocking_parent(&self, path: &str) -> Option<String> {
        let is_file = |parent: &&str| {
            let metadata = fs::symlink_metadata(self.claim.base.join(parent));
            metadata.is_ok_and(|metadata| !metadata.is_dir())
        };
        parents(path)
            .find(is_file)
            .filter(|file| !self.is_as_written(file))
            .map(str::to_owned)
    }

    /// A file that is not ours, or was edited, in a folder where the site wants a file.
    fn blocking_content(&self, path: &str) -> Result<Option<String>> {
        let folder = self.claim.base.join(path);
        for entry in walkdir::WalkDir::new(&folder).sort_by_file_name() {
            let entry = entry.with_context(|| format!("cannot look into {}", folder.display()))?;
            let inside = entry
                .path()
                .strip_prefix(&folder)
                .unwrap_or(entry.path())
                .to_string_lossy();
            let name = format!("{path}/{}", inside.replace('\\', "/"));
            if !entry.file_type().is_dir() && !self.is_as_written(&name) {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// Whether a file with the bytes of a record is ours and stands as we left it; then its stamp.
    /// A file is read only where its stamp does not say.
    pub(super) fn as_left(&self, path: &OutputPath, record: &OutputRecord) -> Option<Stamp> {
        if self.claim.kind == Kind::Fresh {
            return None;
        }
        let known = self.owned.stamp(path, record)?;
        let file = self.claim.base.join(path.as_str());
        let metadata = fs::symlink_metadata(&file).ok()?;
        if !metadata.is_file() || metadata.len() != record.length {
            return None;
        }
        let stamp = Stamp::of(&metadata);
        let is_untouched = stamp.is(known);
        (is_untouched || is_as_written(&file, Some(record.hash)).unwrap_or(false)).then_some(stamp)
    }

    fn is_as_written(&self, path: &str) -> bool {
        // A file that cannot be read counts as somebody else's.
        is_as_written(&self.claim.base.join(path), self.owned.hash(path)).unwrap_or(false)
    }
}

/// Whether a file, no link, has the bytes of this hash.
pub(super) fn is_as_written(file: &Path, hash: Option<Digest>) -> io::Result<bool> {
    let is_file = fs::symlink_metadata(file).is_ok_and(|metadata| metadata.is_file());
    Ok(is_file && Some(Digest::of(&fs::read(file)?)) == hash)
}

fn look(there: &Path, bytes: &[u8]) -> Result<Found> {
    match fs::symlink_metadata(there) {
        Ok(metadata) if metadata.is_file() => {
            let read =
                || fs::read(there).with_context(|| format!("cannot read {}", there.display()));
            let is_same = metadata.len() == bytes.len() as u64 && read()? == *bytes;
            Ok(Found::File {
                is_same,
                stamp: Stamp::of(&metadata),
            })
        }
        Ok(metadata) if metadata.is_dir() => Ok(Found::Folder),
        Ok(_) => Ok(Found::Other),
        // A file in the place of a folder gives one of these, by system.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(Found::Nothing)
        }
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", there.display())),
    }
}
