//! `pamphlet serve`: the site in a browser, built again when a file changes.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use pamphlet::host::watch::Method;
use pamphlet::pipeline::Build;
use pamphlet::serve::{self, Day, Reporter, ServeOptions};
use pamphlet::source::SourceTree;

use crate::args::{Format, ServeArguments};
use crate::report::{self, Findings, Outcome, count};

/// Serves a site until it is interrupted.
///
/// # Errors
/// When the site cannot be read or watched, or no port can be taken.
pub fn run(arguments: &ServeArguments) -> Result<Outcome> {
    let options = ServeOptions {
        root: arguments.site.site.clone(),
        run: arguments.site.run_options(),
        day: if arguments.site.as_of.is_some() { Day::Fixed } else { Day::Moving },
        port: arguments.port,
        watching: if arguments.poll { Method::Polling } else { Method::Events },
    };
    serve::run(
        options,
        Box::new(Terminal { start: Instant::now(), is_first: true, site: arguments.site.site.clone() }),
    )?;
    Ok(Outcome::Good)
}

/// Tells the terminal what the server does.
struct Terminal {
    start: Instant,
    is_first: bool,
    site: PathBuf,
}

impl Reporter for Terminal {
    fn building(&mut self) {
        self.start = Instant::now();
    }

    fn built(&mut self, build: &Build, tree: &SourceTree) {
        let word = if self.is_first { "built" } else { "built again:" };
        self.is_first = false;
        let line = format!(
            "{word} {}; {}; {} ms",
            count(build.pages, "page"),
            build.tally(),
            self.start.elapsed().as_millis()
        );
        let findings = Findings { found: &build.diagnostics, tree, site: &self.site };
        // A terminal that is gone is no reason to stop serving.
        let _ = report::findings(findings, Format::Human).and_then(|()| report::say(line));
    }

    fn listens(&mut self, address: &str, wanted: u16, taken: u16) {
        let why = if wanted == taken { String::new() } else { format!(" (port {wanted} is busy)") };
        let _ = report::say(format_args!("serving {address}{why}; press Ctrl-C to stop"));
    }

    fn failed(&mut self, error: &anyhow::Error) {
        report::complain(&format!("{error:#}"));
    }
}
