//! How long each phase of a build takes: load, link, check, render, write.
//!
//! `cargo bench --bench phases` prints a table. Every phase gets what the one before it made, from
//! the pages that `benches/corpus/` makes, the same in every run.

#[path = "corpus/mod.rs"]
mod corpus;

use std::sync::Arc;

use divan::Bencher;
use pamphlet::check;
use pamphlet::config::{self, Settings};
use pamphlet::content::{self, Content};
use pamphlet::host::write::Stage;
use pamphlet::memo::{Query, Table};
use pamphlet::output::{OutputFile, OutputRecord, OutputSet, Sink};
use pamphlet::pipeline::{Memo, Prepared};
use pamphlet::site;
use pamphlet::source::SourceTree;
use rayon::prelude::*;

const PAGES: [usize; 2] = [1_000, 10_000];

fn main() {
    divan::main();
}

fn sources(pages: usize) -> (SourceTree, Settings) {
    let tree = corpus::tree(pages, "");
    let (settings, _) = config::read(&tree, corpus::run_options());
    (tree, settings)
}

fn content(tree: &SourceTree, settings: &Settings) -> Content {
    content::load(tree, settings, &content::Memo::in_memory(None), None).0
}

/// Front matter, outlines and locations.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn load(bencher: Bencher<'_, '_>, pages: usize) {
    let (tree, settings) = sources(pages);
    bencher.bench(|| content(&tree, &settings).documents.len());
}

/// Addresses, links, relations and lists.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn link(bencher: Bencher<'_, '_>, pages: usize) {
    let (tree, settings) = sources(pages);
    let content = content(&tree, &settings);
    bencher
        .with_inputs(|| content.clone())
        .bench_values(|content| site::link(&tree, &settings, content).pages.len());
}

/// The rules on documents and on the site.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>, pages: usize) {
    let (tree, settings) = sources(pages);
    let site = site::link(&tree, &settings, content(&tree, &settings));
    bencher
        .with_inputs(|| Table::in_memory(Query::DocumentFindings, None))
        .bench_values(|memo| check::check_site(&site, &tree, &memo).len());
}

fn render_all(prepared: &Prepared) -> Vec<OutputFile> {
    let paths: Vec<_> = prepared.paths().collect();
    paths
        .into_par_iter()
        .filter_map(|path| prepared.file(path))
        .filter_map(Result::ok)
        .collect()
}

/// Views, templates and machine files.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn render(bencher: Bencher<'_, '_>, pages: usize) {
    let prepared = Prepared::new(
        Arc::new(sources(pages).0),
        corpus::run_options(),
        &Memo::default(),
    );
    bencher.bench(|| render_all(&prepared).len());
}

/// Staging and committing a whole site to a folder that is not there yet.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn write(bencher: Bencher<'_, '_>, pages: usize) {
    let prepared = Prepared::new(
        Arc::new(sources(pages).0),
        corpus::run_options(),
        &Memo::default(),
    );
    let files = render_all(&prepared);
    let mut outputs = OutputSet::default();
    for file in &files {
        outputs.insert(file.path.clone(), OutputRecord::of(file));
    }
    let folder = || tempfile::tempdir().expect("a temporary folder");
    bencher.with_inputs(folder).bench_refs(|folder| {
        let stage = Stage::open(&folder.path().join("public")).expect("a new folder");
        files.par_iter().for_each(|file| stage.put(file.clone()));
        stage.commit(&outputs).expect("a folder of our own")
    });
}
