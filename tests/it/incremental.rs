//! Builds after edits: how many pages each edit renders, and that the folder is that of a clean
//! build.

use std::collections::BTreeMap;

use pamphlet::diagnostic::{Diagnostic, RuleId};
use pamphlet::pipeline::Largest;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseResult;
use tempfile::TempDir;

use crate::oracle::{Files, KeptLog, build_cached, build_clean, check_with, is_good, on_disk};
use crate::sequences::property_of_sequences;
use crate::site::{run_options, tree};

const SETTINGS: &str = "title: T\nbase_url: https://example.org/\n\
                        sections:\n  - {title: Care, collections: [conditions, tests]}\n";
const PLACES: &str =
    "- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6}\n";

/// A site whose pages lead to each other in all ways.
fn beginning() -> BTreeMap<String, String> {
    let page = |front: &str, body: &str| format!("---\n{front}\nsummary: S\n---\n{body}\n");
    let files = [
        ("content/site.yaml", SETTINGS.to_owned()),
        ("content/locations.yaml", PLACES.to_owned()),
        ("content/index.md", page("title: Home", "Words.")),
        ("content/about.md", page("title: About", "Words.")),
        (
            "content/conditions/index.md",
            page("title: Conditions", "Words."),
        ),
        (
            "content/conditions/a.md",
            page(
                "title: A\ntests: [t]\nlocations: all",
                "## H\n\nSee [b](b.md) and [t](../tests/t.md#h).",
            ),
        ),
        (
            "content/conditions/b.md",
            page("title: B\naliases: [/old/]\npart_of: [a]", "## H\n\nWords."),
        ),
        (
            "content/conditions/c.md",
            page("title: C", "## H\n\n![A picture](image.gif)"),
        ),
        (
            "content/conditions/d.md",
            page("title: D\nallow: [{rule: dead-end, reason: R}]", "Words."),
        ),
        (
            "content/conditions/e.md",
            page(
                "title: E\naliases: [/e/]\nallow: [{rule: orphan-page, reason: R}]",
                "Words.",
            ),
        ),
        (
            "content/conditions/image.gif",
            "GIF89a\u{10}\0\u{20}\0\0\0\0;".to_owned(),
        ),
        ("content/locations/l.md", "How to get here.\n".to_owned()),
        (
            "content/tests/t.md",
            page(
                "title: Test\ncategory: imaging\nreview: {last: 2026-01-01}",
                "## H\n\nWords.",
            ),
        ),
    ];
    files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text))
        .collect()
}

/// What a build finds, and its largest page.
type Outcome = (Vec<Diagnostic>, Option<Largest>);

/// A folder with a site that is built over and over.
struct Kept {
    folder: TempDir,
    log: KeptLog,
    files: BTreeMap<String, String>,
}

impl Kept {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Self {
            folder,
            log: KeptLog::default(),
            files: beginning(),
        };
        kept.build();
        kept
    }

    /// Builds; gives what it finds, and how many pages were rendered.
    fn build(&self) -> (Outcome, usize) {
        let out = self.folder.path().join("public");
        let build = build_cached(&out, &tree(&self.files), run_options(), &self.log);
        ((build.diagnostics, build.largest), build.rendered)
    }

    /// The files of a clean build, and what it comes to.
    fn clean(&self) -> (Files, Outcome) {
        let (files, build) = build_clean(&tree(&self.files), run_options());
        (files, (build.diagnostics, build.largest))
    }

    /// Builds: so many pages are rendered, and the folder is that of a clean build.
    fn comes_out_clean(&self, rendered: usize, when: &str) {
        let (files, outcome) = self.clean();
        let before = self.on_disk();
        let (outcome_now, rendered_now) = self.build();
        assert_eq!(outcome_now, outcome, "{when}");
        assert_eq!(rendered_now, rendered, "{when}");
        let expected = if is_good(&outcome.0) { files } else { before };
        assert!(self.on_disk() == expected, "the files are others {when}");
    }

    fn on_disk(&self) -> Files {
        on_disk(&self.folder.path().join("public"))
    }

    /// Writes some words of a page in another way.
    fn rewrite(&mut self, path: &str, from: &str, to: &str) {
        let text = self.files.get_mut(path).expect("a page");
        assert!(text.contains(from), "{text}");
        *text = text.replacen(from, to, 1);
    }

    /// Puts a body into the place of another.
    fn write(&mut self, path: &str, body: &str) {
        let text = self.files.get_mut(path).expect("a page");
        let end = text.rfind("---\n").map_or(0, |at| at + 4);
        text.replace_range(end.., body);
    }
}

