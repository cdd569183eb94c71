//! The source tree: what a site is made of, as values.
//!
//! Owns the paths and bytes of every input file, byte spans into them, and the index from byte
//! offsets to lines and columns. The host fills a tree from disk, tests fill it from strings;
//! nothing here touches a disk, and nothing above asks where the bytes came from.

mod digest;
mod file_bytes;

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use digest::Digest;
pub use file_bytes::{FileBytes, ReadOnDemand};

/// So many files are given to a thread at once. Left to itself, the pool halves what there is by
/// the number of threads, and at the end of a large site one of them has hundreds of pages left and
/// the others none.
pub const FILES_AT_ONCE: usize = 16;

/// A path within the site, relative to its root and separated by `/`:
/// `content/tests/chest-x-ray.md`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Names a file of the site.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The path as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder that the file stands in, without a trailing `/`; empty at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The last part of the path.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&self.0, |(_, name)| name)
    }
}

/// A path is found by its text, and ordered as it is.
impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A range of bytes in a source file.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end: end.max(start),
        }
    }

    /// The same bytes seen from a file in which they stand `offset` bytes later.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self {
            start: self.start + offset,
            end: self.end + offset,
        }
    }

    /// The same bytes seen from a place `offset` bytes into their file; what lies before it is cut
    /// off.
    #[must_use]
    pub fn back(self, offset: usize) -> Self {
        Self {
            start: self.start.saturating_sub(offset),
            end: self.end.saturating_sub(offset),
        }
    }

    /// The nearest span that lies within `text` and on its character boundaries.
    #[must_use]
    pub fn within(self, text: &str) -> Self {
        let start = text.floor_char_boundary(self.start.min(text.len()));
        let end = text.ceil_char_boundary(self.end.min(text.len())).max(start);
        Self { start, end }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A place in a text as people count: lines and columns from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// The bytes between two of the places for which an index keeps the number of characters before
/// them.
const BLOCK: usize = 1024;

/// Finds lines and columns in one text.
#[derive(Clone, Debug)]
pub struct LineIndex<'text> {
    text: &'text str,
    starts: Vec<usize>,
    /// How many characters begin before each block, so that a column in an enormous line is found
    /// as fast as any other.
    characters: Vec<usize>,
}

impl<'text> LineIndex<'text> {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &'text str) -> Self {
        let starts = std::iter::once(0)
            .chain(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
            .collect();
        let mut before = 0;
        let characters = text.as_bytes().chunks(BLOCK).map(|block| {
            let first = before;
            before += characters_in(block);
            first
        });
        Self {
            text,
            starts,
            characters: characters.chain([0]).collect(),
        }
    }

    /// How many characters begin before a byte offset within the text.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        if block * BLOCK == self.text.len() && block > 0 {
            // The end of a text of whole blocks begins no block of its own.
            return self.characters[block - 1]
                + characters_in(&self.text.as_bytes()[(block - 1) * BLOCK..]);
        }
        self.characters[block] + characters_in(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The line of a byte offset; an offset past the end is in the last line.
    #[must_use]
    pub fn line(&self, offset: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= offset.min(self.text.len()))
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.line(offset);
        let start = self.starts[line - 1];
        LineColumn {
            line,
            column: self.characters_before(offset) - self.characters_before(start) + 1,
        }
    }
}

/// The characters that begin in some bytes of UTF-8.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Why a file of the site could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadProblem {
    /// The system refused; its own words.
    Unreadable(String),
    /// A symbolic link that leads out of the site, or in a circle.
    SymlinkOut,
    /// The name is not valid UTF-8; the path shows it with replacement characters.
    BadName,
}

/// Every file that a build may read: path → bytes, sorted by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceTree {
    files: BTreeMap<SourcePath, FileBytes>,
    problems: BTreeMap<SourcePath, ReadProblem>,
}

