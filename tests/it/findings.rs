//! Every rule on small sites: what it finds, and what it leaves alone.
//!
//! `check(files, expected)` builds a site of the given files beside a sound `site.yaml` and compares the findings, each
//! as `rule path:line:column`. To add a case, add a line.

use crate::site::{build, tree};

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const PAGE: &str = "---\ntitle: A\nsummary: S\n---\n";

/// Builds the files and gives the findings, without the notes on clinical review.
fn find(files: &[(&str, &str)]) -> Vec<String> {
    let mut all = vec![("content/site.yaml", SITE)];
    all.extend_from_slice(files);
    let found = build(tree(all)).short();
    found.into_iter().filter(|line| !line.starts_with("awaits-review ")).collect()
}

fn check(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(find(files), expected, "{files:?}");
}

/// Checks the Markdown of one article.
fn check_body(body: &str, expected: &[&str]) {
    let page = format!("{PAGE}{body}");
    check(&[("content/a.md", &page)], expected);
}

/// Checks the front matter of one condition, after title and summary.
fn check_front(front: &str, expected: &[&str]) {
    let page = format!("---\ntitle: A\nsummary: S\n{front}---\n");
    let others = [("content/tests/t.md", PAGE), ("content/treatments/r.md", PAGE)];
    check(&[&[("content/conditions/a.md", page.as_str())], &others[..]].concat(), expected);
}

#[test]
fn front_matter() {
    check_front("", &[]);
    check_front("sumary: x\n", &["unknown-key content/conditions/a.md:4:1"]);
    check_front("treats: [t]\n", &["unknown-key content/conditions/a.md:4:1"]);
    check_front("updated: 2026-02-30\n", &["bad-date content/conditions/a.md:4:10"]);
    check_front("updated: 2026-2-3\n", &["bad-date content/conditions/a.md:4:10"]);
    check_front("updated: 2026-02-03\n", &[]);
    check_front("draft: \"yes\"\n", &["wrong-type content/conditions/a.md:4:8"]);
    check_front("also_called: [1.10, x]\n", &["wrong-type content/conditions/a.md:4:15"]);
    check_front("also_called: no\n", &[]);
    check_front("sources: [{url: \"https://e.org\"}]\n", &["missing-field content/conditions/a.md:4:11"]);
    check_front("sources: [{title: x, url: \"javascript:x\"}]\n", &["unsafe-url content/conditions/a.md:4:27"]);
    check_front("allow: [{rule: broken-lnk, reason: x}]\n", &["bad-value content/conditions/a.md:4:16"]);
    check_front("review: {last: 2026-01-01, by: {name: N}}\n", &[]);
    check_front("review: {next: 2026-01-01}\n", &["missing-field content/conditions/a.md:4:9"]);
    check_front("a: &a x\ntitle: y\n", &["invalid-yaml content/conditions/a.md:5:1"]);
    check_front("tests:\n\t- t\n", &["invalid-yaml content/conditions/a.md:5:1"]);
    check(&[("content/a.md", "Text.\n")], &["missing-field content/a.md:1:1", "missing-field content/a.md:1:1"]);
    check(
        &[("content/a.md", "---\ntitle: A\n")],
        &["invalid-yaml content/a.md:1:1", "missing-field content/a.md:2:1", "missing-field content/a.md:2:1"],
    );
}

#[test]
fn relations() {
    check_front("tests: [t]\ntreatments: [treatments/r]\n", &[]);
    check_front("tests: [tt]\n", &["unknown-relation content/conditions/a.md:4:9"]);
    check_front("tests: [r]\n", &["unknown-relation content/conditions/a.md:4:9"]);
    check_front("part_of: [a]\n", &["unknown-relation content/conditions/a.md:4:11"]);
    check_front("tests: [t, tests/t]\n", &["duplicate-relation content/conditions/a.md:4:12"]);
    let condition = "---\ntitle: A\nsummary: S\ntests: [t]\n---\n";
    let both = "---\ntitle: A\nsummary: S\nused_for: [a]\n---\n";
    check(
        &[("content/conditions/a.md", condition), ("content/tests/t.md", both)],
        &["duplicate-relation content/tests/t.md:4:12"],
    );
    let draft = "---\ntitle: A\nsummary: S\ndraft: true\n---\n";
    check(&[("content/conditions/a.md", condition), ("content/tests/t.md", draft)], &[]);
}

