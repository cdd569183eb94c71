//! The record of a whole build, for the next one of the same site.
//!
//! A record counts only where every source, the options and the program are the same, and where the
//! sink still has each file of the build. Whatever has changed, the site is built by the ordinary
//! way: a record never stands for a part of a build.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Build, Largest, Memo};
use crate::config::RunOptions;
use crate::diagnostic::Diagnostic;
use crate::memo::{Input, Key, KeyHasher};
use crate::output::{OutputPath, OutputRecord, Sink};
use crate::source::{FILES_AT_ONCE, SourceTree};

/// What a whole build produced.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct BuildRecord {
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

/// The last build by the same options, if no source has changed since and the sink has all of its
/// files.
pub(super) fn recall(
    tree: &SourceTree,
    run: &RunOptions,
    sink: &dyn Sink,
    memo: &Memo,
) -> Option<Build> {
    let record = Arc::into_inner(memo.builds.get(key(run), tree)?)?;
    let is_kept = |(path, record): &(OutputPath, OutputRecord)| sink.keep(path, record);
    let files = record.files.par_iter().with_max_len(FILES_AT_ONCE);
    files.all(is_kept).then(|| Build {
        outputs: record.files.into_iter().collect(),
        pages: record.pages,
        rendered: 0,
        largest: record.largest,
        diagnostics: record.diagnostics,
        prepared: None,
    })
}

/// Keeps the record of a build. The findings of a large site are many: the record borrows them.
pub(super) fn remember(tree: &SourceTree, run: &RunOptions, build: &mut Build, memo: &Memo) {
    let files = build.outputs.iter();
    let record = BuildRecord {
        files: files
            .map(|(path, record)| (path.clone(), *record))
            .collect(),
        pages: build.pages,
        largest: build.largest.clone(),
        diagnostics: std::mem::take(&mut build.diagnostics),
    };
    let record = memo
        .builds
        .put(key(run), vec![Input::Sources], tree, record);
    build.diagnostics = Arc::unwrap_or_clone(record).diagnostics;
}
