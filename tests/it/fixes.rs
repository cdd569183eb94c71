//! Safe fixes: what they make of a file, and what they leave alone.
//!
//! `check(before, after)` fixes the Markdown of one page. A fix that is right is found no more, so
//! each result is fixed again and must stay as it is.

use std::fs;
use std::process::Command;

use pamphlet::pipeline;
use pamphlet::source::SourceTree;

use crate::site::{run_options, tree};

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const FRONT: &str = "---\ntitle: A\nsummary: S\naliases: [/old/]\n---\n";

/// Fixes a file of a site, beside two pages to link to.
fn fixed(path: &str, text: &str) -> String {
    let other = "---\ntitle: B\nsummary: T\naliases: [/before/]\n---\n## Signs\n";
    let files = [
        ("content/site.yaml", SITE),
        ("content/tests/b.md", other),
        (path, text),
    ];
    let fixes = pipeline::fix(&tree(files), &run_options());
    let again = pipeline::fix(&fixes.tree, &run_options());
    assert_eq!(again.count(), 0, "fixing twice changes {:?}", again.files);
    text_of(&fixes.tree, path)
}

fn text_of(tree: &SourceTree, path: &str) -> String {
    String::from_utf8(tree.get(path).expect("the file").bytes().to_vec()).expect("UTF-8")
}

fn check(before: &str, after: &str) {
    let text = fixed("content/a.md", &format!("{FRONT}{before}"));
    assert_eq!(text.strip_prefix(FRONT).expect("the front matter"), after);
}

fn check_file(path: &str, before: &str, after: &str) {
    assert_eq!(fixed(path, before), after, "{path}");
}

#[test]
fn phone_numbers_become_links() {
    check(
        "Call 410-555-0100 now.\n",
        "Call [410-555-0100](tel:+14105550100) now.\n",
    );
    check(
        "Call (410) 555-0100 or 911.\n",
        "Call [(410) 555-0100](tel:+14105550100) or [911](tel:911).\n",
    );
    check(
        "Call (1-800-232-4636) now.\n",
        "Call ([1-800-232-4636](tel:+18002324636)) now.\n",
    );
    check(
        "Dial **911**. 911 is free.\n",
        "Dial **[911](tel:911)**. 911 is free.\n",
    );
    check("1–800–860–8747\n", "[1–800–860–8747](tel:+18008608747)\n");
    check(
        "240-276-1661x5.\n",
        "[240-276-1661x5](tel:+12402761661;ext=5).\n",
    );
    check(
        "410-555-0100, ext. 12.\n",
        "[410-555-0100, ext. 12](tel:+14105550100;ext=12).\n",
    );
    check(
        "404/639-3311 or +1 404 639 3312\n",
        "[404/639-3311](tel:+14046393311) or [+1 404 639 3312](tel:+14046393312)\n",
    );
    check(
        "Call 301-496-4000 (301-402-9612 TTY).\n",
        "Call [301-496-4000](tel:+13014964000) ([301-402-9612](tel:+13014029612) TTY).\n",
    );
    check(
        "Fax 301-402-0601, phone 301-496-4000\n",
        "Fax 301-402-0601, phone [301-496-4000](tel:+13014964000)\n",
    );
    check("- Call 911\n", "- Call [911](tel:911)\n");
    check(
        "| Who | Phone |\n|---|---|\n| é | 410-555-0100 |\n",
        "| Who | Phone |\n|---|---|\n| é | [410-555-0100](tel:+14105550100) |\n",
    );
    check(
        "[410-555-0100](tel:+14105550100)\n",
        "[410-555-0100](tel:+14105550100)\n",
    );
    check(
        "[410-555-0100](tests/b.md)\n",
        "[410-555-0100](tests/b.md)\n",
    );
    check("`410-555-0100`\n", "`410-555-0100`\n");
}

#[test]
fn phone_numbers_stay_where_a_link_would_break_the_markdown() {
    let stays = |text: &str| check(text, text);
    stays("Call!410-555-0100\n");
    stays("\\410-555-0100\n");
    stays("dial**410-555-0100**\n");
    stays("**1-800**-232-4636\n");
    stays("410-555&#8209;0100\n");
    stays("<a href=\"tel:+14105550100\">410-555-0100</a>\n");
    stays("{{ phone \"410-555-0100\" }}\n");
}