#[test]
fn links() {
    check_body("[x](a.md) [y](#h) [z](a.md#h)\n\n## H\n", &[]);
    check_body("[x](b.md)\n", &["broken-link content/a.md:5:5"]);
    check_body("[x]()\n", &["broken-link content/a.md:5:1"]);
    check_body("[x](../../b.md)\n", &["broken-link content/a.md:5:5"]);
    check_body("[x](/a/) [y](/credits/)\n", &[]);
    check_body("[x](/b/)\n", &["broken-link content/a.md:5:5"]);
    check_body("[x](#h)\n", &["broken-anchor content/a.md:5:5"]);
    check_body("[x](a.md#h)\n", &["broken-anchor content/a.md:5:5"]);
    check_body("[x](leaflet.pdf)\n", &["missing-file content/a.md:5:5"]);
    check_body("![x](x.png)\n", &["missing-file content/a.md:5:6"]);
    check_body("[x](javascript:alert(1))\n", &["unsafe-url content/a.md:5:5"]);
    check_body("[x](<java\tscript:alert(1)>)\n", &["unsafe-url content/a.md:5:6"]);
    check_body("![x](https://example.com/x.png)\n", &["unsafe-url content/a.md:5:6"]);
    check_body("[x](https://e.org) [y](tel:911) <a@b.org>\n", &[]);
    let draft = "---\ntitle: B\nsummary: S\ndraft: true\n---\n";
    let page = format!("{PAGE}[x](b.md)\n");
    check(&[("content/a.md", &page), ("content/b.md", draft)], &["broken-link content/a.md:5:5"]);
}

#[test]
fn structure() {
    check_body("## A\n\n### B\n\n## C\n", &[]);
    check_body("## A\n\n#### B\n", &["skipped-heading-level content/a.md:7:1"]);
    check_body("### A\n", &["skipped-heading-level content/a.md:5:1"]);
    check_body("## A\n\n> [!NOTE]\n> #### B\n", &[]);
    check_body("##\n", &["empty-heading content/a.md:5:1"]);
    check_body("# A\n", &["top-level-heading content/a.md:5:1"]);
    check_body("a <b>c</b>\n", &["raw-html content/a.md:5:3", "raw-html content/a.md:5:7"]);
    check_body("<!-- for editors -->\n\n`<b>`\n", &[]);
}

#[test]
fn images() {
    let page = format!("{PAGE}![](x.png) ![ok](x.png)\n");
    check(&[("content/a.md", &page), ("content/x.png", "")], &["missing-alt content/a.md:5:1"]);
}

#[test]
fn locations() {
    let good = "- id: a\n  name: A\n  street: S\n  city: C\n  state: MD\n  zip: \"21218\"\n  lat: 39.3\n  lon: -76.6\n";
    let check = |from: &str, to: &str, expected: &[&str]| {
        assert!(good.contains(from), "{from}");
        check(&[("content/locations.yaml", &good.replace(from, to))], expected);
    };
    check("id: a", "id: a", &[]);
    check("zip: \"21218\"", "zip: 02139", &["unquoted-zip content/locations.yaml:6:8"]);
    check("zip: \"21218\"", "zip: 21218", &["unquoted-zip content/locations.yaml:6:8"]);
    check("zip: \"21218\"", "zip: \"2121\"", &["bad-zip content/locations.yaml:6:8"]);
    check("  zip: \"21218\"\n", "", &["missing-field content/locations.yaml:1:3"]);
    check("lat: 39.3", "lat: 139.3", &["bad-coordinates content/locations.yaml:7:8"]);
    check("  lat: 39.3\n", "", &["missing-coordinates content/locations.yaml:1:7"]);
    check("id: a", "id: a/b", &["bad-value content/locations.yaml:1:7"]);
    check(
        "city: C",
        "citty: C",
        &["missing-field content/locations.yaml:1:3", "unknown-key content/locations.yaml:4:3"],
    );
    check("name: A", "name: A\n  phone: call", &["bad-value content/locations.yaml:3:10"]);
    check(
        "- id: a",
        "- id: a\n  name: B\n  street: S\n  city: C\n  state: MD\n  zip: \"21218\"\n  lat: 1\n  lon: 1\n- id: a",
        &["duplicate-id content/locations.yaml:9:7"],
    );
    let body = [("content/locations.yaml", good), ("content/locations/b.md", PAGE)];
    super::findings::check(&body, &["location-without-entry content/locations/b.md"]);
}

#[test]
fn addresses() {
    check(&[("content/a.md", PAGE), ("content/a/index.md", PAGE)], &["duplicate-id content/a/index.md"]);
    check(&[("content/A.md", PAGE), ("content/a.md", PAGE)], &["url-collision content/a.md"]);
    check(&[("content/caf\u{e9}.md", PAGE), ("content/cafe\u{301}.md", PAGE)], &["url-collision content/café.md"]);
    check(&[("content/credits.md", PAGE), ("content/a b #1 100% ❤.md", PAGE)], &[]);
    check(&[("content/a?.md", PAGE)], &["bad-file-name content/a?.md"]);
    let alias = |alias: &str| format!("---\ntitle: A\nsummary: S\naliases: [{alias}]\n---\n");
    check(&[("content/a.md", &alias("/old/page/, old.html"))], &[]);
    check(&[("content/a.md", &alias("../../etc/x"))], &["bad-alias content/a.md:4:11"]);
    check(&[("content/a.md", &alias("/b/")), ("content/b.md", PAGE)], &["url-collision content/b.md"]);
    check(&[("content/a.md", PAGE), ("static/a/index.html", "x")], &["url-collision static/a/index.html"]);
}

