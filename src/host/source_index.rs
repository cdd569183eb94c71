//! The index of sources: files that have not changed since they were last read, so that their
//! digests are known without reading them.
//!
//! A file is unchanged when its length, its inode and its times are the same: each write sets the
//! time of change, and no program can set that back. A file that was changed just before it was read
//! is not indexed, for it may be changed again within one tick of the clock (git calls such files
//! racy). Where the system has no such times, every file is read. Files that are no text are not kept
//! in memory, for a site may have more photos than memory.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use anyhow::bail;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::folder;
use crate::source::{Digest, FileBytes, ReadOnDemand, ReadProblem};

/// The names of the files beside the log.
const SOURCES: &str = "sources";
const PROGRAM: &str = "program";

/// So long a file must have been left alone: longer than a tick of any file system's clock.
const RACY_WINDOW: Duration = Duration::from_secs(2);

/// What is new is kept when it is this part of all.
const WORTH_KEEPING: usize = 256;

/// A file of so many bytes is held in memory only where it is a text.
const LARGE: usize = 8 * 1024;

/// What is held of the files that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Retention {
    /// Everything: nobody has to come back to the disk.
    Everything,
    /// Texts, and what is small. Whoever asks for another file reads it again.
    Texts,
}

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FileFingerprint {
    length: u64,
    device: u64,
    number: u64,
    modified: i128,
    changed: i128,
}

