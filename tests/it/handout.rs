//! What a page has for paper: its address in letters and as a code, where its links lead, lines for
//! questions.

use crate::site::{build, tree};

/// The page of a condition on a site whose address is known, or not.
fn page(settings: &str, path: &str) -> String {
    let text = "---\ntitle: B\nsummary: About B.\n---\n## More\n\n[Home](../index.md) and [out](https://example.com/x).\n";
    let article = "---\ntitle: A\nsummary: About A.\n---\n## More\n\nWords.\n";
    let site = build(tree([
        ("content/site.yaml", format!("title: T\n{settings}")),
        ("content/index.md", article.to_owned()),
        ("content/about.md", article.replace('A', "C")),
        ("content/conditions/b.md", text.to_owned()),
    ]));
    String::from_utf8(site.files[path].clone()).expect("UTF-8")
}

#[test]
fn a_page_says_on_paper_what_is_known() {
    let check = |settings: &str, path: &str, expected: [bool; 5]| {
        let html = page(settings, path);
        let parts = [
            "<p class=\"handout__words\">This page online:",
            "<svg class=\"handout__code\"",
            "data-address=\"example.org/health/\"",
            "data-address=\"example.com/x\"",
            "<section class=\"questions\"",
        ];
        assert_eq!(
            parts.map(|part| html.contains(part)),
            expected,
            "{settings} {path}: {html}"
        );
    };
    let known = "base_url: https://example.org/health/\n";
    let long = format!("base_url: https://example.org/{}/\n", "a".repeat(2400));
    check(
        known,
        "conditions/b/index.html",
        [true, true, true, true, true],
    );
    check(
        "",
        "conditions/b/index.html",
        [false, false, false, true, true],
    );
    check(
        &long,
        "conditions/b/index.html",
        [true, false, false, true, true],
    );
    check(known, "about/index.html", [true, true, false, false, false]);
    check(known, "404.html", [false, false, false, false, false]);
}
