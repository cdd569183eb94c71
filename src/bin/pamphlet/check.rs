//! `pamphlet check`: every finding, and nothing written.

use anyhow::Result;
use pamphlet::diagnostic::Tally;
use pamphlet::host::memory::Memory;
use pamphlet::host::read;
use pamphlet::pipeline;

use crate::args::{CheckArguments, Format};
use crate::report::{self, Outcome};

/// Checks a site, down to its finished pages.
///
/// # Errors
/// When the site's folder cannot be read.
pub fn run(arguments: &CheckArguments) -> Result<Outcome> {
    let tree = read::read(&arguments.site.site)?;
    let build = pipeline::build(&tree, arguments.site.run_options(), &Memory::default());
    report::findings(&build.diagnostics, &tree, arguments.findings)?;
    let tally = Tally::of(&build.diagnostics);
    if arguments.findings.format == Format::Human {
        report::say(format_args!("checked {}: {tally}", report::count(build.pages, "page")))?;
    }
    Ok(Outcome::of(tally, arguments.findings.strict))
}
