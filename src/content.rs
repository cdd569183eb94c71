//! The content of a site as written: documents, locations and the files beside them.
//!
//! [`load`] turns the source tree into [`Content`] and says what it could not read. Each document
//! is read on its own, from its own bytes and the settings: what one document says about another is
//! settled when the site is linked. So a document whose bytes are the same is read once, for as
//! long as a [`Memo`] is kept.

mod body;
mod document;
mod front_matter;
pub mod kinds;
mod locations;
mod markdown;
mod prose;
mod text;

use std::sync::Arc;

use rayon::prelude::*;

pub use body::{Body, Piece, SlotKind, escape, push_attribute};
pub use document::{Document, DocumentId, ProseReader, Publication, Read, composed};
pub use front_matter::{Allow, Code, FrontMatter, ImageField, LocationsField, Review, Source};
pub use locations::{Location, LocationList};
pub use markdown::{CARD_HEADING_LEVEL, Heading, Image, Link, Outline, is_reserved, slug};
pub use prose::{Apart, Block, BlockKind, Card, LinkText, List, Prose, Style, Table};

use body::BodyBudget;

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::memo::{self, Log, Query};
use crate::source::{FILES_AT_ONCE, FileBytes, ReadProblem, SourcePath, SourceTree};

/// A file that is copied as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainFile {
    /// Its path.
    pub path: SourcePath,
    /// How many bytes it has.
    pub bytes: usize,
}

/// Everything under `content/`, read.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The pages, sorted by path.
    pub documents: Vec<Arc<Document>>,
    /// The entries of `locations.yaml`.
    pub locations: Arc<LocationList>,
    /// Files that are copied as they are: images and downloads beside the pages, sorted.
    pub files: Vec<PlainFile>,
}

/// What was read before of the files of a site.
#[derive(Debug)]
pub struct Memo {
    documents: memo::Table<Read>,
    locations: memo::Table<locations::Read>,
}

impl Memo {
    /// A memo in memory, over what a log has.
    #[must_use]
    pub fn in_memory(log: Option<Arc<Log>>) -> Self {
        Self {
            documents: memo::Table::in_memory(Query::Document, log.clone()),
            locations: memo::Table::in_memory(Query::Locations, log),
        }
    }

    /// A memo in a log alone.
    #[must_use]
    pub fn in_log(log: &Arc<Log>) -> Self {
        Self {
            documents: memo::Table::in_log(Query::Document, log.clone()),
            locations: memo::Table::in_log(Query::Locations, log.clone()),
        }
    }

    /// Drops what nobody has asked for since the last time.
    pub fn sweep(&self) {
        self.documents.sweep();
        self.locations.sweep();
    }
}

/// Reads the content of a site; what the memo has of the same bytes and settings is not read again.
/// The reader is shown the prose of each page that is.
#[must_use]
pub fn load(
    tree: &SourceTree,
    settings: &Settings,
    memo: &Memo,
    reader: Option<ProseReader<'_>>,
) -> (Content, Vec<Diagnostic>) {
    let mut findings = problems(tree);
    let (pages, files) = partition_files(tree, settings);
    if pages.is_empty()
        && tree
            .get(settings.content_path("site.yaml").as_str())
            .is_none()
    {
        findings.push(no_content());
    }
    let budget = BodyBudget::new();
    let read = |(path, _): &PageFile<'_>| {
        document::read(path, tree, settings, &memo.documents, &budget, reader)
    };
    let read: Vec<_> = pages
        .par_iter()
        .with_max_len(FILES_AT_ONCE)
        .map(read)
        .collect();
    let mut documents = Vec::with_capacity(pages.len());
    for page in read {
        documents.extend(page.0.clone());
        findings.extend_from_slice(&page.1);
    }
    let locations = locations::read(tree, settings, &memo.locations);
    findings.extend_from_slice(&locations.1);
    findings.extend(unreadable_site_file(tree, settings));
    findings.extend(bad_names(tree, settings));
    let content = Content {
        documents,
        locations: locations.0.clone(),
        files,
    };
    (content, findings)
}

type PageFile<'t> = (&'t SourcePath, &'t FileBytes);