impl SourceTree {
    /// A tree of the given files.
    pub fn from_files<P: AsRef<str>, B: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        let mut tree = Self::default();
        for (path, bytes) in files {
            tree.insert(SourcePath::new(path.as_ref()), bytes.as_ref().into());
        }
        tree
    }

    /// The files under some folders, each with its trailing `/`.
    #[must_use]
    pub fn part(&self, folders: &[&str]) -> Self {
        let files = folders.iter().flat_map(|folder| self.under(folder));
        Self {
            files: files
                .map(|(path, bytes)| (path.clone(), bytes.clone()))
                .collect(),
            ..Self::default()
        }
    }

    /// The files that are not the same in another tree, sorted.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<SourcePath> {
        let (mut ours, mut theirs) = (self.files.iter().peekable(), other.files.iter().peekable());
        let mut differ: BTreeSet<SourcePath> = BTreeSet::new();
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (Some((ours, _)), Some((theirs, _))) => ours.cmp(theirs),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => break,
            };
            let ours = if order.is_le() { ours.next() } else { None };
            let theirs = if order.is_ge() { theirs.next() } else { None };
            let is_same = ours
                .zip(theirs)
                .is_some_and(|((_, ours), (_, theirs))| ours == theirs);
            if !is_same {
                differ.extend(ours.or(theirs).map(|(path, _)| path.clone()));
            }
        }
        let problems = self
            .problems
            .iter()
            .filter(|(path, problem)| other.problems.get(*path) != Some(*problem));
        let others = other
            .problems
            .iter()
            .filter(|(path, problem)| self.problems.get(*path) != Some(*problem));
        differ.extend(problems.chain(others).map(|(path, _)| path.clone()));
        differ.into_iter().collect()
    }

    /// Adds a file, or replaces the one of the same path.
    pub fn insert(&mut self, path: SourcePath, bytes: FileBytes) {
        self.files.insert(path, bytes);
    }

    /// Adds many files, or replaces those of the same paths; fastest where they are in order.
    pub fn insert_all(&mut self, files: Vec<(SourcePath, FileBytes)>) {
        self.files.append(&mut files.into_iter().collect());
    }

    /// Takes a file out, and what is known of why it could not be read.
    pub fn remove(&mut self, path: &SourcePath) {
        self.files.remove(path);
        self.problems.remove(path);
    }

    /// Records that a file is there and could not be read.
    pub fn insert_problem(&mut self, path: SourcePath, problem: ReadProblem) {
        self.problems.insert(path, problem);
    }

    /// The bytes of one file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&FileBytes> {
        self.files.get(path)
    }

    /// The text of one file; nothing if it is not there or is not UTF-8. A byte order mark is part
    /// of the text.
    #[must_use]
    pub fn text(&self, path: &SourcePath) -> Option<&str> {
        self.files.get(path)?.text().map(|text| &**text)
    }

    /// The files whose path begins with `prefix` (a folder with its trailing `/`, or nothing),
    /// sorted.
    pub fn under<'tree>(
        &'tree self,
        prefix: &str,
    ) -> impl Iterator<Item = (&'tree SourcePath, &'tree FileBytes)> + use<'tree> {
        let prefix: Arc<str> = prefix.into();
        let from = SourcePath(prefix.clone());
        self.files
            .range(from..)
            .take_while(move |(path, _)| path.as_str().starts_with(&*prefix))
    }

    /// The files that could not be read, sorted.
    pub fn problems(&self) -> impl Iterator<Item = (&SourcePath, &ReadProblem)> {
        self.problems.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_the_line_on() {
        let line = "\u{e9}".repeat(3000);
        for text in [
            format!("a\n{line}\nb"),
            line.clone(),
            "x".repeat(2 * BLOCK),
            format!("{}\n", "x".repeat(BLOCK - 1)),
        ] {
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
                let column = text[start..offset].chars().count() + 1;
                assert_eq!(
                    index.line_column(offset).column,
                    column,
                    "{offset} of {}",
                    text.len()
                );
            }
        }
    }
}
