//! What must hold for every site, however broken: the only place where targets assert anything.
//!
//! A fault is a panic whose message names the rule or the file. An assertion never depends on what
//! a rule is about.

use std::collections::BTreeMap;

use pamphlet::config::RunOptions;
use pamphlet::diagnostic::baseline::Baseline;
use pamphlet::diagnostic::{Diagnostic, Fix, Place, RuleId, Safety, Severity, github, human, json, sarif};
use pamphlet::pipeline;
use pamphlet::source::{SourcePath, SourceTree, Span};
use serde_json::Value;

/// Analyses a site and asserts all that holds for any.
///
/// # Panics
/// When something does not hold.
pub fn hold(tree: &SourceTree, run: &RunOptions) {
    let found = findings(tree, run);
    assert_eq!(found, findings(tree, run), "two runs find different things");
    for found in &found {
        places_lie_within_their_files(found, tree);
    }
    findings_are_written(&found, tree);
    findings_are_known_again(&found, tree);
    // Without a safe fix there is nothing to put in.
    if found.iter().any(is_mended) {
        fixes_are_sound(tree, run, &found);
    }
    findings_are_shown(&found, tree);
}

fn findings(tree: &SourceTree, run: &RunOptions) -> Vec<Diagnostic> {
    pipeline::analyze(tree, run.clone()).diagnostics()
}

fn is_mended(found: &Diagnostic) -> bool {
    found.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe)
}

// ---- Places
// ---------------------------------------------------------------------------------------------------------

fn places_lie_within_their_files(found: &Diagnostic, tree: &SourceTree) {
    let related = found.related_places().iter().map(|related| &related.place);
    for Place { path, span } in related.chain([&found.place]) {
        assert!(span.is_none_or(|span| lies_within(tree, path, span)), "{}: {span:?} of {path}", found.rule);
    }
    for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
        let path = &found.place.path;
        assert!(lies_within(tree, path, edit.span), "{}: the edit {edit:?} of {path}", found.rule);
    }
}

fn lies_within(tree: &SourceTree, path: &SourcePath, span: Span) -> bool {
    tree.text(path).is_some_and(|text| text.get(span.start..span.end).is_some())
}

// ---- Reports
// --------------------------------------------------------------------------------------------------------

fn findings_are_written(found: &[Diagnostic], tree: &SourceTree) {
    let lines = json::render(found, tree);
    let objects = lines.lines().filter(|line| serde_json::from_str::<Value>(line).is_ok_and(|line| line.is_object()));
    assert_eq!((lines.lines().count(), objects.count()), (found.len(), found.len()), "JSON is an object a finding");

    let log: Value = serde_json::from_str(&sarif::render(found, tree, "site/", &[])).unwrap_or_default();
    let results = log["runs"][0]["results"].as_array().map(Vec::len);
    assert_eq!(results, Some(found.len()), "SARIF is a result a finding");

    let commands = github::render(found, tree, "site/");
    assert_eq!(commands.lines().count(), found.len(), "GitHub reads a line a finding: {commands:?}");
    assert!(commands.lines().all(|line| line.starts_with("::")), "each line is a command: {commands:?}");
}

/// Goes last: what it finds is common and hides nothing graver then.
fn findings_are_shown(found: &[Diagnostic], tree: &SourceTree) {
    let text = human::render(found, tree, "site/", human::Look::Colored) + &human::counts(found);
    assert!(is_fit_for_a_terminal(&text), "a control character reaches the terminal: {text:?}");
}

/// Whether a text has no control characters but the ends of lines and the sequences that set
/// colours.
fn is_fit_for_a_terminal(text: &str) -> bool {
    text.split("\u{1b}[").all(|piece| piece.chars().all(|c| c == '\n' || !c.is_control()))
}

/// A baseline reads as it was written, and knows all that it was made of.
fn findings_are_known_again(found: &[Diagnostic], tree: &SourceTree) {
    let baseline = Baseline::of(found, tree);
    assert_eq!(Baseline::parse(&baseline.write()).as_ref(), Ok(&baseline), "a baseline reads as it was written");
    let compared = baseline.compare(found.to_vec(), tree);
    assert!(compared.new.is_empty() && compared.paid.is_empty(), "a baseline knows its findings: {compared:?}");
}

// ---- Fixes
// ----------------------------------------------------------------------------------------------------------

fn fixes_are_sound(tree: &SourceTree, run: &RunOptions, before: &[Diagnostic]) {
    let fixes = pipeline::fix(tree, run);
    for (path, bytes) in tree.under("") {
        let is_same = fixes.tree.get(path.as_str()) == Some(bytes);
        assert!(is_same != fixes.files.contains_key(path), "the list of fixed files is wrong about {path}");
    }
    let after = findings(&fixes.tree, run);
    for path in fixes.files.keys() {
        has_no_new_errors(path, before, &after);
    }
    let again = pipeline::fix(&fixes.tree, run);
    for path in again.files.keys() {
        let (once, twice) = (fixes.tree.text(path), again.tree.text(path));
        assert_eq!(once, twice, "fixing what is fixed changes {path}");
    }
}

fn has_no_new_errors(path: &SourcePath, before: &[Diagnostic], after: &[Diagnostic]) {
    let before = errors(path, before);
    for (rule, count) in errors(path, after) {
        let had = before.get(&rule).copied().unwrap_or_default();
        assert!(count <= had, "{path} has {count} errors of {rule} after fixing, and had {had}");
    }
}

fn errors(path: &SourcePath, found: &[Diagnostic]) -> BTreeMap<RuleId, usize> {
    let mut counts = BTreeMap::new();
    for found in found.iter().filter(|found| found.place.path == *path && found.severity == Severity::Error) {
        *counts.entry(found.rule).or_default() += 1;
    }
    counts
}
