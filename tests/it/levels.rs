//! What is true of all findings: levels, allowances, and sites that have none; and faults that stop
//! several pages.
//!
//! What one rule finds stands in `tests/rules/` and never here.

use crate::site::{Built, OF_SMALL_SITES, build, tree};

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const PAGE: &str = "---\ntitle: A\nsummary: S\n---\n";

fn build_with(settings: &str, files: &[(&str, &str)]) -> Built {
    let site = format!("{SITE}{settings}");
    build(tree(
        [&[("content/site.yaml", site.as_str())], files].concat(),
    ))
}

#[test]
fn levels_grade_findings() {
    let check = |level: &str, expected: &[&str]| {
        let page = format!("{PAGE}[x](b.md)\n");
        let built = build_with(
            &format!("rules: {{broken-link: {level}}}\n"),
            &[("content/a.md", &page)],
        );
        let shown = built
            .diagnostics
            .iter()
            .filter(|found| !OF_SMALL_SITES.contains(&found.rule));
        let severities: Vec<_> = shown.map(|found| found.severity.word()).collect();
        assert_eq!(severities, expected, "{level}");
    };
    check("error", &["error"]);
    check("warn", &["warning"]);
    check("note", &["note"]);
    check("off", &[]);
}

#[test]
fn a_page_can_allow_one_rule_for_itself() {
    let allowing = "---\ntitle: A\nsummary: S\nallow: [{rule: broken-link, reason: It comes next week}]\n---\n[x](b.md)\n\n##\n";
    let other = format!("{PAGE}[x](b.md)\n");
    let built = build_with("", &[("content/a.md", allowing), ("content/c.md", &other)]);
    assert_eq!(
        built.short(),
        [
            "empty-heading content/a.md:8:1",
            "broken-link content/c.md:5:5"
        ]
    );
}

#[test]
fn sound_content_has_no_findings() {
    let relations = "---\ntitle: C\nsummary: S\ntests: [t]\ntreatments: [treatments/r]\nupdated: 2026-02-03\n\
                     review: {last: 2026-01-01, by: {name: N}}\n---\n## What it is\n\n[The test](../tests/t.md)\n";
    let reviewed = "---\ntitle: T\nsummary: S\nreview: {last: 2026-01-01}\n---\n";
    let location = "- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6, phone: 410-555-0100}\n";
    let files = [
        ("content/a.md", PAGE),
        ("content/conditions/c.md", relations),
        ("content/tests/t.md", reviewed),
        ("content/treatments/r.md", reviewed),
        ("content/locations.yaml", location),
    ];
    assert_eq!(build_with("", &files).short(), Vec::<String>::new());
}

#[test]
fn one_fault_shows_in_all_rules_that_it_breaks() {
    let built = build(tree([
        ("content/site.yaml", ""),
        ("content/a.md", "Text.\n"),
    ]));
    let expected = [
        "missing-field content/a.md:1:1",
        "missing-base-url content/site.yaml",
        "missing-field content/site.yaml:1:1",
    ];
    assert_eq!(built.short(), expected);
    let built = build_with("", &[("content/a.md", "---\ntitle: A\n")]);
    let expected = ["invalid-yaml content/a.md:1:1"];
    assert_eq!(built.short(), expected);
}

#[test]
fn a_template_fault_names_the_first_page_that_it_stops() {
    let template = "{% extends \"theme/article.html\" %}{% block main %}<h1>x</h1>{% if page.title != \"A\" %}{{ nothing.here }}\
                    {% endif %}{% endblock %}";
    let page = |title: &str| format!("---\ntitle: {title}\nsummary: S\n---\n");
    let check = |titles: &[&str], expected: &str| {
        let pages: Vec<_> = titles
            .iter()
            .map(|title| (format!("content/{title}.md"), page(title)))
            .collect();
        let mut files: Vec<_> = pages
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        files.push(("templates/article.html", template));
        let built = build_with("", &files);
        assert_eq!(built.short().len(), 1, "{}", built.findings());
        assert!(built.findings().contains(expected), "{}", built.findings());
    };
    check(&["A", "B"], "while rendering /B/ (content/B.md)\n");
    check(
        &["A", "B", "C"],
        "while rendering /B/ (content/B.md) and another page\n",
    );
    check(
        &["A", "B", "C", "D"],
        "while rendering /B/ (content/B.md) and 2 other pages\n",
    );
}
