//! The findings of a prepared site, in the background of a preview.
//!
//! Gives what a build of the same sources gives. A page is rendered again only when what it is made
//! of has changed.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::make::{look as look_at_file, render};
use super::plan::Planned;
use super::{Prepared, merge};
use crate::cache::Key;
use crate::check::{self, CheckMemo, Extent};
use crate::diagnostic::Diagnostic;
use crate::output::{Origin, OutputPath};
use crate::render::{Job, RenderFault};

/// What one examination leaves for the next.
#[derive(Debug, Default)]
pub struct ExamMemo {
    checks: CheckMemo,
    pages: HashMap<OutputPath, (Key, Vec<Diagnostic>)>,
    files: HashMap<OutputPath, (Key, Vec<Diagnostic>)>,
}

/// The findings of a site.
#[derive(Debug)]
pub struct Examination {
    /// All of them, graded and in order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many pages were rendered for it.
    pub rendered: usize,
}

/// How many pages are looked at before it is asked whether to go on.
const AT_ONCE: usize = 32;

/// Looks for everything that is wrong with a site; gives up with nothing when it is no longer
/// wanted.
#[must_use]
pub fn examine(
    prepared: &Prepared,
    memo: &mut ExamMemo,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Option<Examination> {
    let mut found = prepared.found().to_vec();
    found.extend(check::check_again(prepared.site(), &mut memo.checks));
    let pages = prepared
        .planned()
        .iter()
        .filter_map(|(path, planned)| match planned {
            Planned::Page(job, origin) => Some((path, *job, origin)),
            _ => None,
        });
    let pages: Vec<_> = pages.collect();
    let there: HashSet<&OutputPath> = pages.iter().map(|(path, ..)| *path).collect();
    memo.pages.retain(|path, _| there.contains(path));
    let (mut faults, mut rendered) = (Vec::new(), 0);
    for pages in pages.chunks(AT_ONCE) {
        if !is_wanted() {
            return None;
        }
        let known = &memo.pages;
        let looked: Vec<_> = pages
            .par_iter()
            .map(|page| look(prepared, known, *page))
            .collect();
        for ((path, ..), looked) in pages.iter().zip(looked) {
            match looked {
                Ok(Looked::Known) => {}
                Ok(Looked::New(key, found)) => {
                    rendered += 1;
                    memo.pages.insert((*path).clone(), (key, found));
                }
                Err(fault) => {
                    memo.pages.remove(*path);
                    faults.push(fault);
                }
            }
        }
    }
    let of_pages = pages.iter().filter_map(|(path, ..)| memo.pages.get(*path));
    found.extend(of_pages.flat_map(|(_, found)| found.clone()));
    found.extend(merge(faults));
    found.extend(of_files(prepared, &mut memo.files));
    Some(Examination {
        diagnostics: check::grade(prepared.site(), Extent::Build, found),
        rendered,
    })
}

/// The findings of the files that no template makes.
fn of_files(prepared: &Prepared, memo: &mut KnownPages) -> Vec<Diagnostic> {
    let mut known = KnownPages::new();
    for (path, planned) in prepared.planned() {
        let Some(key) = prepared.look_key(path, planned) else {
            continue;
        };
        let last = memo.remove(path).filter(|(last, _)| *last == key);
        let found = last.map_or_else(|| look_at_file(prepared, path, planned), |(_, found)| found);
        known.insert(path.clone(), (key, found));
    }
    *memo = known;
    let mut found: Vec<_> = memo.iter().collect();
    found.sort_by_key(|(path, _)| *path);
    found
        .into_iter()
        .flat_map(|(_, (_, found))| found.clone())
        .collect()
}

enum Looked {
    Known,
    New(Key, Vec<Diagnostic>),
}

type KnownPages = HashMap<OutputPath, (Key, Vec<Diagnostic>)>;

fn look(
    prepared: &Prepared,
    known: &KnownPages,
    (path, job, origin): (&OutputPath, Job, &Origin),
) -> Result<Looked, RenderFault> {
    let renderer = prepared.renderer();
    let (key, view) = renderer.key(prepared.ground(), job, origin)?;
    if known.get(path).is_some_and(|(known, _)| *known == key) {
        return Ok(Looked::Known);
    }
    let view = view.map_or_else(|| renderer.view(job, origin), Ok)?;
    let (_, found) = render(prepared, &renderer, job, &view, path, origin)?;
    Ok(Looked::New(key, found))
}
