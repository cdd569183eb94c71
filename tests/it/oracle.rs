//! The oracle: after any sequence of edits, a folder that is built over and over holds what a clean
//! build would write.
//!
//! Each sequence makes ten edits. After each, the site is built into the same folder and compared
//! with a clean build in memory; a build with errors must leave the folder as the last good one
//! left it. With a cache, files and findings are the same, whatever happens to the cache and to the
//! folder in between.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use jiff::civil::{Date, date};
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::diagnostic::{Diagnostic, Severity};
use pamphlet::host::memory::Memory;
use pamphlet::host::write::Stage;
use pamphlet::memo::{Log, Save};
use pamphlet::output::{DiscardSink, OutputSet, Sink};
use pamphlet::pipeline::{self, Build, Memo, NO_WATCHER};
use pamphlet::source::{Digest, SourceTree};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseResult;

use crate::edits::{Edit, apply, beginning, edit};
use crate::sequences::property_of_sequences;
use crate::site::{TODAY, run_options, tree};

const EDITS: usize = 10;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

fn clean(tree: &SourceTree, run: RunOptions) -> (Files, Vec<Diagnostic>) {
    let (files, build) = build_clean(tree, run);
    (files, build.diagnostics)
}

pub(crate) fn build_clean(tree: &SourceTree, run: RunOptions) -> (Files, Build) {
    let memory = Memory::default();
    let build = pipeline::build(tree, run, &memory);
    let files = memory
        .into_files()
        .into_iter()
        .map(|(path, bytes)| (path.to_string(), bytes.to_vec()))
        .collect();
    (files, build)
}

pub(crate) fn is_good(found: &[Diagnostic]) -> bool {
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

/// A log that outlives a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeptLog(Arc<Mutex<Vec<u8>>>);

impl KeptLog {
    fn memo(&self) -> Memo {
        let bytes = self.0.lock().expect("a log").clone();
        Memo::in_log(Log::open(bytes, Digest::of(b"a program")))
    }

    fn save(&self, memo: &Memo) {
        let mut bytes = self.0.lock().expect("a log");
        match memo.save() {
            Save::Nothing => {}
            Save::Append(more) => bytes.extend(more),
            Save::Replace(all) => *bytes = all,
        }
    }
}

/// Builds into a folder with what earlier builds came to; gives the findings.
fn build_with_cache(
    out: &Path,
    tree: &SourceTree,
    run: RunOptions,
    log: &KeptLog,
) -> Vec<Diagnostic> {
    build_cached(out, tree, run, log).diagnostics
}

/// The same; gives the whole build.
pub(crate) fn build_cached(out: &Path, tree: &SourceTree, run: RunOptions, log: &KeptLog) -> Build {
    let memo = log.memo();
    let stage = Stage::open(out).expect("a stage");
    let build = pipeline::build_with(&Arc::new(tree.clone()), run, &stage, &memo, NO_WATCHER);
    if is_good(&build.diagnostics) {
        stage.commit(&build.outputs).expect("a commit");
    }
    log.save(&memo);
    build
}

/// Checks with what earlier runs came to, and writes nothing.
pub(crate) fn check_with(tree: &SourceTree, log: &KeptLog) -> Vec<Diagnostic> {
    let memo = log.memo();
    let build = pipeline::build_with(
        &Arc::new(tree.clone()),
        run_options(),
        &DiscardSink,
        &memo,
        NO_WATCHER,
    );
    log.save(&memo);
    build.diagnostics
}

/// What happens to a folder or to a cache while nobody builds.
#[derive(Clone, Debug)]
enum Mishap {
    Nothing,
    FileDeleted(Index),
    FileEdited(Index),
    FolderDeleted,
    LogDamaged(Index, u8),
    LogCut(Index),
    LogDeleted,
}

fn mishap() -> impl Strategy<Value = Mishap> {
    prop_oneof![
        2 => Just(Mishap::Nothing),
        2 => any::<Index>().prop_map(Mishap::FileDeleted),
        2 => any::<Index>().prop_map(Mishap::FileEdited),
        1 => Just(Mishap::FolderDeleted),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Mishap::LogDamaged(at, byte)),
        1 => any::<Index>().prop_map(Mishap::LogCut),
        1 => Just(Mishap::LogDeleted),
    ]
}

/// A day, and whether drafts are shown on it: mostly as in the build before, for only that is gone
/// on with.
fn day() -> impl Strategy<Value = RunOptions> {
    const DAYS: [Date; 3] = [TODAY, date(2026, 4, 1), date(2026, 5, 1)];
    let drafts = prop_oneof![Just(Drafts::Excluded), Just(Drafts::Included)];
    let any = (prop::sample::select(&DAYS), drafts)
        .prop_map(|(as_of, drafts)| RunOptions { as_of, drafts });
    prop_oneof![5 => Just(run_options()), 1 => any]
}

