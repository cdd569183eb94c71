//! `pamphlet build`: the site as files.

use std::time::Duration;

use anyhow::Result;
use pamphlet::host::read;
use pamphlet::host::write::{self, Stage, Written};
use pamphlet::pipeline::{self, Build};

use crate::args::{BuildArguments, Format};
use crate::report::{self, Findings, Outcome, count};
use crate::timings::Timings;

/// Builds a site and writes it, unless it has errors.
///
/// # Errors
/// When the site cannot be read, or the output cannot be written.
pub fn run(arguments: &BuildArguments) -> Result<Outcome> {
    let timings = Timings::start();
    let site = &arguments.site.site;
    let out = arguments.out.clone().unwrap_or_else(|| site.join("public"));
    timings.begin("read files");
    let tree = read::read(site)?;
    write::refuse_overlap(&out, site)?;
    let stage = Stage::open(&out)?;
    let watcher = |phase| timings.begin_phase(phase);
    let build = pipeline::build_watched(&tree, arguments.site.run_options(), &stage, &watcher);
    timings.begin("print findings");
    report::findings(Findings { found: &build.diagnostics, tree: &tree, site }, arguments.findings.format)?;
    timings.begin("write the site");
    let outcome = Outcome::of(build.tally(), arguments.findings.strict);
    let written = if outcome == Outcome::Good { Some(stage.commit(&build.outputs)?) } else { None };
    let lines = timings.lines();
    if arguments.findings.format == Format::Human {
        report::say(summary(&build, written, timings.elapsed()))?;
    }
    if arguments.timings {
        lines.iter().for_each(report::remark);
    }
    Ok(outcome)
}

fn summary(build: &Build, written: Option<Written>, time: Duration) -> String {
    let pages = count(build.pages, "page");
    let files = match written {
        Some(Written { written, unchanged, deleted }) => {
            let deleted = if deleted > 0 { format!(", {deleted} deleted") } else { String::new() };
            format!("{} written, {unchanged} unchanged{deleted}", count(written, "file"))
        }
        None => "nothing written".to_owned(),
    };
    format!("{pages}, {files}; {}; {} ms", build.tally(), time.as_millis())
}
