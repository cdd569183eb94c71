//! `pamphlet build`: the site as files.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use pamphlet::check::{Kilobytes, Weight};
use pamphlet::host::write::{self, Stage, Written};
use pamphlet::host::{cache, read};
use pamphlet::output::DiscardSink;
use pamphlet::pipeline::{self, Build};
use pamphlet::source::SourceTree;

use crate::args::{BuildArguments, Format};
use crate::report::{self, Findings, Outcome, count};
use crate::timings::Timings;

/// Builds a site and writes it, unless it has errors.
///
/// # Errors
/// When the site cannot be read, the output cannot be written, or the cache gave what a clean build
/// does not give.
pub fn run(arguments: &BuildArguments) -> Result<Outcome> {
    let timings = Timings::start();
    let site = &arguments.site.site;
    let out = arguments.out.clone().unwrap_or_else(|| site.join("public"));
    timings.begin("read files");
    let read = if arguments.verify {
        read::read_all
    } else {
        read::read_incremental
    };
    let (stage, (read, memo)) = rayon::join(
        || open(arguments, &out),
        || rayon::join(|| read(site), || cache::memo(site)),
    );
    // What is wrong with the site comes before what is wrong with the place that it would go to.
    let (tree, reading) = read?;
    let tree = Arc::new(tree);
    let stage = stage?;
    timings.begin("recall the last build");
    let watcher = |phase| timings.begin_phase(phase);
    let mut build =
        pipeline::build_with(&tree, arguments.site.run_options(), &stage, &memo, &watcher);
    if arguments.verify {
        timings.begin("build without the cache");
        build.release();
        verify(arguments, &tree, &build)?;
    }
    reading.ensure_unchanged()?;
    timings.begin("print findings");
    report::findings(
        Findings {
            found: &build.diagnostics,
            tree: &tree,
            site,
        },
        arguments.findings.format,
    )?;
    timings.begin("write the site, keep the cache");
    let outcome = Outcome::of(build.tally(), arguments.findings.strict);
    let commit = || {
        (outcome == Outcome::Good)
            .then(|| stage.commit(&build.outputs))
            .transpose()
    };
    let (written, ()) = rayon::join(commit, || report::keep(site, &memo, &reading));
    let written = written?;
    let lines = timings.lines();
    if arguments.findings.format == Format::Human {
        build
            .largest
            .iter()
            .try_for_each(|page| report::say(largest(&page.url, page.weight)))?;
        report::say(summary(&build, written, timings.elapsed()))?;
    }
    if arguments.timings {
        lines.iter().for_each(report::remark);
    }
    // The system takes all memory back at once; to take a large site apart would take a while.
    std::mem::forget((tree, build, memo));
    Ok(outcome)
}

/// Opens the output folder; a site that is not there gets none.
fn open(arguments: &BuildArguments, out: &Path) -> Result<Stage> {
    let site = &arguments.site.site;
    if !site.is_dir() {
        bail!("there is no folder {}", site.display());
    }
    write::refuse_overlap(out, site)?;
    if arguments.verify {
        Stage::open_verifying(out)
    } else {
        Stage::open(out)
    }
}

/// Builds again without the cache, and compares.
fn verify(arguments: &BuildArguments, tree: &SourceTree, build: &Build) -> Result<()> {
    let clean = pipeline::build(tree, arguments.site.run_options(), &DiscardSink);
    let cache = arguments.site.site.join(cache::FOLDER);
    let remedy = format!(
        "nothing was written; delete {} and build again, and please report this",
        cache.display()
    );
    let differing = build.outputs.differences(&clean.outputs);
    if let [first, others @ ..] = differing.as_slice() {
        let others = if others.is_empty() {
            String::new()
        } else {
            format!(" (and {} more)", others.len())
        };
        bail!("the cache gave another {first}{others} than a build without it: {remedy}");
    }
    if build.diagnostics != clean.diagnostics {
        bail!("the cache gave other findings than a build without it: {remedy}");
    }
    report::remark(format_args!(
        "verified: {} as a build without the cache makes them",
        count(clean.outputs.len(), "file")
    ));
    Ok(())
}

fn largest(url: &str, weight: Weight) -> String {
    let (page, scripts) = (
        Kilobytes(weight.html_and_css()),
        Kilobytes(weight.javascript),
    );
    format!("largest page {url}: {page} of HTML and CSS, {scripts} of scripts, compressed")
}

fn summary(build: &Build, written: Option<Written>, time: Duration) -> String {
    let mut pages = count(build.pages, "page");
    if build.rendered < build.pages {
        pages += &format!(" ({} rendered)", build.rendered);
    }
    let files = match written {
        Some(Written {
            written,
            unchanged,
            deleted,
        }) => {
            let deleted = if deleted > 0 {
                format!(", {deleted} deleted")
            } else {
                String::new()
            };
            format!(
                "{} written, {unchanged} unchanged{deleted}",
                count(written, "file")
            )
        }
        None => "nothing written".to_owned(),
    };
    format!(
        "{pages}, {files}; {}; {} ms",
        build.tally(),
        time.as_millis()
    )
}
