//! The phases in order: load → link → check, and then assets → render → checks of the output.
//!
//! This is the only way to build a site: the command line, the development server and the tests all
//! come through here with a source tree, the options of the run and a sink.

mod examine;
mod fixes;
mod make;
mod phase;
mod plan;
mod prepared;
mod recall;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use examine::{ExamMemo, Examination, examine};
pub use fixes::{Fixes, fix};
pub use phase::{NOBODY, Phase, Watcher};
pub use prepared::{Memo, Prepared};

use crate::cache::Cache;
use crate::check::{self, EarlyFindings, Extent, Weight};
use crate::config::{self, RunOptions};
use crate::content::{self, LoadMemo};
use crate::diagnostic::{Diagnostic, Tally};
use crate::output::{OutputPath, OutputSet, Sink};
use crate::render::RenderFault;
use crate::site::{self, Site};
use crate::source::{FILES_AT_ONCE, SourceTree};
use make::{How, Maker};

/// A site, read, linked and checked.
#[derive(Debug)]
pub struct Analysis {
    /// The site.
    pub site: Site,
    /// What is wrong with it, not yet graded.
    found: Vec<Diagnostic>,
}

impl Analysis {
    /// All findings, graded and in order.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        check::grade(&self.site, Extent::Analysis, self.found.clone())
    }
}

/// A site that was built.
#[derive(Debug)]
pub struct Build {
    /// Every file that went to the sink.
    pub outputs: OutputSet,
    /// How many pages the site has.
    pub pages: usize,
    /// How many of them were rendered, because no earlier build had rendered them.
    pub rendered: usize,
    /// The page with the most HTML.
    pub largest: Option<Largest>,
    /// All findings, graded and in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The site that it was built from, where that was read. Taking a large one apart takes its
    /// time: whoever has the build decides when.
    prepared: Option<Prepared>,
}

/// The page of a site with the most HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Largest {
    /// Its file.
    pub(crate) path: OutputPath,
    /// Its URL.
    pub url: String,
    /// What it weighs.
    pub weight: Weight,
}

impl Build {
    /// Takes the site apart, for whoever wants its memory for something else.
    pub fn release(&mut self) {
        self.prepared = None;
    }

    /// How many findings there are of each severity.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(&self.diagnostics)
    }
}

/// Reads, links and checks a site.
#[must_use]
pub fn analyze(tree: &SourceTree, run: RunOptions) -> Analysis {
    let (settings, mut found) = config::read(tree, run);
    let (cache, early) = (Cache::none(), EarlyFindings::default());
    let reader = early.reader(&settings, &cache);
    let (content, findings) = content::load(
        tree,
        &settings,
        &mut LoadMemo::default(),
        &cache,
        Some(&reader),
    );
    drop(reader);
    found.extend(findings);
    let site = site::link(tree, &settings, content);
    found.extend(check::check_site(&site, early, &cache));
    Analysis { site, found }
}

/// Builds a site: every finished file goes to the sink, whatever the findings are; whoever owns the
/// sink decides.
#[must_use]
pub fn build(tree: &SourceTree, run: RunOptions, sink: &dyn Sink) -> Build {
    build_with(&Arc::new(tree.clone()), run, sink, &Cache::none(), NOBODY)
}

/// Builds a site as [`build`] does, with what earlier builds came to, and tells of each phase that
/// begins.
#[must_use]
pub fn build_with(
    tree: &Arc<SourceTree>,
    run: RunOptions,
    sink: &dyn Sink,
    cache: &Cache,
    watcher: Watcher<'_>,
) -> Build {
    if !cache.is_on() {
        return build_anew(tree, run, sink, cache, watcher);
    }
    if let Some(build) = recall::recall(tree, &run, sink, cache) {
        return build;
    }
    let build = build_anew(tree, run.clone(), sink, cache, watcher);
    recall::remember(tree, &run, &build, cache);
    build
}

fn build_anew(
    tree: &Arc<SourceTree>,
    run: RunOptions,
    sink: &dyn Sink,
    cache: &Cache,
    watcher: Watcher<'_>,
) -> Build {
    let early = EarlyFindings::default();
    let prepared = Prepared::with(
        tree.clone(),
        run,
        &mut Memo::default(),
        cache,
        Some(&early),
        watcher,
    );
    let site = prepared.site();
    let mut found = prepared.found().to_vec();
    watcher(Phase::Check);
    found.extend(check::check_site(site, early, cache));
    watcher(Phase::Render);
    let maker = Maker {
        prepared: &prepared,
        sink,
        cache,
    };
    let planned = prepared.in_turn();
    let made: Vec<_> = planned
        .into_par_iter()
        .with_max_len(FILES_AT_ONCE)
        .map(|(path, planned)| maker.make(path, planned))
        .collect();
    watcher(Phase::Grade);
    let (mut outputs, mut faults) = (Vec::with_capacity(made.len()), Vec::new());
    let (mut pages, mut rendered) = (0, 0);
    let mut most: (u64, Option<OutputPath>) = (0, None);
    for made in made {
        match made {
            Ok(made) => {
                pages += usize::from(made.how != How::Fixed);
                rendered += usize::from(made.how == How::Rendered);
                let length = made.kept.as_ref().map_or(0, |(_, record)| record.length);
                if made.how != How::Fixed && length > most.0 {
                    most = (length, made.kept.as_ref().map(|(path, _)| path.clone()));
                }
                found.extend(made.found);
                outputs.extend(made.kept);
            }
            Err(fault) => faults.push(fault),
        }
    }
    found.extend(merge(faults));
    let diagnostics = check::grade(site, Extent::Build, found);
    let largest = most.1.and_then(|path| prepared.weigh(&path));
    let outputs = outputs.into_iter().collect();
    Build {
        outputs,
        pages,
        rendered,
        largest,
        diagnostics,
        prepared: Some(prepared),
    }
}

/// The root of a site's URLs, beginning and ending in `/`.
#[must_use]
pub fn root(tree: &SourceTree, run: &RunOptions) -> String {
    config::read(tree, run.clone()).0.root().to_owned()
}

/// One template fault may stop many pages: it is one finding that names the first of them.
fn merge(faults: Vec<RenderFault>) -> Vec<Diagnostic> {
    let mut pages: BTreeMap<String, (Diagnostic, Vec<String>)> = BTreeMap::new();
    for fault in faults {
        let page = format!("{} ({})", fault.url, fault.origin);
        for found in fault.findings {
            let key = format!("{:?} {}", found.place, found.message);
            pages
                .entry(key)
                .or_insert_with(|| (found, Vec::new()))
                .1
                .push(page.clone());
        }
    }
    let with_pages = |(found, mut pages): (Diagnostic, Vec<String>)| {
        pages.sort();
        let others = match pages.len() - 1 {
            0 => String::new(),
            1 => " and another page".to_owned(),
            more => format!(" and {more} other pages"),
        };
        found.note(format!("while rendering {}{others}", pages[0]))
    };
    pages.into_values().map(with_pages).collect()
}
