//! A whole build that need not be done again, because an earlier one did it of the same sources.
//!
//! It counts only where the sink still has all the files that came of it.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Build;
use crate::cache::{Cache, Key, KeyHasher, Step};
use crate::check::Weight;
use crate::config::RunOptions;
use crate::diagnostic::Diagnostic;
use crate::output::{OutputPath, OutputRecord, OutputSet, Sink};
use crate::source::SourceTree;

/// What a whole build came to.
#[derive(Deserialize)]
struct Known {
    files: Vec<(String, OutputRecord)>,
    pages: usize,
    largest: Option<(String, [usize; 3])>,
    diagnostics: Vec<Diagnostic>,
}

/// The same, as it is kept.
#[derive(Serialize)]
struct Kept<'b> {
    files: Vec<(&'b str, OutputRecord)>,
    pages: usize,
    largest: Option<(&'b str, [usize; 3])>,
    diagnostics: &'b [Diagnostic],
}

/// The key of a whole build: everything that goes into it.
pub(super) fn key(tree: &SourceTree, run: &RunOptions) -> Key {
    let mut hasher = KeyHasher::default();
    hasher.add_described(run);
    for (path, bytes) in tree.under("") {
        hasher.add(path).add_hash(bytes.hash());
    }
    for problem in tree.problems() {
        hasher.add_described(&problem);
    }
    hasher.key()
}

/// A build that was done before, if all of its files are still there.
pub(super) fn whole(key: Key, sink: &dyn Sink, cache: &Cache) -> Option<Build> {
    let Known { files, pages, largest, diagnostics } = cache.get(Step::Build, key)?;
    let keep = |(path, record): (String, OutputRecord)| {
        let path = OutputPath::new(&path)?;
        sink.keep(&path, &record).then_some((path, record))
    };
    let kept: Option<Vec<_>> = files.into_par_iter().map(keep).collect();
    let outputs: OutputSet = kept?.into_iter().collect();
    let weight = |[html, css, javascript]: [usize; 3]| Weight { html, css, javascript };
    let largest = largest.map(|(url, parts)| (url, weight(parts)));
    Some(Build { outputs, pages, rendered: 0, largest, diagnostics, prepared: None })
}

/// Remembers a whole build.
pub(super) fn remember(key: Key, build: &Build, cache: &Cache) {
    let files = build.outputs.iter().map(|(path, record)| (path.as_str(), *record)).collect();
    let parts = |weight: &Weight| [weight.html, weight.css, weight.javascript];
    let largest = build.largest.as_ref().map(|(url, weight)| (url.as_str(), parts(weight)));
    let Build { pages, diagnostics, .. } = build;
    cache.put(Step::Build, key, &Kept { files, pages: *pages, largest, diagnostics });
}
