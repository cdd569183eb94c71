//! Input that breaks tools: huge, deep, circular or in another encoding. Nothing panics, nothing is
//! lost without a word.

use std::fs;
use std::path::Path;

use pamphlet::diagnostic::Tally;
use pamphlet::diagnostic::human::{self, Look};
use pamphlet::host::memory::Memory;
use pamphlet::host::read;
use pamphlet::pipeline;

use crate::site::{Built, OF_SMALL_SITES, build, run_options, tree};

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const PAGE: &str = "---\ntitle: A\nsummary: S\n---\n";

fn build_body(body: &str) -> Built {
    build(tree([
        ("content/site.yaml", SITE),
        ("content/a.md", &format!("{PAGE}{body}")),
    ]))
}

#[test]
fn deep_and_repetitive_markdown_is_built() {
    let alerts = (1..500).fold(String::new(), |text, depth| {
        text + &"> ".repeat(depth) + "[!NOTE]\n"
    });
    for body in [
        ">".repeat(50_000) + " deep\n",
        "[".repeat(50_000),
        "*a_ ".repeat(20_000),
        "- ".repeat(5_000),
        alerts,
    ] {
        let built = build_body(&body);
        assert_eq!(
            Tally::of(&built.diagnostics).errors,
            0,
            "{:?}",
            built.short()
        );
        assert!(built.files.contains_key("a/index.html"));
    }
}

#[test]
fn an_alias_bomb_is_a_finding() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb += &format!("a{level}: &a{level} [{items}]\n");
    }
    let page = format!("---\n{bomb}---\n");
    let built = build(tree([("content/site.yaml", SITE), ("content/a.md", &page)]));
    assert!(
        built
            .short()
            .iter()
            .any(|line| line.starts_with("invalid-yaml content/a.md")),
        "{:?}",
        built.short()
    );
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let body = "## H\n\nText\nmore\\\nwords\n\n```\ncode\n\nmore\n```\n\n> [!TIP]\n> ### T\n> x\n\n## I\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    let plain = build_body(body);
    let page = format!("\u{feff}{PAGE}{body}").replace('\n', "\r\n");
    let other = build(tree([("content/site.yaml", SITE), ("content/a.md", &page)]));
    assert_eq!(other.short(), Vec::<String>::new());
    assert_eq!(plain.files["a/index.html"], other.files["a/index.html"]);
}

#[test]
fn one_enormous_line_is_not_printed_whole() {
    let words = "word ".repeat(200_000);
    let built = build_body(&format!("{words}[x](missing.md) {words}"));
    assert!(built.findings().len() < 2_000, "{}", built.findings().len());
    assert!(built.findings().contains("missing.md"));
}

#[test]
fn control_characters_of_a_page_do_not_reach_the_terminal() {
    let built = build_body("[x](<a\u{1b}]0;title\u{7}b.md>)\n");
    let raw = human::render(&built.diagnostics, &built.tree, "", Look::Colored);
    assert!(
        raw.contains("broken-link")
            && !raw.contains(['\u{7}', '\u{9d}'])
            && !raw.contains("\u{1b}]"),
        "{raw:?}"
    );
}

#[test]
fn control_characters_around_a_finding_do_not_reach_the_terminal() {
    let built = build_body("\u{85}a\u{9b}31m [x](<b\u{9d}.md>) \u{90}\u{7f}\u{1b}c\n");
    let raw = human::render(&built.diagnostics, &built.tree, "", Look::Colored);
    let shown = raw
        .split("\u{1b}[")
        .flat_map(str::chars)
        .filter(|c| c.is_control() && *c != '\n');
    assert_eq!(shown.collect::<String>(), "", "{raw:?}");
    let underlined = built
        .findings()
        .lines()
        .find(|line| line.contains("^^"))
        .map(|line| line.matches('^').count());
    assert_eq!(underlined, Some("b_.md".len()), "{}", built.findings());
}

#[test]
fn control_characters_of_a_name_do_not_reach_the_terminal() {
    let built = build(tree([
        ("content/site.yaml", SITE),
        ("content/a\u{9b}31m\u{1b}c.md", PAGE),
        ("content/\u{85}.png", "x"),
    ]));
    let raw = human::render(&built.diagnostics, &built.tree, "", Look::Colored);
    let shown = raw
        .split("\u{1b}[")
        .flat_map(str::chars)
        .filter(|c| c.is_control() && *c != '\n');
    assert!(raw.contains("bad-file-name"), "{raw:?}");
    assert_eq!(shown.collect::<String>(), "", "{raw:?}");
}

#[test]
fn a_title_cannot_break_out_of_its_place() {
    let page = "---\ntitle: 'A </script></title><script>alert(1)</script> \" B'\nsummary: '\"><img src=x onerror=alert(1)>'\n---\n";
    let built = build(tree([("content/site.yaml", SITE), ("content/a.md", page)]));
    assert_eq!(
        built.short(),
        Vec::<String>::new(),
        "the check of the policy would see a script"
    );
}

fn read_site(root: &Path) -> Vec<String> {
    let tree = read::read(root).expect("the site");
    let memory = Memory::default();
    let diagnostics = pipeline::build(&tree, run_options(), &memory).diagnostics;
    let own = diagnostics
        .iter()
        .filter(|found| !OF_SMALL_SITES.contains(&found.rule));
    own.map(|found| format!("{} {}", found.rule, found.place.path))
        .collect()
}

#[cfg(unix)]
#[test]
fn symbolic_links_stay_inside_and_end() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("secret.md"), PAGE).expect("a file");
    let site = tempfile::tempdir().expect("a folder");
    let content = site.path().join("content");
    fs::create_dir_all(content.join("pages")).expect("a folder");
    fs::write(content.join("site.yaml"), SITE).expect("a file");
    fs::write(content.join("a.md"), PAGE).expect("a file");
    symlink(outside.path().join("secret.md"), content.join("out.md")).expect("a link");
    symlink(outside.path(), content.join("folder-out")).expect("a link");
    symlink("loop.md", content.join("loop.md")).expect("a link");
    symlink("..", content.join("pages/up")).expect("a link");
    symlink("nowhere.md", content.join("dead.md")).expect("a link");
    symlink("a.md", content.join("inside.md")).expect("a link");
    assert_eq!(
        read_site(site.path()),
        [
            "unreadable-file content/dead.md",
            "symlink-out-of-site content/folder-out",
            "symlink-out-of-site content/loop.md",
            "symlink-out-of-site content/out.md",
            "symlink-out-of-site content/pages/up",
        ]
    );
}

#[test]
fn a_folder_without_content_is_a_site_of_articles() {
    let site = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(site.path().join("guides")).expect("a folder");
    fs::create_dir_all(site.path().join("node_modules/x")).expect("a folder");
    fs::write(site.path().join("guides/a.md"), PAGE).expect("a file");
    fs::write(
        site.path().join("guides/b.md"),
        format!("{PAGE}[x](c.md)\n"),
    )
    .expect("a file");
    fs::write(site.path().join("node_modules/x/readme.md"), "[x](c.md)\n").expect("a file");
    assert_eq!(
        read_site(site.path()),
        ["broken-link guides/b.md", "missing-base-url site.yaml"]
    );
}
