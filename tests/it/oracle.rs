//! The oracle: after any sequence of edits, a folder that is built over and over holds what a clean build would write.
//!
//! Each sequence makes ten edits of every kind: pages that come, change, move, break and go, files beside them, settings,
//! locations, templates and styles. After each, the site is built into the same folder and compared with a clean build in
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
use proptest::sample::Index;

use crate::site::{run_options, tree};

const SEQUENCES: u32 = 30;
const EDITS: usize = 10;

type Files = BTreeMap<String, String>;

/// One thing that an editor does.
#[derive(Clone, Debug)]
enum Edit {
    /// Writes one of the texts to one of the names.
    Write(Index, Index),
    /// Deletes a file.
    Delete(Index),
    /// Gives a file another name.
    Rename(Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), any::<Index>()).prop_map(|(name, text)| Edit::Write(name, text)),
        2 => any::<Index>().prop_map(Edit::Delete),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

const PAGES: &[&str] = &[
    "content/conditions/a.md",
    "content/conditions/b.md",
    "content/conditions/b/index.md",
    "content/tests/t.md",
    "content/treatments/r.md",
    "content/about.md",
    "content/index.md",
];

const TEXTS: &[&str] = &[
    "---\ntitle: One\nsummary: S\n---\n## H\n\nWords.\n",
    "---\ntitle: Two\nsummary: S\naliases: [/old/]\n---\nOther words.\n",
    "---\ntitle: Three\nsummary: S\nlocations: all\n---\n[home](/)\n",
    "---\ntitle: Draft\nsummary: S\ndraft: true\n---\n",
    "---\ntitle: Broken\nsummary: S\n---\n[x](nowhere.md)\n",
    "---\ntitle: Fault\nsumary: S\n---\n",
];

/// Files besides the pages, each with the texts that it may have.
const OTHERS: &[(&str, &[&str])] = &[
    ("content/site.yaml", &["title: T\nbase_url: https://example.org/\n", "title: U\n", "titel: broken\n"]),
    (
        "content/locations.yaml",
        &["- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6}\n", "- {id: l}\n"],
    ),
    ("content/conditions/image.txt", &["one", "two"]),
    ("static/assets/site.css", &["a {}", "b {}"]),
    ("static/old", &["a file where an alias has a folder"]),
    ("templates/article.html", &["{% extends \"theme/article.html\" %}", "{{ nothing }}"]),
];

fn apply(files: &mut Files, edit: &Edit) {
    match edit {
        Edit::Write(name, text) => {
            let at = name.index(PAGES.len() + OTHERS.len());
            let (name, texts) = PAGES.get(at).map_or_else(|| OTHERS[at - PAGES.len()], |name| (*name, TEXTS));
            files.insert(name.to_owned(), texts[text.index(texts.len())].to_owned());
        }
        Edit::Delete(which) => drop(taken(files, *which)),
        Edit::Rename(which, to) => {
            if let Some((name, text)) = taken(files, *which) {
                let to = if name.ends_with(".md") { PAGES[to.index(PAGES.len())].to_owned() } else { name };
                files.insert(to, text);
            }
        }
    }
}

fn taken(files: &mut Files, which: Index) -> Option<(String, String)> {
    let name = files.keys().nth(which.index(files.len().max(1)))?.clone();
    files.remove_entry(&name)
}

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
        let mut files = Files::from([
            ("content/site.yaml".to_owned(), OTHERS[0].1[0].to_owned()),
            ("content/conditions/a.md".to_owned(), TEXTS[0].to_owned()),
        ]);
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
