//! Every rule on small sites: what it finds, and what it leaves alone.
//!
//! The cases are data: `tests/rules/<rule>.txt`, whose form `tests/rules/README.md` describes. To add one, write the files
//! and run `UPDATE_RULES=1 cargo test --test it rules`, which writes the expected findings; then look at the difference.

mod case;

use std::path::{Path, PathBuf};
use std::{env, fs};

use pamphlet::diagnostic::{Diagnostic, Level, RuleId};
use pamphlet::source::{LineIndex, SourceTree};
use rayon::prelude::*;

use self::case::{Case, Kind};
use crate::site;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn text_of(rule: RuleId) -> Option<String> {
    fs::read_to_string(folder().join(format!("{}.txt", rule.name()))).ok()
}

/// The findings of one rule, as `path:line:column the words`.
fn found(rule: RuleId, case: &Case) -> Vec<String> {
    let default = if rule.default_level() == Level::Off { format!("rules: {{{rule}: warn}}\n") } else { String::new() };
    let tree = case.tree(&default);
    let built = site::build(tree);
    let own = built.diagnostics.iter().filter(|found| found.rule == rule);
    own.map(|found| line(found, &built.tree)).collect()
}

fn line(found: &Diagnostic, tree: &SourceTree) -> String {
    let path = &found.place.path;
    let Some((span, text)) = found.place.span.zip(tree.text(path)) else { return path.to_string() };
    let place = LineIndex::new(text).line_column(span.start);
    let words = text.get(span.start..span.end).expect("a span on character boundaries");
    let words: String = words.lines().next().unwrap_or_default().chars().take(60).collect();
    format!("{path}:{}:{} {}", place.line, place.column, words.trim_end()).trim_end().to_owned()
}

#[test]
fn rules_find_what_they_should_and_no_more() {
    let update = env::var("UPDATE_RULES").is_ok();
    // `RULES=long-list,dead-end` looks at these alone.
    let only = env::var("RULES").ok();
    let is_wanted = |rule: &&RuleId| only.as_ref().is_none_or(|only| only.split(',').any(|name| name == rule.name()));
    let wanted = RuleId::ALL.iter().filter(is_wanted);
    let all: Vec<(RuleId, String)> = wanted.filter_map(|rule| text_of(*rule).map(|text| (*rule, text))).collect();
    let wrong: Vec<String> = all
        .par_iter()
        .flat_map(|(rule, text)| {
            let cases = case::parse(rule.name(), text);
            let results: Vec<_> = cases.into_par_iter().map(|case| (found(*rule, &case), case)).collect();
            if update {
                fs::write(folder().join(format!("{rule}.txt")), case::updated(text, &results)).expect("a file");
            }
            results.iter().filter_map(|(found, case)| mismatch(*rule, found, case)).collect::<Vec<_>>()
        })
        .collect();
    assert!(wrong.is_empty(), "{} cases differ:\n\n{}", wrong.len(), wrong.join("\n"));
}

fn mismatch(rule: RuleId, found: &[String], case: &Case) -> Option<String> {
    let is_right = found == case.expected && (found.is_empty() == (case.kind == Kind::Leaves));
    (!is_right).then(|| format!("{rule}: {}\n  expected {:#?}\n  found {found:#?}\n", case.name, case.expected))
}
