//! The record of a whole build, for the next one of the same site.
//!
//! A record counts only where every source, the options and the program are the same, and where the
//! sink still has each file of the build. Whatever has changed, the site is built by the ordinary
//! way: a record never stands for a part of a build.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Build, Largest};
use crate::cache::{Cache, Key, KeyHasher, Step};
use crate::config::RunOptions;
use crate::diagnostic::Diagnostic;
use crate::output::{OutputPath, OutputRecord, Sink};
use crate::source::{Digest, FILES_AT_ONCE, SourceTree};

/// What a whole build produced.
#[derive(Debug, Serialize, Deserialize)]
struct BuildRecord {
    /// The digest of all sources.
    sources: Digest,
    /// All that was built, in order.
    files: Vec<(OutputPath, OutputRecord)>,
    /// How many pages the site has.
    pages: usize,
    largest: Option<Largest>,
    diagnostics: Vec<Diagnostic>,
}

/// The key of the record: one for all builds with the same options.
fn key(run: &RunOptions) -> Key {
    KeyHasher::default().add_described(run).key()
}

/// The digest of every source with its path, and of what could not be read.
fn digest(tree: &SourceTree) -> Digest {
    let problems: Vec<String> = tree
        .problems()
        .map(|problem| format!("{problem:?}"))
        .collect();
    let files: Vec<_> = tree
        .under("")
        .map(|(path, bytes)| (path.as_str().as_bytes(), bytes.hash()))
        .collect();
    let files = files
        .iter()
        .flat_map(|(path, hash)| [*path, hash.as_bytes()]);
    Digest::of_parts(files.chain(problems.iter().map(String::as_bytes)))
}

/// The last build by the same options, if no source has changed since and the sink has all of its
/// files.
pub(super) fn recall(
    tree: &SourceTree,
    run: &RunOptions,
    sink: &dyn Sink,
    cache: &Cache,
) -> Option<Build> {
    let record: BuildRecord = cache.get(Step::Build, key(run))?;
    let is_kept = |(path, record): &(OutputPath, OutputRecord)| sink.keep(path, record);
    let is_same = record.sources == digest(tree)
        && record
            .files
            .par_iter()
            .with_max_len(FILES_AT_ONCE)
            .all(is_kept);
    is_same.then(|| Build {
        outputs: record.files.into_iter().collect(),
        pages: record.pages,
        rendered: 0,
        largest: record.largest,
        diagnostics: record.diagnostics,
        prepared: None,
    })
}

/// Keeps the record of a build.
pub(super) fn remember(tree: &SourceTree, run: &RunOptions, build: &Build, cache: &Cache) {
    let files = build.outputs.iter();
    let record = BuildRecord {
        sources: digest(tree),
        files: files
            .map(|(path, record)| (path.clone(), *record))
            .collect(),
        pages: build.pages,
        largest: build.largest.clone(),
        diagnostics: build.diagnostics.clone(),
    };
    cache.put(Step::Build, key(run), &record);
}
