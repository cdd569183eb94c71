//! What a site and a page make of findings: levels, allowances, one finding for many pages.

use crate::site::{build, tree};

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const PAGE: &str = "---\ntitle: A\nsummary: S\n---\n";

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
    assert_eq!(build(tree([("content/site.yaml", SITE), ("content/a.md", allowed)])).short(), Vec::<String>::new());
}

#[test]
fn a_fault_that_many_pages_run_into_is_one_finding() {
    let only_b = "{% extends \"theme/article.html\" %}{% block main %}{% if page.title == \"B\" %}{{ nothing.here }}{% endif %}{% endblock %}";
    let b = ("content/b.md", "---\ntitle: B\nsummary: T\n---\n");
    let files = [("content/site.yaml", SITE), ("content/a.md", PAGE), b, ("templates/article.html", only_b)];
    let built = build(tree(files));
    assert_eq!(built.short().len(), 1, "{}", built.findings());
    assert!(built.findings().contains("while rendering /b/ (content/b.md)"), "{}", built.findings());
}
