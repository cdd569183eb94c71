//! Safe fixes, put into the sources: analyse, edit, analyse again, until nothing is left to fix.
//!
//! Works on a copy of the tree and writes no file. A fix never costs: where a file would have an
//! error that it did not have before, it stays as it was.

use std::collections::{BTreeMap, BTreeSet};

use super::analyze;
use crate::config::RunOptions;
use crate::diagnostic::fix::{Fixed, apply};
use crate::diagnostic::{Diagnostic, Fix, RuleId, Safety, Severity};
use crate::source::{SourcePath, SourceTree};

/// How often fixes are looked for: one fix may bring up the next, such as a heading below one that
/// was raised.
const ROUNDS: usize = 50;

/// Sources with safe fixes put in.
#[derive(Clone, Debug)]
pub struct Fixes {
    /// The whole tree with the fixes.
    pub tree: SourceTree,
    /// The files that have changed, with the number of fixes in each.
    pub files: BTreeMap<SourcePath, usize>,
}

impl Fixes {
    /// How many fixes were put in.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.values().sum()
    }
}

type ByFile = BTreeMap<SourcePath, Vec<Diagnostic>>;

/// What is known of fixes that did harm.
#[derive(Default)]
struct FixFailures {
    /// Files in which one did: their fixes go in one by one.
    careful: BTreeSet<SourcePath>,
    /// Fixes that did harm alone.
    refused: Vec<(SourcePath, Fix)>,
}

/// Puts safe fixes into the sources until none is left.
#[must_use]
pub fn fix(tree: &SourceTree, run: &RunOptions) -> Fixes {
    let mut fixes = Fixes {
        tree: tree.clone(),
        files: BTreeMap::new(),
    };
    let mut found = findings(tree, run);
    let mut doubts = FixFailures::default();
    for _ in 0..ROUNDS {
        let chosen = choose(&found, &doubts);
        let round = fixed_files(&fixes.tree, &chosen);
        if round.is_empty() {
            break;
        }
        let next = with(&fixes.tree, &round);
        let after = findings(&next, run);
        let worse: Vec<_> = round
            .keys()
            .filter(|path| is_worse(&found, &after, path))
            .cloned()
            .collect();
        if worse.is_empty() {
            for (path, fixed) in round {
                *fixes.files.entry(path).or_default() += fixed.count;
            }
            (fixes.tree, found) = (next, after);
        }
        for path in worse {
            if doubts.careful.contains(&path) {
                let alone = chosen[&path]
                    .first()
                    .and_then(|found| found.fix.as_deref().cloned());
                doubts.refused.extend(alone.map(|fix| (path, fix)));
            } else {
                doubts.careful.insert(path);
            }
        }
    }
    fixes
}

/// The findings whose fixes go in next.
fn choose(found: &ByFile, doubts: &FixFailures) -> ByFile {
    let is_safe = |path: &SourcePath, found: &Diagnostic| {
        let fix = found
            .fix
            .as_deref()
            .filter(|fix| fix.safety == Safety::Safe);
        fix.is_some_and(|fix| {
            !doubts
                .refused
                .iter()
                .any(|(other, refused)| other == path && refused == fix)
        })
    };
    let chosen = found.iter().map(|(path, found)| {
        let most = if doubts.careful.contains(path) {
            1
        } else {
            usize::MAX
        };
        let own = found.iter().filter(|found| is_safe(path, found)).take(most);
        (path.clone(), own.cloned().collect())
    });
    chosen
        .filter(|(_, found): &(SourcePath, Vec<Diagnostic>)| !found.is_empty())
        .collect()
}

fn findings(tree: &SourceTree, run: &RunOptions) -> ByFile {
    let mut by_file = ByFile::new();
    for found in analyze(tree, run.clone()).diagnostics() {
        by_file
            .entry(found.place.path.clone())
            .or_default()
            .push(found);
    }
    by_file
}

/// The files with the chosen fixes put in.
fn fixed_files(tree: &SourceTree, chosen: &ByFile) -> BTreeMap<SourcePath, Fixed> {
    let fixed = chosen
        .iter()
        .filter_map(|(path, found)| Some((path.clone(), apply(tree.text(path)?, found))));
    fixed
        .filter(|(path, fixed)| tree.text(path) != Some(&fixed.text))
        .collect()
}

fn with(tree: &SourceTree, fixed: &BTreeMap<SourcePath, Fixed>) -> SourceTree {
    let mut tree = tree.clone();
    for (path, fixed) in fixed {
        tree.insert(path.clone(), fixed.text.as_bytes().into());
    }
    tree
}

/// Whether a file has more errors of some rule than before.
fn is_worse(before: &ByFile, after: &ByFile, path: &SourcePath) -> bool {
    let (before, after) = (errors(before, path), errors(after, path));
    after
        .iter()
        .any(|(rule, count)| *count > before.get(rule).copied().unwrap_or_default())
}

fn errors(found: &ByFile, path: &SourcePath) -> BTreeMap<RuleId, usize> {
    let mut counts = BTreeMap::new();
    for found in found
        .get(path)
        .into_iter()
        .flatten()
        .filter(|found| found.severity == Severity::Error)
    {
        *counts.entry(found.rule).or_default() += 1;
    }
    counts
}
