//! The preview in memory: after any sequence of edits, what it has carried over gives what a clean
//! build gives.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::host::memory::Memory;
use pamphlet::output::OutputPath;
use pamphlet::pipeline::{self, Build, Memo, Prepared};
use pamphlet::source::SourceTree;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::edits::{Edit, apply, beginning, edit};
use crate::sequences::property_of_sequences;
use crate::site::{TODAY, tree};

const EDITS: usize = 10;

fn options() -> RunOptions {
    RunOptions {
        as_of: TODAY,
        drafts: Drafts::Included,
    }
}

type Files = BTreeMap<OutputPath, Bytes>;

fn clean(tree: &SourceTree) -> (Files, Build) {
    let memory = Memory::default();
    let build = pipeline::build(tree, options(), &memory);
    (memory.into_files(), build)
}

/// Every file that a prepared site gives when it is asked for it; those that cannot be made are
/// left out.
fn files(prepared: &Prepared) -> Files {
    let made = prepared
        .paths()
        .filter_map(|path| Some((path.clone(), prepared.file(path)?.ok()?.bytes)));
    made.collect()
}

property_of_sequences!(
    a_preview_is_a_clean_build,
    16,
    prop::collection::vec(edit(), EDITS),
    preview_is_clean_build
);

fn preview_is_clean_build(edits: &[Edit]) -> TestCaseResult {
    let mut sources = beginning();
    let memo = Memo::default();
    for edit in edits {
        apply(&mut sources, edit);
        let tree = tree(&sources);
        let (expected, build) = clean(&tree);
        let prepared = Prepared::new(Arc::new(tree), options(), &memo);
        prop_assert_eq!(files(&prepared), expected, "after {:?}", edit);
        let found = pipeline::examine(&prepared, &memo, &|| true).expect("nobody stops it");
        prop_assert_eq!(found.diagnostics, build.diagnostics, "after {:?}", edit);
    }
    Ok(())
}

/// A site of which every page is rendered once, and then some of it changes.
fn rendered_again(edit: (&str, &str)) -> usize {
    let mut sources = BTreeMap::from([
        (
            "content/site.yaml",
            "title: T\nbase_url: https://example.org/\n",
        ),
        (
            "content/conditions/a.md",
            "---\ntitle: A\nsummary: S\ntests: [t]\n---\n## H\n\nWords.\n",
        ),
        (
            "content/conditions/b.md",
            "---\ntitle: B\nsummary: S\n---\nWords.\n",
        ),
        (
            "content/tests/t.md",
            "---\ntitle: T\nsummary: S\n---\nWords.\n",
        ),
        (
            "content/about.md",
            "---\ntitle: About\nsummary: S\n---\n[a](conditions/a.md)\n",
        ),
        (
            "templates/components/care-card/care-card.html",
            "{% extends \"theme/components/care-card/care-card.html\" %}",
        ),
    ]);
    let memo = Memo::default();
    let examine = |sources: &BTreeMap<&str, &str>| {
        let prepared = Prepared::new(Arc::new(tree(sources)), options(), &memo);
        pipeline::examine(&prepared, &memo, &|| true)
            .expect("nobody stops it")
            .rendered
    };
    examine(&sources);
    sources.insert(edit.0, edit.1);
    examine(&sources)
}

#[test]
fn an_edit_renders_what_it_changes() {
    let check = |path: &str, text: &str, expected: usize| {
        assert_eq!(rendered_again((path, text)), expected, "{path}: {text:?}");
    };
    check(
        "content/conditions/a.md",
        "---\ntitle: A\nsummary: S\ntests: [t]\n---\n## H\n\nWords.\n",
        0,
    );
    check(
        "content/conditions/a.md",
        "---\ntitle: A\nsummary: S\ntests: [t]\n---\n## H\n\nOther words.\n",
        1,
    );
    // The page, its test, its collection, the home page and the A to Z.
    check(
        "content/conditions/a.md",
        "---\ntitle: New\nsummary: S\ntests: [t]\n---\n## H\n\nWords.\n",
        5,
    );
    check(
        "templates/condition.html",
        "{% extends \"theme/condition.html\" %}",
        2,
    );
    check("content/notes.txt", "A file beside the pages.", 0);
}
