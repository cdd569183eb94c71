//! What a build produces: output paths, finished files, and the set of all of them.
//!
//! A **sink** is where finished files go: the host stages them on disk, `serve` and the tests keep
//! them in memory. The **output set** is what remains of a build afterwards: every path with its
//! hash and length, sorted. Two files that want the same path are recorded as a [`Clash`], never a
//! panic. Nothing here touches a disk.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::source::{Digest, SourcePath};

/// A path within the output folder: relative, separated by `/`, without empty, `.` or `..` parts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct OutputPath(Arc<str>);

impl TryFrom<String> for OutputPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, Self::Error> {
        Self::new(&path).ok_or("this is no path within a folder")
    }
}

impl OutputPath {
    /// Takes a path that obeys the rules above.
    ///
    /// # Errors
    /// Gives nothing for an absolute path, a path with an empty, `.` or `..` part, a backslash, a
    /// colon or a control character: such a path could leave the folder on one system or another.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        Self::is_sound(path).then(|| Self(path.into()))
    }

    /// Whether a path obeys the rules above.
    #[must_use]
    pub fn is_sound(path: &str) -> bool {
        let sound = |part: &str| {
            !part.is_empty() && part != "." && part != ".." && !part.contains(forbidden)
        };
        path.split('/').all(sound)
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a browser shows the file as a page.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.0.ends_with(".html")
    }
}

fn forbidden(c: char) -> bool {
    c == '\\' || c == ':' || c.is_control()
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where an output file comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Rendered from, or copied from, one source file.
    Source(SourcePath),
    /// The old address of a page, by its document and the place among its aliases, from 0.
    Alias(SourcePath, usize),
    /// Made by the generator; the word says what it is, such as "the sitemap".
    Generated(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(path) => write!(f, "{path}"),
            Self::Alias(path, _) => write!(f, "an alias of {path}"),
            Self::Generated(what) => f.write_str(what),
        }
    }
}

/// A finished file.
#[derive(Clone, Debug)]
pub struct OutputFile {
    /// Where it goes.
    pub path: OutputPath,
    /// Its bytes.
    pub bytes: Bytes,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where finished files go.
///
/// Files come in any order and from several threads; the same path may come more than once (a clash
/// that the build reports), and then any of them may be kept.
pub trait Sink: Sync {
    /// Takes one finished file.
    fn put(&self, file: OutputFile);

    /// Whether a file of these bytes is there already. Then it need not be made: it stays, unless
    /// it turns out to be none of the site.
    fn keep(&self, _path: &OutputPath, _record: &OutputRecord) -> bool {
        false
    }
}

/// The sink of somebody who wants to know what a build comes to, and not to have it.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiscardSink;

impl Sink for DiscardSink {
    fn put(&self, _: OutputFile) {}

    fn keep(&self, _: &OutputPath, _: &OutputRecord) -> bool {
        true
    }
}

/// What is remembered of one output file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputRecord {
    /// Digest of the bytes.
    pub hash: Digest,
    /// Length in bytes.
    pub length: u64,
}

impl OutputRecord {
    /// What is remembered of a file.
    #[must_use]
    pub fn of(file: &OutputFile) -> Self {
        Self {
            hash: Digest::of(&file.bytes),
            length: file.bytes.len() as u64,
        }
    }
}

/// Two files that want the same path, paths that differ only by case, or one of which is a folder
/// of the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// The path of the first.
    pub path: OutputPath,
    /// The path of the second.
    pub other: OutputPath,
    /// Where the two come from.
    pub origins: [Origin; 2],
}

/// Finds the files that want one path: the same one, one that differs by case only, or one that
/// another needs as folder.
#[must_use]
pub fn clashes<'f>(files: impl IntoIterator<Item = (&'f OutputPath, &'f Origin)>) -> Vec<Clash> {
    let folded = |path: &'f OutputPath| {
        let is_folded = path
            .as_str()
            .bytes()
            .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        if is_folded {
            Cow::Borrowed(path.as_str())
        } else {
            Cow::Owned(path.as_str().to_lowercase())
        }
    };
    let mut sorted: Vec<_> = files
        .into_iter()
        .map(|(path, origin)| (folded(path), path, origin))
        .collect();
    sorted.par_sort();
    let mut seen: HashMap<&str, (&OutputPath, &Origin), FixedState> = HashMap::default();
    let mut found = Vec::new();
    for (folded, path, origin) in &sorted {
        let folders = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        let taken = seen
            .get(&**folded)
            .or_else(|| folders.into_iter().find_map(|folder| seen.get(folder)));
        match taken {
            Some((first, from)) => found.push(Clash {
                path: (*first).clone(),
                other: (*path).clone(),
                origins: [(*from).clone(), (*origin).clone()],
            }),
            None => drop(seen.insert(folded, (path, origin))),
        }
    }
    found
}

/// All output files of a build, sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutputSet {
    records: BTreeMap<OutputPath, OutputRecord>,
}

impl OutputSet {
    /// Records one file. The record of a path that is already there is replaced.
    pub fn insert(&mut self, path: OutputPath, record: OutputRecord) {
        self.records.insert(path, record);
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, &OutputRecord)> {
        self.records.iter()
    }

    /// The record of one path.
    #[must_use]
    pub fn get(&self, path: &OutputPath) -> Option<&OutputRecord> {
        self.records.get(path)
    }

    /// The paths that another set does not have, or has with other bytes, and those that it alone
    /// has; sorted.
    #[must_use]
    pub fn differences<'s>(&'s self, other: &'s Self) -> Vec<&'s OutputPath> {
        let all: BTreeSet<&OutputPath> = self.records.keys().chain(other.records.keys()).collect();
        all.into_iter()
            .filter(|path| self.get(path) != other.get(path))
            .collect()
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

impl FromIterator<(OutputPath, OutputRecord)> for OutputSet {
    fn from_iter<I: IntoIterator<Item = (OutputPath, OutputRecord)>>(files: I) -> Self {
        Self {
            records: files.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let check = |path: &str, expected: bool| {
            assert_eq!(OutputPath::new(path).is_some(), expected, "{path:?}");
        };
        check("tests/a b.html", true);
        check("", false);
        check("/etc/x", false);
        check("a//b", false);
        check("../x", false);
        check("a/./b", false);
        check("a\\b", false);
        check("c:/x", false);
    }

    #[test]
    fn clashes_are_found_by_case_and_by_folder() {
        let check = |paths: &[&str], expected: usize| {
            let origin = Origin::Generated("a test");
            let paths: Vec<_> = paths
                .iter()
                .filter_map(|path| OutputPath::new(path))
                .collect();
            assert_eq!(
                clashes(paths.iter().map(|path| (path, &origin))).len(),
                expected,
                "{paths:?}"
            );
        };
        check(&["a/index.html", "b/index.html"], 0);
        check(&["a", "a"], 1);
        check(&["A/index.html", "a/index.html"], 1);
        check(&["a", "a/index.html"], 1);
        check(&["a-b", "a/index.html", "A"], 1);
    }
}
