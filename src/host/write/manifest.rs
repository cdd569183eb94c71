//! The manifest: which files of an output folder are ours, with the hash of what we wrote.
//!
//! A text, sorted by path, the same for the same site: a first line with the version, then `<hash>
//! <length> <path>`.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use anyhow::{Context, Result, bail};
use unicode_normalization::UnicodeNormalization;

use super::stamps::{self, Stamp};
use crate::output::{OutputPath, OutputRecord, OutputSet};
use crate::source::Digest;

/// The manifest's name in the folder of our own files.
pub(super) const NAME: &str = "manifest";

const VERSION: &str = "pamphlet-manifest 2";

/// The files of a build.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifest {
    files: BTreeMap<String, Entry>,
    /// Whatever the spelling of a path, one of its spellings; made when it is asked for.
    folded: OnceLock<HashMap<String, String>>,
}

/// What is known of one file.
#[derive(Clone, Copy, Debug)]
struct Entry {
    record: OutputRecord,
    /// When it was last known to be as we wrote it; no part of the manifest itself.
    stamp: Stamp,
}

impl Manifest {
    /// The manifest of a build.
    pub(super) fn of(outputs: &OutputSet) -> Self {
        let entry = |record: &OutputRecord| Entry {
            record: *record,
            stamp: Stamp::default(),
        };
        Self::from_files(
            outputs
                .iter()
                .map(|(path, record)| (path.to_string(), entry(record)))
                .collect(),
        )
    }

    fn from_files(files: BTreeMap<String, Entry>) -> Self {
        Self {
            files,
            folded: OnceLock::new(),
        }
    }

    /// The manifest of the last build, with the stamps of its files; an empty one if there was
    /// none.
    pub(super) fn read(own: &Path) -> Result<Self> {
        let path = own.join(NAME);
        let text = match fs::read(&path) {
            Ok(bytes) => String::from_utf8(bytes).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", path.display()));
            }
        };
        match Self::parse(&text) {
            Some(mut manifest) => {
                for (entry, stamp) in manifest.files.values_mut().zip(stamps::read(own, &text)) {
                    entry.stamp = stamp;
                }
                Ok(manifest)
            }
            None => bail!(
                "{} is not a manifest that this version reads, so nothing is touched; remove the whole output folder, or \
                 choose another with --out",
                path.display()
            ),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(VERSION) {
            return None;
        }
        let entry = |line: &str| {
            let (hash, rest) = line.split_once(' ')?;
            let (length, path) = rest.split_once(' ')?;
            let record = OutputRecord {
                hash: Digest::from_hex(hash)?,
                length: length.parse().ok()?,
            };
            Some((
                OutputPath::is_sound(path).then(|| path.to_owned())?,
                Entry {
                    record,
                    stamp: Stamp::default(),
                },
            ))
        };
        lines
            .map(entry)
            .collect::<Option<_>>()
            .map(Self::from_files)
    }

    /// The manifest as it is written.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{VERSION}\n");
        for (path, Entry { record, .. }) in &self.files {
            // A text takes whatever is written to it.
            let _ = writeln!(text, "{} {} {path}", record.hash, record.length);
        }
        text
    }

    /// Whether a file is ours.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The hash of a file as we wrote it.
    pub(super) fn hash(&self, path: &str) -> Option<Digest> {
        self.files.get(path).map(|entry| entry.record.hash)
    }

    /// When a file with the bytes of a record was last known to be as we wrote it; nothing where we
    /// wrote no such file.
    pub(super) fn stamp(&self, path: &OutputPath, record: &OutputRecord) -> Option<Stamp> {
        self.files
            .get(path.as_str())
            .filter(|entry| entry.record == *record)
            .map(|entry| entry.stamp)
    }

    /// Forgets when files were last known to be as we wrote them.
    pub(super) fn forget_stamps(&mut self) {
        self.files
            .values_mut()
            .for_each(|entry| entry.stamp = Stamp::default());
    }

    /// Whether it is the manifest of a build.
    pub(super) fn is_of(&self, outputs: &OutputSet) -> bool {
        let ours = self
            .files
            .iter()
            .map(|(path, entry)| (path.as_str(), entry.record));
        ours.eq(outputs
            .iter()
            .map(|(path, record)| (path.as_str(), *record)))
    }

    /// A path of ours that some disks take for this one: the same but for case or Unicode
    /// normalization.
    pub(super) fn spelled_like(&self, path: &str) -> Option<&str> {
        let fold = |path: &str| {
            path.nfd()
                .flat_map(char::to_lowercase)
                .nfc()
                .collect::<String>()
        };
        let folded = self.folded.get_or_init(|| {
            self.files
                .keys()
                .map(|path| (fold(path), path.clone()))
                .collect()
        });
        folded.get(&fold(path)).map(String::as_str)
    }

    /// The paths that another manifest does not have, with their hashes; sorted.
    pub(super) fn without<'m>(
        &'m self,
        other: &'m Self,
    ) -> impl Iterator<Item = (&'m str, Digest)> {
        let mut theirs = other.files.keys().peekable();
        let is_ours_alone = move |(path, _): &(&String, &Entry)| {
            while theirs.next_if(|other| other < path).is_some() {}
            theirs.peek() != Some(path)
        };
        self.files
            .iter()
            .filter(is_ours_alone)
            .map(|(path, entry)| (path.as_str(), entry.record.hash))
    }
}

impl PartialEq for Manifest {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.files.iter(), other.files.iter());
        ours.map(|(path, entry)| (path, entry.record))
            .eq(theirs.map(|(path, entry)| (path, entry.record)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(path: &str) -> Manifest {
        let entry = Entry {
            record: OutputRecord {
                hash: Digest::of(b"x"),
                length: 1,
            },
            stamp: Stamp::default(),
        };
        Manifest::from_files(BTreeMap::from([(path.to_owned(), entry)]))
    }

    #[test]
    fn a_manifest_reads_what_it_wrote_and_nothing_else() {
        let manifest = manifest("a b/index.html");
        assert_eq!(Manifest::parse(&manifest.text()).as_ref(), Some(&manifest));
        assert_eq!(Manifest::parse(""), None);
        assert_eq!(Manifest::parse("pamphlet-manifest 3\n"), None);
        assert_eq!(Manifest::parse(&manifest.text().replace("a b", "..")), None);
    }

    #[test]
    fn what_another_does_not_have_is_found() {
        let of = |paths: &[&str]| {
            let files = paths.iter().flat_map(|path| manifest(path).files);
            Manifest::from_files(files.collect())
        };
        let check = |ours: &[&str], theirs: &[&str], expected: &[&str]| {
            let (ours, theirs) = (of(ours), of(theirs));
            assert_eq!(
                ours.without(&theirs)
                    .map(|(path, _)| path)
                    .collect::<Vec<_>>(),
                expected
            );
        };
        check(&["a", "b", "d"], &["b", "c", "e"], &["a", "d"]);
        check(&["b"], &["a", "b"], &[]);
        check(&["b", "c"], &["a"], &["b", "c"]);
        check(&[], &["a"], &[]);
        check(&["a"], &[], &["a"]);
    }

    #[test]
    fn spellings_are_alike_by_case_and_normalization() {
        assert_eq!(
            manifest("Caf\u{e9}/A").spelled_like("cafe\u{301}/a"),
            Some("Caf\u{e9}/A")
        );
        assert_eq!(manifest("a").spelled_like("b"), None);
    }
}
