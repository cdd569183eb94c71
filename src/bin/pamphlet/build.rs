//! `pamphlet build`: the site as files.

use std::time::Instant;

use anyhow::Result;
use pamphlet::host::read;
use pamphlet::host::write::{self, Stage, Written};
use pamphlet::pipeline::{self, Build};

use crate::args::{BuildArguments, Format};
use crate::report::{self, Findings, Outcome, count};

/// Builds a site and writes it, unless it has errors.
///
/// # Errors
/// When the site cannot be read, or the output cannot be written.
pub fn run(arguments: &BuildArguments) -> Result<Outcome> {
    let start = Instant::now();
    let site = &arguments.site.site;
    let out = arguments.out.clone().unwrap_or_else(|| site.join("public"));
    let tree = read::read(site)?;
    write::refuse_overlap(&out, site)?;
    let stage = Stage::open(&out)?;
    let build = pipeline::build(&tree, arguments.site.run_options(), &stage);
    report::findings(Findings { found: &build.diagnostics, tree: &tree, site }, arguments.findings.format)?;
    let outcome = Outcome::of(build.tally(), arguments.findings.strict);
    let written = if outcome == Outcome::Good { Some(stage.commit(&build.outputs)?) } else { None };
    if arguments.findings.format == Format::Human {
        report::say(summary(&build, written, start))?;
    }
    Ok(outcome)
}

fn summary(build: &Build, written: Option<Written>, start: Instant) -> String {
    let pages = count(build.pages, "page");
    let files = match written {
        Some(Written { written, unchanged, deleted }) => {
            let deleted = if deleted > 0 { format!(", {deleted} deleted") } else { String::new() };
            format!("{} written, {unchanged} unchanged{deleted}", count(written, "file"))
        }
        None => "nothing written".to_owned(),
    };
    format!("{pages}, {files}; {}; {} ms", build.tally(), start.elapsed().as_millis())
}