fn befall(mishap: &Mishap, out: &Path, files: &Files, log: &KeptLog) {
    let file = |which: &Index| {
        files
            .keys()
            .nth(which.index(files.len()))
            .map(|name| out.join(name))
            .expect("a file")
    };
    let mut log = log.0.lock().expect("a log");
    let place = |which: &Index, log: &[u8]| which.index(log.len().max(1));
    match mishap {
        Mishap::Nothing => {}
        Mishap::FileDeleted(which) => fs::remove_file(file(which)).expect("deleted"),
        Mishap::FileEdited(which) => fs::write(file(which), "somebody's words").expect("written"),
        Mishap::FolderDeleted => fs::remove_dir_all(out).expect("deleted"),
        Mishap::LogDamaged(at, byte) => {
            let at = place(at, &log);
            log[at] = *byte;
        }
        Mishap::LogCut(at) => {
            let at = place(at, &log);
            log.truncate(at);
        }
        Mishap::LogDeleted => log.clear(),
    }
}

pub(crate) fn on_disk(out: &Path) -> Files {
    let walk = walkdir::WalkDir::new(out)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    let named = walk.map(|entry| {
        let name = entry
            .path()
            .strip_prefix(out)
            .expect("inside")
            .to_string_lossy()
            .replace('\\', "/");
        (name, fs::read(entry.path()).expect("a file"))
    });
    named
        .filter(|(name, _)| !name.starts_with(".pamphlet/"))
        .collect()
}

property_of_sequences!(
    building_over_and_over_is_building_clean,
    32,
    prop::collection::vec(edit(), EDITS),
    building_again_is_building_clean
);

fn building_again_is_building_clean(edits: &[Edit]) -> TestCaseResult {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    let mut files = beginning();
    let mut expected = BTreeMap::new();
    for edit in edits {
        apply(&mut files, edit);
        let tree = tree(&files);
        let (built, found) = clean(&tree, run_options());
        build_into(&out, &tree, is_good(&found));
        if is_good(&found) {
            expected = built;
        }
        prop_assert_eq!(on_disk(&out), expected.clone(), "after {:?}", edit);
    }
    Ok(())
}

property_of_sequences!(
    a_build_with_a_cache_is_a_clean_build,
    32,
    prop::collection::vec((edit(), mishap(), day()), EDITS),
    cached_build_is_clean_build
);

fn cached_build_is_clean_build(edits: &[(Edit, Mishap, RunOptions)]) -> TestCaseResult {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, log) = (folder.path().join("public"), KeptLog::default());
    let mut files = beginning();
    let mut expected = Files::new();
    for (edit, mishap, run) in edits {
        apply(&mut files, edit);
        let tree = tree(&files);
        let (built, found) = clean(&tree, run.clone());
        let build = || build_with_cache(&out, &tree, run.clone(), &log);
        prop_assert_eq!(&build(), &found, "after {:?}", edit);
        if is_good(&found) {
            expected = built;
        }
        prop_assert_eq!(on_disk(&out), expected.clone(), "after {:?}", edit);
        if is_good(&found) {
            befall(mishap, &out, &expected, &log);
            prop_assert_eq!(&build(), &found, "after {:?}", mishap);
            prop_assert_eq!(on_disk(&out), expected.clone(), "after {:?}", mishap);
        }
    }
    Ok(())
}

const SETTINGS: &str = "title: T\nbase_url: https://example.org/\ncontact: {title: Ask us, text: [Words.]}\n\
                        sections:\n  - {title: Care, collections: [conditions, tests]}\n";
const PLACES: &str =
    "- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6}\n";
const PAGE: &str = "---\ntitle: A\nsummary: S\ntests: [t]\nlocations: all\nimage: {src: lead.gif, alt: L}\n---\n## H\n\n\
                    > [!WARNING]\n> ## Call your doctor\n> If you are short of breath.\n\n\
                    ![A picture](image.gif) [old](/old/) [b](b.md#h)\n";
const SMALL: &str = "GIF89a\u{10}\0\u{20}\0\0\0\0;";
const LARGE: &str = "GIF89a\u{20}\0\u{10}\0\0\0\0;";

/// A page that shows something of everything that a page can show, with all that it shows.
fn page_with_all() -> BTreeMap<String, String> {
    let named = |title: &str, rest: &str| {
        format!("---\ntitle: {title}\nsummary: S\n{rest}---\n## H\n\nWords.\n")
    };
    let files = [
        ("content/site.yaml", SETTINGS.to_owned()),
        ("content/locations.yaml", PLACES.to_owned()),
        ("content/conditions/index.md", named("Conditions", "")),
        ("content/conditions/a.md", PAGE.to_owned()),
        ("content/conditions/b.md", named("B", "aliases: [/old/]\n")),
        ("content/conditions/image.gif", SMALL.to_owned()),
        ("content/conditions/lead.gif", SMALL.to_owned()),
        ("content/tests/t.md", named("Test", "category: imaging\n")),
    ];
    files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text))
        .collect()
}

