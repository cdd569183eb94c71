//! A small site in memory, for the other tests.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::diagnostic::human::{self, Look};
use pamphlet::diagnostic::{Diagnostic, RuleId};
use pamphlet::host::memory::Memory;
use pamphlet::host::theme_files;
use pamphlet::pipeline;
use pamphlet::source::{SourcePath, SourceTree};

/// The day for which tests build.
pub const TODAY: Date = date(2026, 3, 1);

/// What a site of one page or two is always told.
pub const OF_SMALL_SITES: [RuleId; 6] = [
    RuleId::AwaitsReview,
    RuleId::DeadEnd,
    RuleId::DuplicateSummary,
    RuleId::DuplicateTitle,
    RuleId::MissingSources,
    RuleId::OrphanPage,
];

/// The options of a test's run.
pub fn run_options() -> RunOptions {
    RunOptions {
        as_of: TODAY,
        drafts: Drafts::Excluded,
    }
}

/// A built site: its files as text or bytes, and its findings.
pub struct Built {
    pub files: BTreeMap<String, Vec<u8>>,
    pub diagnostics: Vec<Diagnostic>,
    pub tree: SourceTree,
}

impl Built {
    /// The findings as people see them, without colours.
    pub fn findings(&self) -> String {
        human::render(&self.diagnostics, &self.tree, "", Look::Plain)
    }

    /// The findings as `rule path:line:column`, without those that every very small site has.
    pub fn short(&self) -> Vec<String> {
        let line = |found: &Diagnostic| {
            let text = self.tree.text(&found.place.path).zip(found.place.span);
            let place = text.map(|(text, span)| {
                let place = pamphlet::source::LineIndex::new(text).line_column(span.start);
                format!(":{}:{}", place.line, place.column)
            });
            format!(
                "{} {}{}",
                found.rule,
                found.place.path,
                place.unwrap_or_default()
            )
        };
        self.diagnostics
            .iter()
            .filter(|found| !OF_SMALL_SITES.contains(&found.rule))
            .map(line)
            .collect()
    }
}

/// The theme beneath the given files, as the host lays it.
pub fn tree<P: AsRef<str>, B: AsRef<[u8]>>(files: impl IntoIterator<Item = (P, B)>) -> SourceTree {
    let mut tree = SourceTree::default();
    for (name, bytes) in theme_files() {
        if let Some(template) = name.strip_prefix("templates/") {
            tree.insert(
                SourcePath::new(&format!("templates/theme/{template}")),
                bytes.into(),
            );
        }
        tree.insert(SourcePath::new(name), bytes.into());
    }
    for (path, bytes) in files {
        tree.insert(SourcePath::new(path.as_ref()), bytes.as_ref().into());
    }
    tree
}

/// Builds a tree in memory.
pub fn build(tree: SourceTree) -> Built {
    let memory = Memory::default();
    let build = pipeline::build(&tree, run_options(), &memory);
    let files = memory.into_files();
    let files = files
        .into_iter()
        .map(|(path, bytes)| (path.as_str().to_owned(), bytes.to_vec()))
        .collect();
    Built {
        files,
        diagnostics: build.diagnostics,
        tree,
    }
}