#[test]
fn links_go_straight_to_their_page() {
    check("[b](https://example.org/tests/b/)\n", "[b](tests/b.md)\n");
    check(
        "[b](http://example.org/tests/b/#signs)\n",
        "[b](tests/b.md#signs)\n",
    );
    check("[b](/before/)\n", "[b](tests/b.md)\n");
    check(
        "[c](http://example.org/portal)\n",
        "[c](https://example.org/portal)\n",
    );
    check("[c](http://example.com/)\n", "[c](http://example.com/)\n");
    check(
        "[b][]\n\n[b]: https://example.org/tests/b/\n",
        "[b][]\n\n[b]: https://example.org/tests/b/\n",
    );
}

#[test]
fn headings_keep_their_places_among_the_others() {
    check("#### A\n\n#### B\n\n##### C\n", "## A\n\n## B\n\n### C\n");
    check(
        "## A\n\n#### B\n\n##### C\n\n## D\n",
        "## A\n\n### B\n\n#### C\n\n## D\n",
    );
    check("## A\n\n#### B\n\n### C\n", "## A\n\n#### B\n\n### C\n");
    check("# X\n\n## Y\n\n# Z\n", "## X\n\n### Y\n\n## Z\n");
    check("# A\n\n## Y\n", "# A\n\n## Y\n");
    check("X\n=\n\nText\n", "X\n=\n\nText\n");
}

#[test]
fn yaml_gets_its_quotes() {
    let page = |line: &str| format!("---\ntitle: A\nsummary: S\n{line}\n---\n");
    let front = |before: &str, after: &str| check_file("content/a.md", &page(before), &page(after));
    front("also_called: [1.10, No]", "also_called: [\"1.10\", \"No\"]");
    front("also_called: [\" x \"]", "also_called: [\"x\"]");
    front("also_called: ['x ']", "also_called: ['x']");
    front("also_called: [“x”]", "also_called: [“x”]");
    let entry = |zip: &str| {
        format!(
            "- id: a\n  name: A\n  street: S\n  city: C\n  state: MD\n  zip: {zip}\n  lat: 39.3\n  lon: -76.6\n"
        )
    };
    let zip = |before: &str, after: &str| {
        check_file("content/locations.yaml", &entry(before), &entry(after));
    };
    zip("21218", "\"21218\"");
    zip("02139", "\"02139\"");
    zip("2139", "2139");
    zip("\"2139\"", "\"2139\"");
    zip("[1]", "[1]");
}

#[test]
fn a_care_card_is_never_touched() {
    let card = "> [!CAUTION]\n> ### Call 911\n> Or call 410-555-0100, see [b](https://example.org/tests/b/).\n";
    check(card, card);
    check(
        &format!("Call 911.\n\n{card}"),
        &format!("Call [911](tel:911).\n\n{card}"),
    );
}

#[test]
fn byte_order_marks_and_line_ends_stay() {
    let before = "\u{feff}---\r\ntitle: A\r\nsummary: S\r\n---\r\n\r\nCall 911.\r\n";
    let after = before.replace("Call 911", "Call [911](tel:911)");
    check_file("content/a.md", before, &after);
}

#[test]
fn the_command_changes_files_only_when_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("content/a.md");
    let before = format!("{FRONT}Call 911.\n");
    fs::create_dir_all(folder.path().join("content")).expect("a folder");
    fs::write(folder.path().join("content/site.yaml"), SITE).expect("a file");
    fs::write(&page, &before).expect("a file");
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pamphlet"));
        let output = command
            .args(arguments)
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("it runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
        )
    };
    let (status, said) = run(&["check", "--fix", "--dry-run"]);
    assert_eq!(fs::read_to_string(&page).expect("the page"), before);
    assert!(
        said.contains("--- a/content/a.md\n+++ b/content/a.md\n"),
        "{said}"
    );
    assert!(
        said.contains("-Call 911.\n+Call [911](tel:911).\n"),
        "{said}"
    );
    assert!(
        said.contains("would fix 1 finding in 1 file; nothing written"),
        "{said}"
    );
    assert_eq!(status, Some(0));
    let (status, said) = run(&["check", "--fix", "--strict"]);
    assert!(
        said.starts_with("fixed 1 finding in 1 file; checked"),
        "{said}"
    );
    assert_eq!(status, Some(0));
    assert_eq!(
        fs::read_to_string(&page).expect("the page"),
        before.replace("Call 911", "Call [911](tel:911)")
    );
    let (_, said) = run(&["check", "--fix"]);
    assert!(said.starts_with("fixed 0 findings in 0 files"), "{said}");
    let names: Vec<_> = fs::read_dir(folder.path().join("content"))
        .expect("the folder")
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}