#[test]
fn what_a_page_may_load_and_weigh_is_a_part_of_what_is_found_in_it() {
    let tokens = ":root {\n  --surface: #fff;\n  --text-quiet: #999;\n}\n";
    let numbers: String = (1..400_u32)
        .map(|number| (number * number * 7919).to_string())
        .collect();
    let script = format!("export const numbers = '{numbers}';");
    let check = |path: &str, text: &str, budgets: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let (out, log) = (folder.path().join("public"), KeptLog::default());
        let mut files = page_with_all();
        let theme = "{% extends \"theme/condition.html\" %}\n{% block scripts %}<script src=\"/one.js\"></script>{% endblock %}";
        files.insert("templates/condition.html".to_owned(), theme.to_owned());
        files.insert("static/assets/tokens.css".to_owned(), tokens.to_owned());
        files.insert("static/one.js".to_owned(), "import './two.js';".to_owned());
        files.insert("static/two.js".to_owned(), "export {};".to_owned());
        *files.entry("content/site.yaml".to_owned()).or_default() += budgets;
        let before = build_with_cache(&out, &tree(&files), run_options(), &log);
        files.insert(path.to_owned(), text.to_owned());
        let (expected, found) = clean(&tree(&files), run_options());
        assert_ne!(before, found, "nothing is found because of {path}");
        assert_eq!(
            build_with_cache(&out, &tree(&files), run_options(), &log),
            found,
            "after {path}"
        );
        assert_eq!(on_disk(&out), expected, "after {path}");
    };
    check("static/two.js", &script, "budgets: {javascript: 2 kB}\n");
    check(
        "static/assets/tokens.css",
        &format!("/* A comment moves what was found. */\n{tokens}"),
        "",
    );
    check(
        "content/site.yaml",
        &format!("{SETTINGS}budgets: {{html_and_css: 6 kB}}\n"),
        "",
    );
}

#[test]
fn whatever_a_page_is_made_of_makes_it_anew() {
    let check = |edits: &[(&str, &str, &str)]| {
        let folder = tempfile::tempdir().expect("a folder");
        let (out, log) = (folder.path().join("public"), KeptLog::default());
        let mut files = page_with_all();
        let (before, found) = clean(&tree(&files), run_options());
        assert!(is_good(&found), "{found:?}");
        build_with_cache(&out, &tree(&files), run_options(), &log);
        for (path, from, to) in edits {
            let text = files.entry((*path).to_owned()).or_default();
            assert!(text.contains(from), "{path} does not hold {from:?}");
            *text = if from.is_empty() {
                (*to).to_owned()
            } else {
                text.replace(from, to)
            };
        }
        let (expected, found) = clean(&tree(&files), run_options());
        assert!(is_good(&found), "{found:?}");
        let page = "conditions/a/index.html";
        assert_ne!(
            before[page], expected[page],
            "the page shows nothing of {edits:?}"
        );
        assert_eq!(
            build_with_cache(&out, &tree(&files), run_options(), &log),
            found,
            "after {edits:?}"
        );
        assert_eq!(on_disk(&out), expected, "after {edits:?}");
    };
    check(&[(
        "content/conditions/a.md",
        "short of breath",
        "out of breath",
    )]);
    check(&[(
        "content/conditions/a.md",
        "summary: S",
        "summary: S\nupdated: 2026-02-01",
    )]);
    check(&[("content/tests/t.md", "summary: S", "summary: Another")]);
    check(&[("content/tests/t.md", "title: Test", "title: Examination")]);
    check(&[("content/tests/t.md", "imaging", "laboratory")]);
    check(&[
        (
            "content/tests/t.md",
            "summary: S",
            "summary: S\ntreatments: []\nused_for: [b]",
        ),
        ("content/conditions/a.md", "tests: [t]\n", ""),
    ]);
    check(&[(
        "content/conditions/b.md",
        "summary: S",
        "summary: S\npart_of: [a]",
    )]);
    check(&[(
        "content/conditions/index.md",
        "title: Conditions",
        "title: Diseases",
    )]);
    check(&[
        ("content/conditions/b.md", "aliases: [/old/]\n", ""),
        (
            "content/tests/t.md",
            "summary: S",
            "summary: S\naliases: [/old/]",
        ),
    ]);
    check(&[("content/conditions/image.gif", SMALL, LARGE)]);
    check(&[("content/conditions/lead.gif", SMALL, LARGE)]);
    check(&[("content/locations.yaml", "street: S", "street: Another")]);
    check(&[(
        "content/locations.yaml",
        "state: MD",
        "state: MD, hours: Always",
    )]);
    check(&[("content/site.yaml", "title: T", "title: Another")]);
    check(&[("content/site.yaml", "example.org", "example.com")]);
    check(&[("content/site.yaml", "Words.", "Other words.")]);
    check(&[("content/site.yaml", "title: Care", "title: Diseases")]);
    check(&[(
        "templates/condition.html",
        "",
        "{% extends \"theme/condition.html\" %}\n{% block main %}Words{% endblock %}",
    )]);
    check(&[(
        "templates/components/care-card/care-card.html",
        "",
        "<div>{{ card.title }}</div>",
    )]);
    check(&[("static/assets/site.css", "", "a {}")]);
}