/// Tells pages from files; leaves out what is neither (settings, dotfiles, editors' temporary
/// files).
fn partition_files<'t>(
    tree: &'t SourceTree,
    settings: &Settings,
) -> (Vec<PageFile<'t>>, Vec<PlainFile>) {
    let (mut pages, mut files) = (Vec::new(), Vec::new());
    for (path, bytes) in tree.under(settings.content_root) {
        let name = &path.as_str()[settings.content_root.len()..];
        let foreign = settings.content_root.is_empty()
            && ["templates/", "static/"]
                .iter()
                .any(|dir| name.starts_with(dir));
        if foreign || is_ignored(name) || name == "site.yaml" || name == "locations.yaml" {
            continue;
        }
        if name.ends_with(".md") {
            pages.push((path, bytes));
        } else if !settings.content_root.is_empty() {
            files.push(PlainFile {
                path: path.clone(),
                bytes: bytes.length(),
            });
        }
    }
    (pages, files)
}

/// Dotfiles, and what editors leave behind: `name~`, `#name#`, `name.swp`.
fn is_ignored(name: &str) -> bool {
    let temporary = |part: &str| {
        let extension = part.rsplit_once('.').map_or("", |(_, extension)| extension);
        let numbered = part.starts_with('#') && part.ends_with('#') && part.len() > 1;
        part.starts_with('.')
            || part.ends_with('~')
            || numbered
            || ["swp", "swo", "tmp", "bak"].contains(&extension)
    };
    name.split('/').any(temporary)
}

/// The files whose name cannot be a part of an address, or of a path on every system.
fn bad_names(tree: &SourceTree, settings: &Settings) -> Vec<Diagnostic> {
    let finding = |(path, _): (&SourcePath, _)| {
        let name = path.as_str();
        let bad = name
            .chars()
            .find(|c| c.is_control() || "\\:*?\"<>|".contains(*c))
            .filter(|_| !is_ignored(name))?;
        let found = Diagnostic::new(
            RuleId::BadFileName,
            Place::file(path),
            format!("{bad:?} cannot stand in the name of a file"),
        );
        Some(found.help("rename it; letters, digits and hyphens make the best address"))
    };
    let files = tree
        .under("static/")
        .filter(|_| !settings.content_root.is_empty());
    tree.under(settings.content_root)
        .chain(files)
        .filter_map(finding)
        .collect()
}

fn problems(tree: &SourceTree) -> Vec<Diagnostic> {
    let finding = |(path, problem): (&SourcePath, &ReadProblem)| {
        let place = Place::file(path);
        match problem {
            ReadProblem::Unreadable(why) => Diagnostic::new(
                RuleId::UnreadableFile,
                place,
                format!("this file cannot be read: {why}"),
            )
            .help("check that it is a file, and that you may read it"),
            ReadProblem::SymlinkOut => {
                let message =
                    "this symbolic link leads out of the site, or in a circle, and is not followed";
                Diagnostic::new(RuleId::SymlinkOutOfSite, place, message)
                    .help("copy the file into the site in its place")
            }
            ReadProblem::BadName => Diagnostic::new(
                RuleId::BadFileName,
                place,
                "the name of this file is not valid UTF-8",
            )
            .help("rename it; plain letters, digits and hyphens make the best address"),
        }
    };
    tree.problems().map(finding).collect()
}

fn no_content() -> Diagnostic {
    let place = Place::file(&SourcePath::new("content"));
    Diagnostic::new(RuleId::MissingFile, place, "there is no content here: no `content` folder and no Markdown file")
        .help("`pamphlet init DIR` makes a small site to begin with, and `--site DIR` names another folder")
}

fn unreadable_site_file(tree: &SourceTree, settings: &Settings) -> Option<Diagnostic> {
    let path = settings.content_path("site.yaml");
    let bytes = tree.get(path.as_str())?;
    text::decode(&path, bytes).err().map(|found| *found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_leftovers_are_ignored() {
        let check = |name: &str, expected: bool| assert_eq!(is_ignored(name), expected, "{name}");
        check("tests/.DS_Store", true);
        check(".obsidian/x.md", true);
        check("tests/x.md~", true);
        check("tests/#x.md#", true);
        check("tests/.x.md.swp", true);
        check("tests/x.md", false);
        check("tests/#1 x.md", false);
    }
}
