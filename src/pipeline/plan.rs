//! The plan of a site: every file that it has, where each comes from, and which of two that want
//! one path is left out.

use std::collections::{BTreeMap, HashSet};

use crate::assets::Assets;
use crate::check;
use crate::diagnostic::Diagnostic;
use crate::output::{Origin, OutputFile, OutputPath, clashes};
use crate::render::search::{self, SearchFile};
use crate::render::{self, Job};
use crate::site::Site;
use crate::source::{SourcePath, SourceTree};

/// How a file is made.
#[derive(Clone, Debug)]
pub(super) enum OutputSpec {
    /// By a template.
    Page(Job, Origin),
    /// As a copy of a source.
    Copy(Origin, SourcePath),
    /// As one of the assets, by its number.
    Asset(usize),
    /// As a file of the search index.
    Search(SearchFile),
    /// As a feed or another file for machines, which is made already.
    Machine(OutputFile),
}

/// Every file of a site.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) files: BTreeMap<OutputPath, OutputSpec>,
}

impl Plan {
    /// Plans a site; files that want one path are findings, and the first of them is kept.
    pub(super) fn new(tree: &SourceTree, site: &Site, assets: &Assets) -> (Self, Vec<Diagnostic>) {
        let wanted = wanted(tree, site, assets);
        let clashes = clashes(wanted.iter().map(|(path, origin, _)| (path, origin)));
        // Of two files that want one path the first is written, whichever thread is faster.
        let equal = clashes.iter().filter(|clash| clash.path == clash.other);
        let lost: HashSet<(&OutputPath, &Origin)> = equal
            .map(|clash| (&clash.other, &clash.origins[1]))
            .collect();
        let kept = wanted
            .into_iter()
            .filter(|(path, origin, _)| !lost.contains(&(path, origin)));
        let files = kept.map(|(path, _, planned)| (path, planned)).collect();
        (Self { files }, check::clashes(site, &clashes))
    }
}

/// A file that a site wants, with where it comes from.
type Wanted = (OutputPath, Origin, OutputSpec);

/// All files that a site wants, though two may want one path.
fn wanted(tree: &SourceTree, site: &Site, assets: &Assets) -> Vec<Wanted> {
    let has_static = |name: &str| tree.get(&format!("static/{name}")).is_some();
    let (jobs, machine) = rayon::join(
        || render::jobs(site),
        || render::machine_files(site, &has_static),
    );
    let search = search::files(site);
    let most = jobs.len() + site.files.len() + assets.files.len() + machine.len() + search.len();
    let mut wanted: Vec<Wanted> = Vec::with_capacity(most);
    wanted.extend(
        jobs.into_iter()
            .map(|(job, path, origin)| (path, origin.clone(), OutputSpec::Page(job, origin))),
    );
    let copies = site.files.iter().map(|file| {
        let origin = Origin::Source(file.source.clone());
        (
            file.output.clone(),
            origin.clone(),
            OutputSpec::Copy(origin, file.source.clone()),
        )
    });
    wanted.extend(copies);
    let assets = assets.files.iter().enumerate();
    wanted.extend(assets.map(|(number, file)| {
        (
            file.path.clone(),
            file.origin.clone(),
            OutputSpec::Asset(number),
        )
    }));
    wanted.extend(machine.into_iter().map(|file| {
        (
            file.path.clone(),
            file.origin.clone(),
            OutputSpec::Machine(file),
        )
    }));
    wanted.extend(
        search
            .into_iter()
            .map(|(path, file)| (path, file.origin(), OutputSpec::Search(file))),
    );
    wanted
}