#[test]
fn an_edited_text_renders_what_shows_it() {
    let check = |edits: &[(&str, &str)], rendered: usize| {
        let mut kept = Kept::new();
        for (path, body) in edits {
            kept.write(path, body);
        }
        kept.comes_out_clean(rendered, &format!("after {edits:?}"));
    };
    let (a, b, c) = (
        "content/conditions/a.md",
        "content/conditions/b.md",
        "content/conditions/c.md",
    );
    let see = "See [b](b.md) and [t](../tests/t.md#h).";
    check(&[(a, &format!("## H\n\nOther words. {see}\n"))], 1);
    check(
        &[(
            a,
            &format!("## H\n\nTo utilize. {see} [x](http://example.com/)\n"),
        )],
        1,
    );
    check(&[(b, "## H\n\nOther words.\n")], 1);
    check(
        &[
            (a, &format!("## H\n\n{see} Other words.\n")),
            (b, "## H\n\nOther words.\n"),
        ],
        2,
    );
    check(
        &[(b, "## H\n\nOther <b>words</b>. <!-- A remark. -->\n")],
        1,
    );
    check(&[("content/tests/t.md", "## H\n\nOther words.\n")], 1);
    check(
        &[
            (b, "## Another\n\nWords. Another.\n\n### More of H\n"),
            (a, &format!("## Other\n\n{see}\n")),
        ],
        2,
    );
    check(&[("content/about.md", "Other words.\n")], 1);
    check(
        &[("content/locations/l.md", "Another way to get here.\n")],
        1,
    );
    check(&[("content/conditions/d.md", "Other words.\n")], 1);
    check(
        &[(
            "content/conditions/d.md",
            "See [x](https://example.com/).\n",
        )],
        1,
    );
    check(&[(b, "## H\n\nSee {% link c.md %}.\n")], 1);
    check(&[("content/tests/t.md", "## Another\n\nWords.\n")], 2);
    check(&[(a, "## H\n\nSee [b](b.md).\n")], 1);
    check(&[(b, "## H\n\nSee [c](c.md).\n")], 1);
    check(&[(b, "## H\n\nSee [nothing](nothing.md).\n")], 1);
    check(
        &[(b, "## H\n\nSee [c](https://example.org/conditions/c/).\n")],
        1,
    );
    check(&[(b, "## H\n\nSee <a href=\"c.md\">c</a>.\n")], 1);
    check(&[(c, "## H\n\nNo picture.\n")], 1);
    check(&[("content/conditions/e.md", "Other words.\n")], 1);
    check(&[("content/index.md", "Other words.\n")], 1);
    check(&[("content/conditions/index.md", "Other words.\n")], 1);
}