#[test]
fn files() {
    let check_bytes = |bytes: &[u8], expected: &[&str]| {
        let files = [("content/site.yaml", SITE.as_bytes()), ("content/a.md", bytes)];
        assert_eq!(build(tree(files)).short(), expected);
    };
    check_bytes(&[0xFF, 0xFE, b'a', 0], &["unreadable-file content/a.md"]);
    check_bytes(b"---\ntitle: \xC3\x28\n", &["unreadable-file content/a.md"]);
    check_bytes(b"---\ntitle: A\nsummary: S\n---\n\0", &["unreadable-file content/a.md:5:1"]);
    check_bytes(
        b"\xEF\xBB\xBF---\r\ntitle: A\r\nsummary: S\r\n---\r\n\r\n[x](b.md)\r\n",
        &["broken-link content/a.md:6:5"],
    );
}

#[test]
fn settings() {
    let check = |settings: &str, expected: &[&str]| {
        let found = build(tree([("content/site.yaml", settings), ("content/a.md", PAGE)])).short();
        assert_eq!(found, expected, "{settings}");
    };
    check("", &["missing-base-url content/site.yaml", "missing-field content/site.yaml:1:1"]);
    check(
        "title: T\nbase_url: example.org\n",
        &["missing-base-url content/site.yaml", "bad-value content/site.yaml:2:11"],
    );
    check(&format!("{SITE}rules: {{broken-lnk: off}}\n"), &["unknown-key content/site.yaml:3:21"]);
    check(&format!("{SITE}rules: {{broken-link: no}}\n"), &["bad-value content/site.yaml:3:22"]);
    check(&format!("{SITE}language: english language\n"), &["bad-value content/site.yaml:3:11"]);
    check(
        &format!("{SITE}collections: [{{folder: x, kind: treatmen, title: X}}]\n"),
        &["bad-value content/site.yaml:3:33"],
    );
    check(&format!("{SITE}sections: [{{title: X, collections: [testz]}}]\n"), &["bad-value content/site.yaml:3:37"]);
    check(&format!("{SITE}policies: {{frame_ancestors: \"x; y\"}}\n"), &["bad-value content/site.yaml:3:29"]);
}

#[test]
fn levels_and_allowances() {
    let page = format!("{PAGE}[x](b.md)\n");
    let with_rules = |rules: &str| {
        build(tree([("content/site.yaml", format!("{SITE}rules: {{{rules}}}\n").as_str()), ("content/a.md", &page)]))
    };
    let severity =
        |rules: &str| with_rules(rules).diagnostics.iter().map(|found| found.severity.word()).collect::<Vec<_>>();
    assert_eq!(severity("broken-link: error"), ["error"]);
    assert_eq!(severity("broken-link: warn"), ["warning"]);
    assert_eq!(severity("broken-link: note"), ["note"]);
    assert_eq!(severity("broken-link: off"), Vec::<&str>::new());
    let allowed =
        "---\ntitle: A\nsummary: S\nallow: [{rule: broken-link, reason: It comes next week}]\n---\n[x](b.md)\n";
    check(&[("content/a.md", allowed)], &[]);
}

#[test]
fn templates() {
    let page = ("content/a.md", PAGE);
    check(&[page, ("templates/article.html", "{{ page.titel }}")], &["template-fault templates/article.html:1:9"]);
    check(&[page, ("templates/article.html", "{% if %}")], &["template-fault templates/article.html:1:7"]);
    check(&[page, ("templates/article.html", "{{ x | nope }}")], &["template-fault templates/article.html:1:8"]);
    let looped =
        [("templates/article.html", "{% include 'y.html' %}"), ("templates/y.html", "{% include 'article.html' %}")];
    let found = find(&[&[page], &looped[..]].concat());
    assert!(found.iter().any(|line| line.starts_with("template-fault templates/")), "{found:?}");
    let only_b = "{% extends \"theme/article.html\" %}{% block main %}{% if page.title == \"B\" %}{{ nothing.here }}{% endif %}{% endblock %}";
    let b = ("content/b.md", "---\ntitle: B\nsummary: S\n---\n");
    let built = build(tree([("content/site.yaml", SITE), page, b, ("templates/article.html", only_b)]));
    assert_eq!(built.diagnostics.len(), 1, "{}", built.findings());
    assert!(built.findings().contains("while rendering /b/ (content/b.md)"), "{}", built.findings());
}
