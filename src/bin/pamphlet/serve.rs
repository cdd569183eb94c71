//! `pamphlet serve`: the site in a browser while it is being written.

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::Result;
use pamphlet::diagnostic::{Diagnostic, Tally};
use pamphlet::host::watch::Method;
use pamphlet::serve::{self, Address, Day, Reach, Rebuild, Reporter, ServeOptions};

use crate::args::{Format, ServeArguments};
use crate::report::{self, Findings, Outcome, count};

/// Serves a site until it is interrupted.
///
/// # Errors
/// When the site cannot be read or watched, or no port can be taken.
pub fn run(arguments: &ServeArguments) -> Result<Outcome> {
    let options = ServeOptions {
        root: arguments.site.clone(),
        run: arguments.run_options(),
        day: if arguments.as_of.is_some() {
            Day::Fixed
        } else {
            Day::Moving
        },
        host: arguments.host.clone(),
        port: arguments.port,
        watching: if arguments.poll {
            Method::Polling
        } else {
            Method::Events
        },
        editor: arguments.editor.clone(),
    };
    serve::run(
        options,
        Box::new(Terminal {
            site: arguments.site.clone(),
            opens: arguments.open,
            known: HashSet::new(),
        }),
    )?;
    Ok(Outcome::Good)
}

/// Tells the terminal what the server does.
struct Terminal {
    site: PathBuf,
    opens: bool,
    /// The findings that were there before.
    known: HashSet<String>,
}

impl Reporter for Terminal {
    fn listens(&mut self, address: &Address) {
        let Address {
            url,
            wanted,
            taken,
            reach,
        } = address;
        let why = if wanted == taken {
            String::new()
        } else {
            format!(" (port {wanted} is busy)")
        };
        // A terminal that is gone is no reason to stop serving.
        let _ = report::say(format_args!("serving {url}{why}; press Ctrl-C to stop"));
        if *reach == Reach::Network {
            report::warn(
                "every machine of this network can read the site, drafts too; leave out --host to keep it to yourself",
            );
        }
        if self.opens && open::that_detached(url).is_err() {
            report::warn(&format!("no browser could be opened; open {url} yourself"));
        }
    }

    fn rebuilt(&mut self, rebuild: &Rebuild<'_>) {
        // What was said once is not said again after each edit.
        let known = |found: &Diagnostic| self.known.contains(&identity(found));
        let new: Vec<Diagnostic> = rebuild
            .diagnostics
            .iter()
            .filter(|found| !known(found))
            .cloned()
            .collect();
        self.known = rebuild.diagnostics.iter().map(identity).collect();
        let findings = Findings {
            found: &new,
            tree: rebuild.sources,
            site: &self.site,
        };
        let _ = report::findings(findings, Format::Human).and_then(|()| report::say(line(rebuild)));
    }

    fn failed(&mut self, error: &anyhow::Error) {
        report::complain(&format!("{error:#}"));
    }
}

/// What a finding says, without its line: an edit above it makes it no new one.
fn identity(found: &Diagnostic) -> String {
    format!("{} {} {}", found.rule, found.place.path, found.message)
}

/// `content/tests/ecg.md: shown after 3 ms; 1 page rendered; no findings; all done after 21 ms`.
fn line(rebuild: &Rebuild<'_>) -> String {
    let what = match rebuild.changed {
        [] => format!("{} ready", count(rebuild.pages, "page")),
        [one] => one.clone(),
        [one, another] => format!("{one}, {another}"),
        [one, more @ ..] => format!("{one} and {}", count(more.len(), "other file")),
    };
    let (shown, done) = (
        rebuild.shown_after.as_millis(),
        rebuild.examined_after.as_millis(),
    );
    let rendered = count(rebuild.rendered, "page");
    let tally = Tally::of(rebuild.diagnostics);
    format!(
        "{what}: shown after {shown} ms; {rendered} rendered; {tally}; all done after {done} ms"
    )
}