/// The days of pages stand in the sitemap and the feed too.
#[test]
fn edited_front_matter_renders_what_shows_it() {
    let check = |edits: &[(&str, &str, &str)], rendered: usize| {
        let mut kept = Kept::new();
        for (path, from, to) in edits {
            kept.rewrite(path, from, to);
        }
        kept.comes_out_clean(rendered, &format!("after {edits:?}"));
    };
    let (a, b, t) = (
        "content/conditions/a.md",
        "content/conditions/b.md",
        "content/tests/t.md",
    );
    check(&[(t, "last: 2026-01-01", "last: 2026-02-01")], 1);
    check(
        &[
            (t, "S\n", "S\nupdated: 2026-02-02\n"),
            (t, "Words.", "Other words."),
        ],
        1,
    );
    check(
        &[(t, "S\n", "S\nallow: [{rule: complex-word, reason: R}]\n")],
        1,
    );
    check(
        &[(
            a,
            "S\n",
            "S\nsources: [{title: S, url: \"http://example.com/\"}]\n",
        )],
        1,
    );
    check(
        &[
            (a, "S\n", "S\nsources: [{title: S}]\n"),
            (a, "## H", "## Another"),
        ],
        1,
    );
    check(
        &[
            (a, "title: A\n", "title:  A\n"),
            (a, "all\nsummary: S\n", "all\nsummary: \"S\"\n"),
        ],
        1,
    );
    check(&[(a, "title: A\n", "title: 'A'\n")], 1);
    // What others show, and what makes a site have a feed.
    check(&[(t, "review: {last: 2026-01-01}\n", "")], 17);
    check(&[(a, "S\n", "S\nupdated: 2026-02-02\n")], 1);
    check(&[(a, "title: A\n", "title: Another\n")], 8);
    check(&[(a, "summary: S\n", "summary: Another\n")], 7);
    check(&[(a, "tests: [t]\n", "")], 2);
    check(&[(b, "aliases: [/old/]\n", "")], 1);
    check(&[("content/about.md", "S\n", "S\ndraft: true\n")], 16);
    check(
        &[(b, "S\n", "S\nallow: [{rule: complex-word, reason: R}]\n")],
        1,
    );
    check(
        &[(t, "S\n", "S\nallow: [{rule: orphan-page, reason: R}]\n")],
        1,
    );
    // A finding of a rule on the whole site, here that of summaries which are the same, stands at
    // another place.
    check(&[(t, "review:", "updated: 2026-02-02\nreview:")], 1);
    check(
        &[(
            t,
            "{last: 2026-01-01}",
            "{last: 2026-01-01, next: 2027-01-01}",
        )],
        1,
    );
}

/// The feed shows the newest pages, and a page that has grown old makes room for one that nobody
/// has touched.
#[test]
fn pages_come_and_go_in_the_feed_as_their_days_change() {
    let mut kept = Kept::new();
    for number in 0..120 {
        let day = format!("2025-{:02}-{:02}", number / 28 + 1, number % 28 + 1);
        let text = format!(
            "---\ntitle: Page {number}\nsummary: On {number}.\nupdated: {day}\n---\nWords.\n"
        );
        kept.files
            .insert(format!("content/tests/p{number}.md"), text);
    }
    kept.build();
    for number in (60..120).rev().step_by(5) {
        let (path, text) = (
            format!("content/tests/p{number}.md"),
            &kept.files[&format!("content/tests/p{number}.md")],
        );
        let day = text
            .lines()
            .find(|line| line.starts_with("updated"))
            .expect("a day")
            .to_owned();
        let other = if number % 10 == 0 {
            "updated: 2026-01-31"
        } else {
            "updated: 2024-01-31"
        };
        kept.rewrite(&path, &day, other);
        let (outcome, rendered) = kept.build();
        let (files, expected) = kept.clean();
        assert_eq!(outcome, expected, "{number}");
        assert!(kept.on_disk() == files, "{number}");
        assert_eq!(rendered, 1, "{number}");
    }
}

#[test]
fn each_of_many_edits_renders_its_page() {
    let mut kept = Kept::new();
    for number in 0..5 {
        kept.write(
            "content/conditions/b.md",
            &format!("## H\n\nState {number}.\n"),
        );
        assert_eq!(kept.build().1, 1, "state {number}");
        assert_eq!(kept.build().1, 0, "nothing has changed");
        assert!(kept.on_disk() == kept.clean().0, "state {number}");
    }
}

