//! The phases in order: load → link → check, and then assets → render → checks of the output.
//!
//! This is the only way to build a site: the command line, the development server and the tests all come through here
//! with a source tree, the options of the run and a sink.

mod fixes;

use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

pub use fixes::{Fixes, fix};

use crate::assets::{self, Assets};
use crate::check::{self, Extent, FinishedPage};
use crate::config::{self, RunOptions};
use crate::content;
use crate::diagnostic::{Diagnostic, Tally};
use crate::output::{Origin, OutputFile, OutputPath, OutputRecord, OutputSet, Sink, clashes};
use crate::render::{self, CSP, Job, RenderFault, Renderer};
use crate::site::{self, Site};
use crate::source::SourceTree;

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
    /// How many pages were rendered.
    pub pages: usize,
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
    let (content, findings) = content::load(tree, &settings);
    found.extend(findings);
    let site = site::link(tree, &settings, content);
    found.extend(check::check_site(&site));
    Analysis { site, found }
}

/// Builds a site: every finished file goes to the sink, whatever the findings are; whoever owns the sink decides.
#[must_use]
pub fn build(tree: &SourceTree, run: RunOptions, sink: &dyn Sink) -> Build {
    let Analysis { site, mut found } = analyze(tree, run);
    let assets = process_assets(tree, &site);
    let (renderer, findings) = Renderer::new(&site, tree, &assets.manifest);
    found.extend(findings);
    let mut jobs = renderer.jobs();
    let mut fixed = fixed_files(tree, &site, &assets);
    let planned = jobs.iter().map(|(_, path, origin)| (path, origin));
    let clashes = clashes(planned.chain(fixed.iter().map(|file| (&file.path, &file.origin))));
    found.extend(check::clashes(&site, &clashes));
    // Of two files that want one path the first is written, whichever thread is faster.
    let equal = clashes.iter().filter(|clash| clash.path == clash.other);
    let lost: HashSet<(&OutputPath, &Origin)> = equal.map(|clash| (&clash.other, &clash.origins[1])).collect();
    jobs.retain(|(_, path, origin)| !lost.contains(&(path, origin)));
    fixed.retain(|file| !lost.contains(&(&file.path, &file.origin)));

    let rendered: Vec<_> =
        jobs.into_par_iter().map(|(job, path, origin)| finish(&renderer, job, &path, &origin, sink)).collect();
    let copied: Vec<_> = fixed.into_par_iter().map(|file| put(file, sink)).collect();
    let mut outputs = OutputSet::default();
    let mut faults = Vec::new();
    let mut pages = 0;
    for result in rendered {
        match result {
            Ok(finished) => {
                pages += usize::from(finished.is_page);
                found.extend(finished.found);
                outputs.insert(finished.path, finished.record);
            }
            Err(fault) => faults.push(fault),
        }
    }
    for (path, record) in copied {
        outputs.insert(path, record);
    }
    found.extend(merge(faults));
    let diagnostics = check::grade(&site, Extent::Build, found);
    Build { outputs, pages, diagnostics }
}

/// The root of a site's URLs, beginning and ending in `/`.
#[must_use]
pub fn root(tree: &SourceTree, run: &RunOptions) -> String {
    config::read(tree, run.clone()).0.root().to_owned()
}

fn process_assets(tree: &SourceTree, site: &Site) -> Assets {
    let zips = render::zips_module(site).map(|module| (render::ZIPS_ASSET.to_owned(), module.into_bytes()));
    assets::process(tree, zips.into_iter().collect())
}

/// The files that no template makes: assets, downloads, machine files.
fn fixed_files(tree: &SourceTree, site: &Site, assets: &Assets) -> Vec<OutputFile> {
    let copy = |file: &site::ContentFile| {
        let bytes = tree.get(file.source.as_str())?.clone();
        Some(OutputFile { path: file.output.clone(), bytes, origin: Origin::Source(file.source.clone()) })
    };
    let has_static = |name: &str| tree.get(&format!("static/{name}")).is_some();
    let copied = site.files.iter().filter_map(copy);
    copied.chain(assets.files.iter().cloned()).chain(render::machine_files(site, &has_static)).collect()
}

struct Finished {
    path: OutputPath,
    record: OutputRecord,
    is_page: bool,
    found: Vec<Diagnostic>,
}

fn finish(
    renderer: &Renderer<'_>,
    job: Job<'_>,
    path: &OutputPath,
    origin: &Origin,
    sink: &dyn Sink,
) -> Result<Finished, RenderFault> {
    let file = renderer.render(job, path, origin)?;
    let html = std::str::from_utf8(&file.bytes).unwrap_or_default();
    let base_url = renderer.base_url();
    let found = check::check_output(&FinishedPage { origin, url: renderer.url(job), base_url, csp: CSP, html });
    let (path, record) = put(file, sink);
    Ok(Finished { path, record, is_page: matches!(job, Job::Page(_)), found })
}

/// Hands a file to the sink, and keeps what is to be remembered of it.
fn put(file: OutputFile, sink: &dyn Sink) -> (OutputPath, OutputRecord) {
    let kept = (file.path.clone(), OutputRecord::of(&file));
    sink.put(file);
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
