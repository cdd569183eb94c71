//! The oracle: after any sequence of edits, a folder that is built over and over holds what a clean build would write.
//!
//! Each sequence makes ten edits. After each, the site is built into the same folder and compared with a clean build in
//! memory; a build with errors must leave the folder as the last good one left it.

use std::collections::BTreeMap;
use std::path::Path;

use pamphlet::diagnostic::Severity;
use pamphlet::host::memory::Memory;
use pamphlet::host::write::Stage;
use pamphlet::output::{OutputSet, Sink};
use pamphlet::pipeline;
use pamphlet::source::SourceTree;
use proptest::prelude::*;

use crate::edits::{apply, beginning, edit};
use crate::site::{run_options, tree};

const SEQUENCES: u32 = 30;
const EDITS: usize = 10;

fn clean(tree: &SourceTree) -> (BTreeMap<String, Vec<u8>>, bool) {
    let memory = Memory::default();
    let build = pipeline::build(tree, run_options(), &memory);
    let files = memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
    (files, build.diagnostics.iter().all(|found| found.severity != Severity::Error))
}

/// Builds into a folder; one that is dropped before the commit must leave it alone.
fn build_into(out: &Path, tree: &SourceTree, is_good: bool) {
    let stage = Stage::open(out).expect("a stage");
    let outputs: OutputSet = pipeline::build(tree, run_options(), &stage as &dyn Sink).outputs;
    if is_good {
        stage.commit(&outputs).expect("a commit");
    }
}

fn on_disk(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk =
        walkdir::WalkDir::new(out).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let named = walk.map(|entry| {
        let name = entry.path().strip_prefix(out).expect("inside").to_string_lossy().replace('\\', "/");
        (name, std::fs::read(entry.path()).expect("a file"))
    });
    named.filter(|(name, _)| !name.starts_with(".pamphlet/")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: SEQUENCES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn building_over_and_over_is_building_clean(edits in prop::collection::vec(edit(), EDITS)) {
        let folder = tempfile::tempdir().expect("a folder");
        let out = folder.path().join("public");
        let mut files = beginning();
        let mut expected = BTreeMap::new();
        for edit in &edits {
            apply(&mut files, edit);
            let tree = tree(&files);
            let (built, is_good) = clean(&tree);
            build_into(&out, &tree, is_good);
            if is_good {
                expected = built;
            }
            prop_assert_eq!(on_disk(&out), expected.clone(), "after {:?}", edit);
        }
    }
}