/// What is said of a file as a whole stays, whatever is written in it.
#[test]
fn what_is_wrong_with_the_name_of_a_page_is_found_again() {
    let check = |added: &str, edited: &str, rule: RuleId| {
        let (mut files, log) = (beginning(), KeptLog::default());
        files.insert(
            added.to_owned(),
            "---\ntitle: X\nsummary: About X.\n---\nWords.\n".to_owned(),
        );
        for _ in 0..2 {
            *files.get_mut(edited).expect("a page") += "\nOther words.\n";
            let found = check_with(&tree(&files), &log);
            assert!(
                found
                    .iter()
                    .any(|found| found.rule == rule && found.place.path.as_str() == edited),
                "{found:?}"
            );
            assert_eq!(
                found,
                build_clean(&tree(&files), run_options()).1.diagnostics,
                "{edited}"
            );
        }
    };
    check(
        "content/conditions/x? y.md",
        "content/conditions/x? y.md",
        RuleId::BadFileName,
    );
    check(
        "content/conditions/A.md",
        "content/conditions/a.md",
        RuleId::UrlCollision,
    );
    check(
        "content/conditions/b/index.md",
        "content/conditions/b/index.md",
        RuleId::DuplicateId,
    );
}

#[test]
fn the_largest_page_may_grow_and_shrink() {
    let mut kept = Kept::new();
    let (long, longer) = ("Words.\n\n".repeat(3000), "Words.\n\n".repeat(4000));
    for body in [&long, &longer, &long] {
        kept.write("content/conditions/b.md", &format!("## H\n\n{body}"));
        assert_eq!(kept.build(), (kept.clean().1, 1), "{} bytes", body.len());
    }
    // Another page is the largest now.
    kept.write("content/conditions/b.md", "## H\n\nWords.\n");
    assert_eq!(kept.build(), (kept.clean().1, 1));
}

#[test]
fn a_file_that_is_lost_is_made_again() {
    let mut kept = Kept::new();
    kept.write("content/conditions/b.md", "## H\n\nOther words.\n");
    std::fs::remove_file(kept.folder.path().join("public/conditions/a/index.html"))
        .expect("a file");
    assert_eq!(kept.build().1, 2);
    assert!(kept.on_disk() == kept.clean().0);
}

/// Pieces of which bodies are made.
const PIECES: &[&str] = &[
    "Words.\n\n",
    "To utilize words.\n\n",
    "## H\n\n",
    "## Another\n\n",
    "### H\n\n",
    "See [b](b.md).\n\n",
    "See [t](../tests/t.md#h).\n\n",
    "See [t](../tests/t.md#another).\n\n",
    "See [old](/old/).\n\n",
    "See [l](/locations/l/).\n\n",
    "See [nothing](nothing.md).\n\n",
    "See [c](https://example.org/conditions/c/).\n\n",
    "See [x](http://example.com/).\n\n",
    "See <a href=\"c.md\">c</a>.\n\n",
    "{{ d.md }}\n\n",
    "![A picture](image.gif)\n\n",
    "> [!WARNING]\n> ## Call your doctor\n> If you utilize it.\n\n",
    "Call 410-955-5000.\n\n",
];

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 0..5).prop_map(|pieces| pieces.concat())
}

/// What is written between two builds: new bodies of one page or two.
type Bodies = Vec<(Index, String)>;

property_of_sequences!(
    whatever_is_written_comes_out_as_in_a_clean_build,
    16,
    prop::collection::vec(prop::collection::vec((any::<Index>(), body()), 1..3), 5),
    what_is_written_is_built_as_clean
);

fn what_is_written_is_built_as_clean(edits: &[Bodies]) -> TestCaseResult {
    let mut kept = Kept::new();
    let mut expected = kept.on_disk();
    for edit in edits {
        for (which, body) in edit {
            let is_page = |path: &&String| path.ends_with(".md");
            let pages: Vec<String> = kept.files.keys().filter(is_page).cloned().collect();
            kept.write(&pages[which.index(pages.len())], body);
        }
        let (files, outcome) = kept.clean();
        if is_good(&outcome.0) {
            expected = files;
        }
        prop_assert_eq!(kept.build().0, outcome, "after {:?}", edit);
        prop_assert_eq!(kept.on_disk(), expected.clone(), "after {:?}", edit);
    }
    Ok(())
}
