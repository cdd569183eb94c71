//! The phases in order: load → link → check, and then assets → render → checks of the output.
//!
//! This is the only way to build a site: the command line, the development server and the tests all
//! come through here with a source tree, the options of the run and a sink.

mod fixes;
mod make;
mod memo;
mod phase;
mod plan;
mod prepared;
mod recall;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

pub use fixes::{Fixes, fix};
pub use memo::Memo;
pub use phase::{NO_WATCHER, Phase, Watcher};
pub use prepared::Prepared;

use crate::check::{self, CheckDepth, Weight};
use crate::config::{self, RunOptions};
use crate::content;
use crate::diagnostic::{Diagnostic, Tally};
use crate::output::{DiscardSink, OutputPath, OutputRecord, OutputSet, Sink};
use crate::render::RenderFault;
use crate::site::{self, Site};
use crate::source::{FILES_AT_ONCE, SourceTree};
use make::{Artifact, Maker, Outcome};
use prepared::DocumentRules;

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
        check::grade(&self.site, CheckDepth::Analysis, self.found.clone())
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
    let memo = Memo::default();
    let reader = check::reader(&settings, tree, &memo.document_findings);
    let (content, findings) = content::load(tree, &settings, &memo.content, Some(&reader));
    found.extend(findings);
    let site = site::link(tree, &settings, content);
    found.extend(check::check_site(&site, tree, &memo.document_findings));
    Analysis { site, found }
}

/// Builds a site: every finished file goes to the sink, whatever the findings are; whoever owns the
/// sink decides.
#[must_use]
pub fn build(tree: &SourceTree, run: RunOptions, sink: &dyn Sink) -> Build {
    build_with(
        &Arc::new(tree.clone()),
        run,
        sink,
        &Memo::default(),
        NO_WATCHER,
    )
}

/// Builds a site as [`build`] does, takes what earlier builds have left in the memo, and tells of
/// each phase that begins.
#[must_use]
pub fn build_with(
    tree: &Arc<SourceTree>,
    run: RunOptions,
    sink: &dyn Sink,
    memo: &Memo,
    watcher: Watcher<'_>,
) -> Build {
    if let Some(build) = recall::recall(tree, &run, sink, memo) {
        return build;
    }
    let rules = DocumentRules::WhileReading;
    let prepared = Prepared::with(tree.clone(), run, memo, rules, watcher);
    let build = finish(&prepared, sink, memo, &|| true, watcher);
    let mut build = build.expect("a build that is always wanted is finished");
    recall::remember(tree, &prepared.site().settings.run, &mut build, memo);
    build.prepared = Some(prepared);
    build
}

/// Looks for everything that is wrong with a prepared site, as a build of it does, and keeps no
/// file; gives up with nothing when it is no longer wanted.
#[must_use]
pub fn examine(
    prepared: &Prepared,
    memo: &Memo,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Option<Build> {
    let build = finish(prepared, &DiscardSink, memo, is_wanted, NO_WATCHER)?;
    memo.sweep();
    Some(build)
}

/// Makes the files of a prepared site, and runs the rules.
fn finish(
    prepared: &Prepared,
    sink: &dyn Sink,
    memo: &Memo,
    is_wanted: &(dyn Fn() -> bool + Sync),
    watcher: Watcher<'_>,
) -> Option<Build> {
    let site = prepared.site();
    let mut found = prepared.found().to_vec();
    watcher(Phase::Check);
    found.extend(check::check_site(
        site,
        prepared.tree(),
        &memo.document_findings,
    ));
    watcher(Phase::Render);
    let maker = Maker::new(prepared, sink, memo);
    let make = |(path, planned)| is_wanted().then(|| maker.make(path, planned));
    // The files of the search index read the bodies of pages, which are held until their pages are
    // rendered.
    let (search, others) = prepared.planned();
    let search: Option<Vec<_>> = search.into_par_iter().with_max_len(1).map(make).collect();
    let others = others.into_par_iter().with_max_len(FILES_AT_ONCE);
    let others: Option<Vec<_>> = others.map(make).collect();
    watcher(Phase::Grade);
    let mut results = Results::default();
    for made in search?.into_iter().chain(others?) {
        results.add(made);
    }
    found.append(&mut results.found);
    found.extend(merge_template_faults(results.faults));
    Some(Build {
        outputs: results.outputs.into_iter().collect(),
        pages: results.pages,
        rendered: results.rendered,
        largest: results.largest.and_then(|(_, path)| prepared.weigh(&path)),
        diagnostics: check::grade(site, CheckDepth::Build, found),
        prepared: None,
    })
}

/// What the files of a site came to.
#[derive(Default)]
struct Results {
    outputs: Vec<(OutputPath, OutputRecord)>,
    pages: usize,
    rendered: usize,
    /// The page with the most bytes, and how many.
    largest: Option<(u64, OutputPath)>,
    found: Vec<Diagnostic>,
    faults: Vec<RenderFault>,
}

impl Results {
    fn add(&mut self, made: Result<Artifact, RenderFault>) {
        let made = match made {
            Ok(made) => made,
            Err(fault) => return self.faults.push(fault),
        };
        self.rendered += usize::from(made.outcome == Outcome::Rendered);
        if let Some((path, record)) = made
            .kept
            .as_ref()
            .filter(|_| made.outcome != Outcome::Fixed)
        {
            self.pages += 1;
            if self
                .largest
                .as_ref()
                .is_none_or(|(length, _)| record.length > *length)
            {
                self.largest = Some((record.length, path.clone()));
            }
        }
        self.found.extend(made.found);
        self.outputs.extend(made.kept);
    }
}

/// The root of a site's URLs, beginning and ending in `/`.
#[must_use]
pub fn root(tree: &SourceTree, run: &RunOptions) -> String {
    config::read(tree, run.clone()).0.root().to_owned()
}

/// One template fault may stop many pages: it is one finding that names the first of them.
fn merge_template_faults(faults: Vec<RenderFault>) -> Vec<Diagnostic> {
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
