//! A small site made of the fuzzer's bytes: several files, each with a name and a content.
//!
//! Names and contents come from tables of pieces, so that links meet pages and keys meet values, or
//! straight from the bytes. A path is always one that a disk could give: no empty part, no `.` or
//! `..`, no NUL.

use std::fmt;

use arbitrary::{Arbitrary, Result, Unstructured};
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::source::{SourcePath, SourceTree};

use crate::pieces::{FRONT, MARKDOWN, NAMES, SETTINGS};
use crate::sites;

/// The most files of one input, and the most pieces of one file: more make it slow and say nothing
/// new.
const MOST_FILES: usize = 5;
const MOST_PIECES: usize = 24;

/// What the fuzzer asks for.
pub struct Input {
    drafts: Drafts,
    has_sound_site: bool,
    files: Vec<(String, Vec<u8>)>,
}

impl Input {
    /// The site.
    #[must_use]
    pub fn tree(&self) -> SourceTree {
        let mut tree = if self.has_sound_site { sites::sound() } else { SourceTree::default() };
        for (path, bytes) in &self.files {
            tree.insert(SourcePath::new(path), bytes.as_slice().into());
        }
        tree
    }

    /// The options of the run.
    #[must_use]
    pub fn run(&self) -> RunOptions {
        sites::run(self.drafts)
    }
}

impl fmt::Debug for Input {
    /// Shows the files as texts, so that a crash can be read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "drafts: {:?}, beside the sound site: {}", self.drafts, self.has_sound_site)?;
        for (path, bytes) in &self.files {
            writeln!(f, ">>> {path:?}\n{:?}", String::from_utf8_lossy(bytes))?;
        }
        Ok(())
    }
}

impl<'a> Arbitrary<'a> for Input {
    fn arbitrary(u: &mut Unstructured<'a>) -> Result<Self> {
        let drafts = if u.arbitrary()? { Drafts::Included } else { Drafts::Excluded };
        let has_sound_site = u.ratio(3, 4)?;
        let mut files = Vec::new();
        while !u.is_empty() && files.len() < MOST_FILES {
            files.push((path(u)?, content(u)?));
        }
        Ok(Self { drafts, has_sound_site, files })
    }
}

fn path(u: &mut Unstructured<'_>) -> Result<String> {
    let path = match u.int_in_range(0..=7)? {
        0 => u.arbitrary::<&str>()?.to_owned(),
        1 => format!("content/{}", u.arbitrary::<&str>()?),
        2 => format!("content/conditions/{}.md", u.arbitrary::<&str>()?),
        _ => return Ok((*u.choose(NAMES)?).to_owned()),
    };
    let path = path.replace('\0', "");
    let parts: Vec<&str> = path.split('/').filter(|part| !["", ".", ".."].contains(part)).collect();
    Ok(if parts.is_empty() { "content/x.md".to_owned() } else { parts.join("/") })
}

fn content(u: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    Ok(match u.int_in_range(0..=7)? {
        0 => u.arbitrary::<&[u8]>()?.to_vec(),
        1 => pieces(u, MARKDOWN)?.into_bytes(),
        2 | 3 => pieces(u, SETTINGS)?.into_bytes(),
        _ => format!("---\n{}---\n{}", pieces(u, FRONT)?, pieces(u, MARKDOWN)?).into_bytes(),
    })
}

/// Pieces of a table one after another; the first entry of every table stands for a text of the
/// fuzzer's own.
fn pieces(u: &mut Unstructured<'_>, table: &[&str]) -> Result<String> {
    let mut text = String::new();
    for _ in 0..u.int_in_range(0..=MOST_PIECES)? {
        match u.choose_index(table.len())? {
            0 => text += u.arbitrary::<&str>()?,
            at => text += table[at],
        }
    }
    Ok(text)
}
