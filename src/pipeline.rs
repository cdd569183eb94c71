//! The phases in order: load → link → check, and then assets → render → checks of the output.
//!
//! This is the only way to build a site: the command line, the development server and the tests all come through here
//! with a source tree, the options of the run and a sink.

mod examine;
mod fixes;
mod phase;
mod plan;
mod prepared;
mod recall;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use examine::{ExamMemo, Examination, examine};
pub use fixes::{Fixes, fix};
pub use phase::{NOBODY, Phase, Watcher};
pub use prepared::{Memo, Prepared};

use crate::cache::{Cache, Step};
use crate::check::{self, CheckMemo, Extent, FinishedPage};
use crate::config::{self, RunOptions};
use crate::content::{self, LoadMemo};
use crate::diagnostic::{Diagnostic, Tally};
use crate::output::{Origin, OutputFile, OutputPath, OutputRecord, OutputSet, Sink};
use crate::render::view::PageView;
use crate::render::{CSP, Job, RenderFault, Renderer};
use crate::site::{self, Site};
use crate::source::SourceTree;
use plan::Planned;
use recall::KnownPage;

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
    /// All findings, graded and in order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Build {
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
    let (content, findings) = content::load(tree, &settings, &mut LoadMemo::default(), &Cache::none());
    found.extend(findings);
    let site = site::link(tree, &settings, content);
    found.extend(check::check_site(&site, &mut CheckMemo::default(), &Cache::none()));
    Analysis { site, found }
}

/// Builds a site: every finished file goes to the sink, whatever the findings are; whoever owns the sink decides.
#[must_use]
pub fn build(tree: &SourceTree, run: RunOptions, sink: &dyn Sink) -> Build {
    build_with(tree, run, sink, &Cache::none(), NOBODY)
}

/// Builds a site as [`build`] does, with what earlier builds came to, and tells of each phase that begins.
#[must_use]
pub fn build_with(tree: &SourceTree, run: RunOptions, sink: &dyn Sink, cache: &Cache, watcher: Watcher<'_>) -> Build {
    let key = cache.is_on().then(|| recall::key(tree, &run));
    if let Some(build) = key.and_then(|key| recall::whole(key, sink, cache)) {
        return build;
    }
    let build = build_anew(tree, run, sink, cache, watcher);
    if let Some(key) = key {
        recall::remember(key, &build, cache);
    }
    build
}

fn build_anew(tree: &SourceTree, run: RunOptions, sink: &dyn Sink, cache: &Cache, watcher: Watcher<'_>) -> Build {
    let prepared = Prepared::with(Arc::new(tree.clone()), run, &mut Memo::default(), cache, watcher);
    let site = prepared.site();
    let mut found = prepared.found().to_vec();
    watcher(Phase::Check);
    found.extend(check::check_site(site, &mut CheckMemo::default(), cache));
    watcher(Phase::Render);
    let planned: Vec<_> = prepared.planned().iter().collect();
    let make = |(path, planned)| make(&prepared, path, planned, sink, cache);
    let made: Vec<_> = planned.into_par_iter().map(make).collect();
    let mut outputs = OutputSet::default();
    let mut faults = Vec::new();
    let (mut pages, mut rendered) = (0, 0);
    for made in made {
        match made {
            Ok(made) => {
                pages += usize::from(made.is_page);
                rendered += usize::from(made.is_page && made.is_new);
                found.extend(made.found);
                outputs.extend(made.kept);
            }
            Err(fault) => faults.push(fault),
        }
    }
    watcher(Phase::Grade);
    found.extend(merge(faults));
    let diagnostics = check::grade(site, Extent::Build, found);
    // Taking a large site apart takes its time, and nobody needs to wait for that.
    rayon::spawn(move || drop(prepared));
    Build { outputs, pages, rendered, diagnostics }
}

/// The root of a site's URLs, beginning and ending in `/`.
#[must_use]
pub fn root(tree: &SourceTree, run: &RunOptions) -> String {
    config::read(tree, run.clone()).0.root().to_owned()
}

/// A file that went to the sink.
struct Made {
    kept: Option<(OutputPath, OutputRecord)>,
    is_page: bool,
    /// Whether it was made for this build, and not for an earlier one.
    is_new: bool,
    found: Vec<Diagnostic>,
}

fn make(
    prepared: &Prepared,
    path: &OutputPath,
    planned: &Planned,
    sink: &dyn Sink,
    cache: &Cache,
) -> Result<Made, RenderFault> {
    let Planned::Page(job, origin) = planned else {
        // What is copied need not be read where it is there already.
        let known =
            prepared.record(planned).filter(|record| sink.keep(path, record)).map(|record| (path.clone(), record));
        let kept = known.or_else(|| prepared.fixed(path, planned).map(|file| put(file, sink)));
        return Ok(Made { kept, is_page: false, is_new: true, found: Vec::new() });
    };
    let is_page = matches!(job, Job::Page(_));
    let renderer = prepared.renderer();
    if !cache.is_on() {
        let (file, found) = render(&renderer, *job, &renderer.view(*job, origin)?, path, origin)?;
        return Ok(Made { kept: Some(put(file, sink)), is_page, is_new: true, found });
    }
    let (key, view) = renderer.key(prepared.ground(), *job, origin)?;
    let known: Option<KnownPage> = cache.get(Step::Page, key);
    let is_known = known.is_some();
    if let Some((record, found)) = known.filter(|(record, _)| sink.keep(path, record)) {
        return Ok(Made { kept: Some((path.clone(), record)), is_page, is_new: false, found });
    }
    let view = view.map_or_else(|| renderer.view(*job, origin), Ok)?;
    let (file, found) = render(&renderer, *job, &view, path, origin)?;
    let kept = put(file, sink);
    if !is_known {
        cache.put(Step::Page, key, &(kept.1, &found));
    }
    Ok(Made { kept: Some(kept), is_page, is_new: true, found })
}

/// Renders a page and looks at it.
fn render(
    renderer: &Renderer<'_>,
    job: Job,
    view: &PageView,
    path: &OutputPath,
    origin: &Origin,
) -> Result<(OutputFile, Vec<Diagnostic>), RenderFault> {
    let file = renderer.render(job, view, path, origin)?;
    let found = check_page(renderer, job, &file);
    Ok((file, found))
}

/// Runs the rules that look at a finished page.
fn check_page(renderer: &Renderer<'_>, job: Job, file: &OutputFile) -> Vec<Diagnostic> {
    let html = std::str::from_utf8(&file.bytes).unwrap_or_default();
    let (url, base_url) = (renderer.url(job), renderer.base_url());
    check::check_output(&FinishedPage { origin: &file.origin, url, base_url, csp: CSP, html }, renderer.settings())
}

/// Hands a file to the sink, and keeps what is to be remembered of it.
fn put(file: OutputFile, sink: &dyn Sink) -> (OutputPath, OutputRecord) {
    let kept = (file.path.clone(), OutputRecord::of(&file));
    if !sink.keep(&kept.0, &kept.1) {
        sink.put(file);
    }
    kept
}

/// One template fault may stop many pages: it is one finding that names the first of them.
fn merge(faults: Vec<RenderFault>) -> Vec<Diagnostic> {
    let mut pages: BTreeMap<String, (Diagnostic, Vec<String>)> = BTreeMap::new();
    for fault in faults {
        let page = format!("{} ({})", fault.url, fault.origin);
        for found in fault.findings {
            let key = format!("{:?} {}", found.place, found.message);
            pages.entry(key).or_insert_with(|| (found, Vec::new())).1.push(page.clone());
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
