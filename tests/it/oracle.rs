//! The oracle: after any sequence of edits, a folder that is built over and over holds what a clean build would write.
//!
//! Each sequence makes ten edits. After each, the site is built into the same folder and compared with a clean build in
//! memory; a build with errors must leave the folder as the last good one left it. With a cache, files and findings are the
//! same, whatever happens to the cache and to the folder in between.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::civil::{Date, date};
use pamphlet::cache::{Cache, Store};
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::diagnostic::{Diagnostic, Severity};
use pamphlet::host::memory::Memory;
use pamphlet::host::write::Stage;
use pamphlet::output::{OutputSet, Sink};
use pamphlet::pipeline::{self, NOBODY};
use pamphlet::source::SourceTree;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::edits::{apply, beginning, edit};
use crate::site::{TODAY, run_options, tree};

/// How many sequences a usual run tries; `SEQUENCES` in the environment asks for more.
const SEQUENCES: u32 = 30;
const EDITS: usize = 10;

fn sequences() -> u32 {
    std::env::var("SEQUENCES").ok().and_then(|number| number.parse().ok()).unwrap_or(SEQUENCES)
}

type Files = BTreeMap<String, Vec<u8>>;

fn clean(tree: &SourceTree, run: RunOptions) -> (Files, Vec<Diagnostic>) {
    let memory = Memory::default();
    let build = pipeline::build(tree, run, &memory);
    let files = memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    (files, build.diagnostics)
}

fn is_good(found: &[Diagnostic]) -> bool {
    found.iter().all(|found| found.severity != Severity::Error)
}

/// Builds into a folder; one that is dropped before the commit must leave it alone.
fn build_into(out: &Path, tree: &SourceTree, is_good: bool) {
    let stage = Stage::open(out).expect("a stage");
    let outputs: OutputSet = pipeline::build(tree, run_options(), &stage as &dyn Sink).outputs;
    if is_good {
        stage.commit(&outputs).expect("a commit");
    }
}

/// Shelves that outlive a run.
#[derive(Clone, Debug, Default)]
struct Shelves(Arc<Mutex<BTreeMap<&'static str, Vec<u8>>>>);

impl Store for Shelves {
    fn shelf(&self, name: &str) -> Option<Vec<u8>> {
        self.0.lock().expect("shelves").get(name).cloned()
    }
}

/// Builds into a folder with what earlier builds came to; gives the findings.
fn build_with_cache(out: &Path, tree: &SourceTree, run: RunOptions, shelves: &Shelves) -> Vec<Diagnostic> {
    let cache = Cache::new(Box::new(shelves.clone()), blake3::hash(b"a program"));
    let stage = Stage::open(out).expect("a stage");
    let build = pipeline::build_with(tree, run, &stage, &cache, NOBODY);
    if is_good(&build.diagnostics) {
        stage.commit(&build.outputs).expect("a commit");
    }
    shelves.0.lock().expect("shelves").extend(cache.changed());
    build.diagnostics
}

/// What happens to a folder or to a cache while nobody builds.
#[derive(Clone, Debug)]
enum Mishap {
    Nothing,
    FileDeleted(Index),
    FileEdited(Index),
    FolderDeleted,
    ShelfDamaged(Index, Index, u8),
    ShelfDeleted(Index),
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let shelf = (any::<Index>(), any::<Index>(), any::<u8>());
    prop_oneof![
        2 => Just(Mishap::Nothing),
        2 => any::<Index>().prop_map(Mishap::FileDeleted),
        2 => any::<Index>().prop_map(Mishap::FileEdited),
        1 => Just(Mishap::FolderDeleted),
        2 => shelf.prop_map(|(name, at, byte)| Mishap::ShelfDamaged(name, at, byte)),
        1 => any::<Index>().prop_map(Mishap::ShelfDeleted),
    ]
}

/// A day, and whether drafts are shown on it.
fn day() -> impl Strategy<Value = RunOptions> {
    const DAYS: [Date; 3] = [TODAY, date(2026, 4, 1), date(2026, 5, 1)];
    let drafts = prop_oneof![Just(Drafts::Excluded), Just(Drafts::Included)];
    (prop::sample::select(&DAYS), drafts).prop_map(|(as_of, drafts)| RunOptions { as_of, drafts })
}

fn befall(mishap: &Mishap, out: &Path, files: &Files, shelves: &Shelves) {
    let file = |which: &Index| files.keys().nth(which.index(files.len())).map(|name| out.join(name)).expect("a file");
    let mut shelves = shelves.0.lock().expect("shelves");
    let shelf = |which: &Index, shelves: &BTreeMap<&'static str, Vec<u8>>| {
        *shelves.keys().nth(which.index(shelves.len())).expect("a shelf")
    };
    match mishap {
        Mishap::Nothing => {}
        Mishap::FileDeleted(which) => fs::remove_file(file(which)).expect("deleted"),
        Mishap::FileEdited(which) => fs::write(file(which), "somebody's words").expect("written"),
        Mishap::FolderDeleted => fs::remove_dir_all(out).expect("deleted"),
        Mishap::ShelfDamaged(which, at, byte) => {
            let name = shelf(which, &shelves);
            let bytes = shelves.get_mut(name).expect("a shelf");
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        Mishap::ShelfDeleted(which) => {
            let name = shelf(which, &shelves);
            shelves.remove(name);
        }
    }
}

fn on_disk(out: &Path) -> Files {
    let walk =
        walkdir::WalkDir::new(out).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let named = walk.map(|entry| {
        let name = entry.path().strip_prefix(out).expect("inside").to_string_lossy().replace('\\', "/");
        (name, fs::read(entry.path()).expect("a file"))
    });
    named.filter(|(name, _)| !name.starts_with(".pamphlet/")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: sequences(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn building_over_and_over_is_building_clean(edits in prop::collection::vec(edit(), EDITS)) {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("public");
        let mut files = beginning();
        let mut expected = BTreeMap::new();
        for edit in &edits {
            apply(&mut files, edit);
            let tree = tree(&files);
            let (built, found) = clean(&tree, run_options());
            build_into(&out, &tree, is_good(&found));
            if is_good(&found) {
                expected = built;
            }
            prop_assert_eq!(on_disk(&out), expected.clone(), "after {:?}", edit);
        }
    }

    #[test]
    fn a_build_with_a_cache_is_a_clean_build(edits in prop::collection::vec((edit(), mishap(), day()), EDITS)) {
        let folder = tempfile::tempdir().expect("a folder");
        let (out, shelves) = (folder.path().join("public"), Shelves::default());
        let mut files = beginning();
        let mut expected = Files::new();
        for (edit, mishap, run) in &edits {
            apply(&mut files, edit);
            let tree = tree(&files);
            let (built, found) = clean(&tree, run.clone());
            prop_assert_eq!(&build_with_cache(&out, &tree, run.clone(), &shelves), &found, "after {:?}", edit);
            if is_good(&found) {
                expected = built;
            }
            prop_assert_eq!(on_disk(&out), expected.clone(), "after {:?}", edit);
            if is_good(&found) {
                befall(mishap, &out, &expected, &shelves);
                prop_assert_eq!(&build_with_cache(&out, &tree, run.clone(), &shelves), &found, "after {:?}", mishap);
                prop_assert_eq!(on_disk(&out), expected.clone(), "after {:?}", mishap);
            }
        }
    }
}
