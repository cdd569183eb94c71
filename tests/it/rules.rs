//! Every rule on small sites: what it finds, and what it leaves alone.
//!
//! The cases stand in `tests/rules/<rule>.txt`; `rules/case.rs` says how such a file is written. A
//! case sees the findings of its own rule only, each with its place and the text that it spans: a
//! new rule never changes the cases of another. `RULES=dead-end,long-list` runs these alone.
//! `UPDATE_RULES=1 cargo test --test it rules` writes what was found into the cases that find
//! something; look at the difference before you commit it.

mod case;
mod source;

use std::path::{Path, PathBuf};
use std::{env, fs};

use pamphlet::check::{self, Rule};
use pamphlet::diagnostic::{Diagnostic, Level, RuleId};
use pamphlet::host::memory::Memory;
use pamphlet::pipeline;
use pamphlet::source::{LineIndex, SourceTree};
use rayon::prelude::*;

use crate::site::run_options;
use case::{Case, CaseFile, Side};
use source::Block;

/// How many cases of each side a rule has at least.
const ENOUGH: usize = 3;

/// How much of the text that a finding spans stands in a case.
const SHOWN: usize = 60;

/// Whether a site has to ask for the rule; its cases then do.
fn is_off_by_default(rule: RuleId) -> bool {
    rule.default_level() == Level::Off
}

#[test]
fn every_case_comes_out_as_it_says() {
    let updates = env::var_os("UPDATE_RULES").is_some();
    let only = env::var("RULES").ok();
    let mut files = case_files();
    files.retain(|(_, file)| {
        only.as_ref()
            .is_none_or(|only| only.split(',').any(|name| name == file.rule))
    });
    let faults: Vec<String> = files
        .into_par_iter()
        .flat_map(|(path, file)| run(&path, file, updates))
        .collect();
    assert!(
        faults.is_empty(),
        "{} cases did not come out as they say:\n\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_rule_has_cases_of_both_sides() {
    let files = case_files();
    let mut faults = Vec::new();
    for rule in RuleId::ALL {
        let file = files
            .iter()
            .find(|(_, file)| file.rule == rule.name())
            .map(|(_, file)| file);
        let count = |side| {
            file.map_or(0, |file| {
                file.cases.iter().filter(|case| case.side == side).count()
            })
        };
        let (finds, leaves) = (count(Side::Finds), count(Side::Leaves));
        if finds < ENOUGH || leaves < ENOUGH {
            faults.push(format!(
                "tests/rules/{rule}.txt: finds {finds} and leaves {leaves}, and needs {ENOUGH} each"
            ));
        }
    }
    let strangers = files
        .iter()
        .filter(|(_, file)| RuleId::named(&file.rule).is_none());
    faults.extend(
        strangers.map(|(_, file)| format!("tests/rules/{}.txt: there is no such rule", file.rule)),
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn case_files() -> Vec<(PathBuf, CaseFile)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    let paths = fs::read_dir(folder)
        .expect("tests/rules")
        .map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let rule = path.file_stem().expect("a name").to_string_lossy();
        let file = CaseFile::parse(&rule, &fs::read_to_string(&path).expect("a text"));
        (path, file)
    };
    paths.into_iter().map(read).collect()
}

/// Runs the cases of one file, and says which of them came out otherwise.
fn run(path: &Path, mut file: CaseFile, updates: bool) -> Vec<String> {
    // A file without a rule is a fault of the other test.
    let Some(rule) = RuleId::named(&file.rule) else {
        return Vec::new();
    };
    let found: Vec<Vec<String>> = file.cases.par_iter().map(|case| find(rule, case)).collect();
    if updates {
        file.update(&found);
        // The other test may be reading: it sees the old file or the new one, whole.
        let new = path.with_extension("new");
        fs::write(&new, file.text())
            .and_then(|()| fs::rename(&new, path))
            .expect("the cases are written");
    }
    file.cases
        .iter()
        .zip(&found)
        .filter_map(|(case, found)| fault(rule, case, found))
        .collect()
}

/// The findings of the rule, as the case says them.
fn find(rule: RuleId, case: &Case) -> Vec<String> {
    let level = is_off_by_default(rule).then(|| format!("rules: {{{rule}: warn}}\n"));
    let tree = source::tree(&case.blocks, level.as_deref());
    let found = diagnostics(rule, case, &tree);
    found
        .iter()
        .filter(|found| found.rule == rule)
        .map(|found| line(&tree, found))
        .collect()
}

/// Pages are rendered only for the cases that need them: that takes fifty times as long as to read
/// and link a site.
fn diagnostics(rule: RuleId, case: &Case, tree: &SourceTree) -> Vec<Diagnostic> {
    if check::find(rule).is_some_and(Rule::needs_build)
        || case.blocks.iter().any(Block::is_template)
    {
        pipeline::build(tree, run_options(), &Memory::default()).diagnostics
    } else {
        pipeline::analyze(tree, run_options()).diagnostics()
    }
}

/// `PATH:LINE:COLUMN the spanned text`, or `PATH` alone for the file as a whole.
fn line(tree: &SourceTree, found: &Diagnostic) -> String {
    let path = source::escape(found.place.path.as_str());
    let Some((text, span)) = tree.text(&found.place.path).zip(found.place.span) else {
        return path;
    };
    let place = LineIndex::new(text).line_column(span.start);
    let first = text[span.start..span.end]
        .lines()
        .next()
        .unwrap_or_default();
    let spanned: String = first.chars().take(SHOWN).collect();
    let line = format!(
        "{path}:{}:{} {}",
        place.line,
        place.column,
        source::escape(&spanned)
    );
    line.trim_end().to_owned()
}

fn fault(rule: RuleId, case: &Case, found: &[String]) -> Option<String> {
    let as_said = case.expected == found && (case.side == Side::Leaves || !found.is_empty());
    let lines = |lines: &[String]| match lines {
        [] => "    nothing\n".to_owned(),
        lines => lines.iter().flat_map(|line| ["    ", line, "\n"]).collect(),
    };
    (!as_said).then(|| {
        let (expected, found) = (lines(&case.expected), lines(found));
        format!(
            "{rule}: {}\n  expected\n{expected}  found\n{found}",
            case.name
        )
    })
}
