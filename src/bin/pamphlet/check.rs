//! `pamphlet check`: every finding, and nothing written but what is asked for.

mod baseline;
mod fix;

use std::sync::Arc;

use anyhow::Result;
use pamphlet::diagnostic::{Diagnostic, Tally};
use pamphlet::host::{cache, read};
use pamphlet::output::DiscardSink;
use pamphlet::pipeline::{self, Build, NO_WATCHER};
use pamphlet::source::SourceTree;

use crate::args::{CheckArguments, Format};
use crate::report::{self, Findings, Outcome, count};

/// Checks a site, down to its finished pages.
///
/// # Errors
/// When the site's folder or the baseline cannot be read, or what was asked for cannot be written.
pub fn run(arguments: &CheckArguments) -> Result<Outcome> {
    let site = &arguments.site.site;
    if arguments.fix {
        return fix::run(arguments, &read::read(site)?);
    }
    let (read, memo) = rayon::join(|| read::read_incremental(site), || cache::memo(site));
    let (tree, reading) = read?;
    let tree = Arc::new(tree);
    let build = pipeline::build_with(
        &tree,
        arguments.site.run_options(),
        &DiscardSink,
        &memo,
        NO_WATCHER,
    );
    reading.ensure_unchanged()?;
    report::keep(site, &memo, &reading);
    if arguments.write_baseline {
        return baseline::write(arguments, &build.diagnostics, &tree);
    }
    let Some(file) = &arguments.baseline else {
        return conclude(
            arguments,
            &tree,
            &build.diagnostics,
            &format!("checked {}", count(build.pages, "page")),
        );
    };
    let compared = baseline::read(file)?.compare(build.diagnostics, &tree);
    let words = format!(
        "checked {}; {} known from the baseline",
        count(build.pages, "page"),
        compared.known
    );
    let outcome = conclude(arguments, &tree, &compared.new, &words)?;
    if arguments.findings.format == Format::Human {
        baseline::say_what_is_paid(&compared)?;
    }
    Ok(outcome)
}

fn build(arguments: &CheckArguments, tree: &SourceTree) -> Build {
    pipeline::build(tree, arguments.site.run_options(), &DiscardSink)
}

/// Shows findings, and says in a line what was done.
fn conclude(
    arguments: &CheckArguments,
    tree: &SourceTree,
    found: &[Diagnostic],
    done: &str,
) -> Result<Outcome> {
    report::findings(
        Findings {
            found,
            tree,
            site: &arguments.site.site,
        },
        arguments.findings.format,
    )?;
    let tally = Tally::of(found);
    if arguments.findings.format == Format::Human {
        report::say(format_args!("{done}: {tally}"))?;
    }
    Ok(Outcome::of(tally, arguments.findings.strict))
}