impl FileFingerprint {
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
    fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        let nanos =
            |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        Some(Self {
            length: metadata.len(),
            device: metadata.dev(),
            number: metadata.ino(),
            modified: nanos(metadata.mtime(), metadata.mtime_nsec()),
            changed: nanos(metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// Whether nothing has happened to the file for a while before a moment.
    fn is_outside_racy_window(&self, moment: SystemTime) -> bool {
        let quiet = moment
            .checked_sub(RACY_WINDOW)
            .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        quiet
            .and_then(|time| i128::try_from(time.as_nanos()).ok())
            .is_some_and(|quiet| self.changed < quiet)
    }
}

/// A file that was read, or need not be.
pub(super) struct LoadedFile {
    pub(super) bytes: FileBytes,
    face: Option<FileFingerprint>,
    is_new: bool,
}

/// The files of a site as they were last read.
#[derive(Debug)]
pub(super) struct SourceIndex {
    files: HashMap<String, (FileFingerprint, Digest), FixedState>,
    holding: Retention,
    now: SystemTime,
    changed_during_read: Arc<AtomicBool>,
}

impl SourceIndex {
    /// No file is known.
    pub(super) fn nothing() -> Self {
        let (files, changed_during_read) = (HashMap::default(), Arc::default());
        Self {
            files,
            holding: Retention::Everything,
            now: SystemTime::now(),
            changed_during_read,
        }
    }

    /// What the last run knew of a site's files.
    pub(super) fn open(site: &Path) -> Self {
        Self::read(site, SOURCES)
    }

    fn read(site: &Path, name: &str) -> Self {
        let parse = |bytes: Vec<u8>| {
            postcard::from_bytes::<Vec<(String, FileFingerprint, Digest)>>(Digest::unseal(&bytes)?)
                .ok()
        };
        let files = folder::read(site, name).and_then(parse).unwrap_or_default();
        let files = files
            .into_iter()
            .map(|(name, face, hash)| (name, (face, hash)))
            .collect();
        Self {
            files,
            holding: Retention::Texts,
            ..Self::nothing()
        }
    }

    /// Takes a file: one that is as it was is read when somebody asks for its bytes, any other is
    /// read at once.
    ///
    /// # Errors
    /// As the system says.
    pub(super) fn take(&self, name: &str, path: PathBuf) -> std::io::Result<LoadedFile> {
        let face = fs::symlink_metadata(&path)
            .ok()
            .as_ref()
            .and_then(FileFingerprint::of);
        if let (Some(face), Some((known, hash))) = (face, self.files.get(name))
            && face == *known
        {
            let length = usize::try_from(face.length).unwrap_or(usize::MAX);
            let later = LazyFile {
                path,
                hash: *hash,
                changed_during_read: self.changed_during_read.clone(),
            };
            let bytes = FileBytes::later(*hash, length, Box::new(later));
            return Ok(LoadedFile {
                bytes,
                face: Some(face),
                is_new: false,
            });
        }
        let bytes = self.hold(fs::read(&path)?, path);
        let is_whole = |face: &FileFingerprint| {
            face.is_outside_racy_window(self.now) && face.length == bytes.length() as u64
        };
        let face = face.filter(is_whole);
        Ok(LoadedFile {
            bytes,
            is_new: face.is_some(),
            face,
        })
    }

    /// Holds what was read at a path, or lets it go until somebody asks for it.
    fn hold(&self, bytes: Vec<u8>, path: PathBuf) -> FileBytes {
        let may_go = self.holding == Retention::Texts
            && bytes.len() >= LARGE
            && std::str::from_utf8(&bytes).is_err();
        if !may_go {
            return bytes.into();
        }
        let hash = Digest::of(&bytes);
        FileBytes::later(
            hash,
            bytes.len(),
            Box::new(LazyFile {
                path,
                hash,
                changed_during_read: self.changed_during_read.clone(),
            }),
        )
    }

    /// What is known after the files of a site were taken.
    pub(super) fn after(&self, taken: &[(String, Result<LoadedFile, ReadProblem>)]) -> Reading {
        let sound = || {
            taken
                .iter()
                .filter_map(|(name, taken)| Some((name, taken.as_ref().ok()?)))
        };
        let new = sound().filter(|(_, taken)| taken.is_new).count();
        let known = |(name, taken): (&String, &LoadedFile)| {
            Some((name.clone(), taken.face?, taken.bytes.hash()))
        };
        let is_worth_keeping = new > 0 && new * WORTH_KEEPING >= taken.len();
        let files = if is_worth_keeping {
            sound().filter_map(known).collect()
        } else {
            Vec::new()
        };
        Reading {
            files,
            changed_during_read: self.changed_during_read.clone(),
        }
    }
}

/// What reading a site leaves for the next run.
#[derive(Debug)]
pub struct Reading {
    /// What is worth keeping; nothing where little is new.
    files: Vec<(String, FileFingerprint, Digest)>,
    changed_during_read: Arc<AtomicBool>,
}

impl Reading {
    /// Makes sure that no file has changed under our hands.
    ///
    /// # Errors
    /// When one has.
    pub fn ensure_unchanged(&self) -> anyhow::Result<()> {
        if self.changed_during_read() {
            bail!(
                "nothing was written: a file was changed while the site was read; run the command again"
            );
        }
        Ok(())
    }

    /// Whether a file was changed between the moment in which it was taken for known and the one in
    /// which it was read: whatever was made of the site since then is worth nothing.
    fn changed_during_read(&self) -> bool {
        self.changed_during_read.load(Ordering::Relaxed)
    }

    /// Keeps what is known for the next run.
    ///
    /// # Errors
    /// As the system says.
    pub fn keep(&self, site: &Path) -> std::io::Result<()> {
        self.keep_as(site, SOURCES)
    }

    fn keep_as(&self, site: &Path, name: &str) -> std::io::Result<()> {
        if self.files.is_empty() {
            return Ok(());
        }
        let Ok(rest) = postcard::to_allocvec(&self.files) else {
            return Ok(());
        };
        folder::write(site, name, &[&Digest::seal(&rest)])
    }
}

/// The hash of a program that works on a site; where the site has a cache, it need not be read
/// again.
///
/// # Errors
/// As the system says.
pub(super) fn program(site: &Path, path: PathBuf) -> std::io::Result<Digest> {
    let known = SourceIndex::read(site, PROGRAM);
    let face = fs::metadata(&path)
        .ok()
        .as_ref()
        .and_then(FileFingerprint::of);
    if let (Some(face), Some((last, hash))) = (face, known.files.get(PROGRAM))
        && face == *last
    {
        return Ok(*hash);
    }
    let hash = Digest::of(&fs::read(path)?);
    if let Some(face) =
        face.filter(|face| face.is_outside_racy_window(known.now) && folder::is_there(site))
    {
        let reading = Reading {
            files: vec![(PROGRAM.to_owned(), face, hash)],
            changed_during_read: known.changed_during_read,
        };
        // What cannot be kept is read again the next time.
        let _ = reading.keep_as(site, PROGRAM);
    }
    Ok(hash)
}

/// A file that is as it was when it was last read, now or by another run.
#[derive(Debug)]
struct LazyFile {
    path: PathBuf,
    hash: Digest,
    changed_during_read: Arc<AtomicBool>,
}

impl ReadOnDemand for LazyFile {
    fn read(&self) -> Vec<u8> {
        let bytes = fs::read(&self.path).unwrap_or_default();
        if Digest::of(&bytes) != self.hash {
            self.changed_during_read.store(true, Ordering::Relaxed);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment at which every file has been left alone.
    fn later() -> SystemTime {
        SystemTime::now() + RACY_WINDOW + RACY_WINDOW
    }

    /// What is known of a site with one file, after it was read.
    fn known(folder: &Path) -> SourceIndex {
        let first = SourceIndex {
            now: later(),
            ..SourceIndex::nothing()
        };
        let taken = first.take("a", folder.join("a")).expect("a file");
        first
            .after(&[("a".to_owned(), Ok(taken))])
            .keep(folder)
            .expect("kept");
        SourceIndex::open(folder)
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_as_it_was_is_read_when_it_is_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a");
        fs::write(&file, "one").expect("a file");
        let known = known(folder.path());
        let taken = known.take("a", file.clone()).expect("a file");
        assert_eq!(
            (taken.is_new, taken.bytes.length(), taken.bytes.hash()),
            (false, 3, Digest::of(b"one"))
        );
        assert_eq!(taken.bytes.text().map(|text| &**text), Some("one"));
        let reading = known.after(&[("a".to_owned(), Ok(taken))]);
        assert!(reading.files.is_empty() && reading.ensure_unchanged().is_ok());
        fs::write(&file, "two").expect("a file");
        assert_eq!(
            known.take("a", file).expect("a file").bytes.hash(),
            Digest::of(b"two")
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_changes_under_our_hands_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a");
        fs::write(&file, "one").expect("a file");
        let known = known(folder.path());
        let taken = known.take("a", file.clone()).expect("a file");
        fs::write(&file, "two").expect("a file");
        let reading = known.after(&[]);
        assert!(
            reading.ensure_unchanged().is_ok(),
            "nobody has asked for its bytes"
        );
        assert_eq!(taken.bytes.bytes(), b"two");
        assert!(reading.ensure_unchanged().is_err());
    }

    #[test]
    fn a_photo_is_let_go_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let check = |known: &SourceIndex, bytes: &[u8], other: &[u8], is_held: bool| {
            let file = folder.path().join("a");
            fs::write(&file, bytes).expect("a file");
            let taken = known.take("a", file.clone()).expect("a file");
            assert_eq!(
                (taken.bytes.hash(), taken.bytes.length()),
                (Digest::of(bytes), bytes.len())
            );
            assert_eq!(
                (&*taken.bytes.share(), taken.bytes.look(<[u8]>::to_vec)),
                (bytes, bytes.to_vec())
            );
            let reading = known.after(&[]);
            assert!(reading.ensure_unchanged().is_ok());
            fs::write(&file, other).expect("a file");
            assert_eq!(*taken.bytes.share() == *bytes, is_held);
            assert_eq!(reading.ensure_unchanged().is_ok(), is_held);
        };
        let photo = [0x89; LARGE];
        check(&SourceIndex::open(folder.path()), &photo, b"other", false);
        check(
            &SourceIndex::open(folder.path()),
            &[b'a'; LARGE],
            b"other",
            true,
        );
        check(
            &SourceIndex::open(folder.path()),
            &photo[1..],
            b"other",
            true,
        );
        check(&SourceIndex::nothing(), &photo, b"other", true);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_is_known_by_its_bytes_today() {
        let folder = tempfile::tempdir().expect("a folder");
        let (site, file) = (folder.path().join("site"), folder.path().join("program"));
        let check = |bytes: &str| {
            fs::write(&file, bytes).expect("a file");
            assert_eq!(
                program(&site, file.clone()).expect("a hash"),
                Digest::of(bytes.as_bytes()),
                "{bytes}"
            );
        };
        check("one");
        assert!(
            !site.exists(),
            "a site without a cache gets none by being looked at"
        );
        folder::write(&site, "any", &[]).expect("a cache");
        check("two");
        check("three");
    }

    #[test]
    fn a_file_that_was_just_written_is_not_known() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a"), "one").expect("a file");
        let taken = SourceIndex::nothing()
            .take("a", folder.path().join("a"))
            .expect("a file");
        assert!(taken.face.is_none() && !taken.is_new);
    }
}
