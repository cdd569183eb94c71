//! Whole machine files of small sites.

use super::*;
use crate::config::{self, Drafts, RunOptions};
use crate::content;
use crate::diagnostic::RuleId;
use crate::site;
use crate::source::SourceTree;

const BASE: &str = "title: Hearts & more\nbase_url: https://example.org/health\n";

fn site(settings: &str, pages: &[(&str, &str)]) -> Site {
    let page = |(name, front): &(&str, &str)| {
        (
            format!("content/{name}"),
            format!("---\n{front}---\nWords.\n"),
        )
    };
    let files = pages
        .iter()
        .map(page)
        .chain([("content/site.yaml".to_owned(), settings.to_owned())]);
    let tree = SourceTree::from_files(files);
    let run = RunOptions {
        as_of: jiff::civil::date(2026, 3, 1),
        drafts: Drafts::Excluded,
    };
    let (settings, faults) = config::read(&tree, run);
    let (content, more) = content::load(&tree, &settings, &content::Memo::in_memory(None), None);
    assert!(
        faults
            .iter()
            .chain(&more)
            .all(|found| found.rule == RuleId::MissingBaseUrl),
        "{faults:?} {more:?}"
    );
    site::link(&tree, &settings, content)
}

fn text(site: &Site, name: &str) -> Option<String> {
    let found = files(site, &|_| false)
        .into_iter()
        .find(|file| file.path.as_str() == name)?;
    String::from_utf8(found.bytes.to_vec()).ok()
}

const PAGES: [(&str, &str); 4] = [
    ("tests/ecg.md", "title: ECG\nsummary: Signals.\n"),
    (
        "tests/a&b.md",
        "title: A & B\nsummary: Two < three.\nupdated: 2026-02-01\nreview: {last: 2026-02-20}\n",
    ),
    (
        "about.md",
        "title: About\nsummary: Who.\nreview: {last: 2026-02-01}\naliases: [/old/]\n",
    ),
    (
        "news.md",
        "title: News\nsummary: New.\nupdated: 2026-02-03\n",
    ),
];

#[test]
fn a_site_has_the_files_that_it_can_have() {
    let check = |settings: &str, pages: &[(&str, &str)], own: &str, expected: &[&str]| {
        let site = site(settings, pages);
        let files = files(&site, &|name| name == own);
        let names: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(names, expected, "{settings}");
        assert_eq!(
            has_feed(&site),
            expected.contains(&"feed.xml"),
            "{settings}"
        );
    };
    check("title: Hearts\n", &PAGES, "", &["_headers", "robots.txt"]);
    check(
        BASE,
        &PAGES,
        "",
        &["_headers", "robots.txt", "sitemap.xml", "feed.xml"],
    );
    check(
        BASE,
        &PAGES,
        "robots.txt",
        &["_headers", "sitemap.xml", "feed.xml"],
    );
    check(
        BASE,
        &PAGES[..1],
        "",
        &["_headers", "robots.txt", "sitemap.xml"],
    );
}

#[test]
fn the_sitemap_lists_every_page_by_address() {
    let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <url><loc>https://example.org/health/</loc></url>
  <url><loc>https://example.org/health/a-z/</loc></url>
  <url><loc>https://example.org/health/about/</loc><lastmod>2026-02-01</lastmod></url>
  <url><loc>https://example.org/health/credits/</loc></url>
  <url><loc>https://example.org/health/news/</loc><lastmod>2026-02-03</lastmod></url>
  <url><loc>https://example.org/health/tests/</loc></url>
  <url><loc>https://example.org/health/tests/a%26b/</loc><lastmod>2026-02-01</lastmod></url>
  <url><loc>https://example.org/health/tests/ecg/</loc></url>
</urlset>
"#;
    assert_eq!(
        text(&site(BASE, &PAGES), "sitemap.xml").as_deref(),
        Some(expected)
    );
}

#[test]
fn a_large_sitemap_is_an_index_of_several() {
    let site = site(BASE, &PAGES);
    let base = site
        .settings
        .base_url
        .as_ref()
        .expect("there is a base URL");
    let check = |limit: usize, expected: &[(&str, usize)]| {
        let files = sitemap::texts(&Calendar::of(&site), base, limit);
        let found: Vec<_> = files
            .iter()
            .map(|(name, text)| (name.as_str(), text.matches("<loc>").count()))
            .collect();
        assert_eq!(found, expected, "{limit}");
    };
    check(8, &[("sitemap.xml", 8)]);
    check(
        4,
        &[
            ("sitemap.xml", 2),
            ("sitemap-1.xml", 4),
            ("sitemap-2.xml", 4),
        ],
    );
    check(
        7,
        &[
            ("sitemap.xml", 2),
            ("sitemap-1.xml", 7),
            ("sitemap-2.xml", 1),
        ],
    );
    let index = r#"<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <sitemap><loc>https://example.org/health/sitemap-1.xml</loc><lastmod>2026-02-03</lastmod></sitemap>
  <sitemap><loc>https://example.org/health/sitemap-2.xml</loc></sitemap>
</sitemapindex>
"#;
    assert_eq!(sitemap::texts(&Calendar::of(&site), base, 7)[0].1, index);
}

#[test]
fn the_feed_begins_with_the_newest_page() {
    let settings = format!(
        "{BASE}summary: About hearts.\norganisation: {{name: Heart Trust, url: https://example.com}}\n"
    );
    let expected = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <title>Hearts &amp; more</title>
  <subtitle>About hearts.</subtitle>
  <id>https://example.org/health/</id>
  <link rel="alternate" type="text/html" href="https://example.org/health/"/>
  <link rel="self" type="application/atom+xml" href="https://example.org/health/feed.xml"/>
  <updated>2026-02-03T00:00:00Z</updated>
  <author>
    <name>Heart Trust</name>
    <uri>https://example.com</uri>
  </author>
  <entry>
    <title>News</title>
    <id>https://example.org/health/news/</id>
    <link rel="alternate" type="text/html" href="https://example.org/health/news/"/>
    <updated>2026-02-03T00:00:00Z</updated>
    <summary>New.</summary>
  </entry>
  <entry>
    <title>About</title>
    <id>https://example.org/health/about/</id>
    <link rel="alternate" type="text/html" href="https://example.org/health/about/"/>
    <updated>2026-02-01T00:00:00Z</updated>
    <summary>Who.</summary>
  </entry>
  <entry>
    <title>A &amp; B</title>
    <id>https://example.org/health/tests/a%26b/</id>
    <link rel="alternate" type="text/html" href="https://example.org/health/tests/a%26b/"/>
    <updated>2026-02-01T00:00:00Z</updated>
    <summary>Two &lt; three.</summary>
  </entry>
</feed>
"#;
    assert_eq!(
        text(&site(&settings, &PAGES), "feed.xml").as_deref(),
        Some(expected)
    );
    let unnamed = text(&site(BASE, &PAGES), "feed.xml").unwrap_or_default();
    assert!(
        unnamed.contains("<author>\n    <name>Hearts &amp; more</name>\n  </author>"),
        "{unnamed}"
    );
}

#[test]
fn the_feed_holds_fifty_entries() {
    let names: Vec<String> = (0..60).map(|number| format!("page-{number}.md")).collect();
    let pages: Vec<_> = names
        .iter()
        .map(|name| {
            (
                name.as_str(),
                "title: T\nsummary: S.\nupdated: 2026-01-01\n",
            )
        })
        .collect();
    let feed = text(&site(BASE, &pages), "feed.xml").unwrap_or_default();
    assert_eq!(feed.matches("<entry>").count(), 50);
}

#[test]
fn robots_are_told_of_the_sitemap() {
    let check = |settings: &str, expected: &str| {
        assert_eq!(
            text(&site(settings, &PAGES), "robots.txt").as_deref(),
            Some(expected),
            "{settings}"
        );
    };
    check("title: Hearts\n", "User-agent: *\nAllow: /\n");
    check(
        BASE,
        "User-agent: *\nAllow: /\n\nSitemap: https://example.org/health/sitemap.xml\n",
    );
}

#[test]
fn headers_hold_the_policy_and_begin_at_the_root() {
    let check = |settings: &str, root: &str, ancestors: &str| {
        let expected = format!(
            "{root}*\n  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
             font-src 'self'; manifest-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'; \
             frame-ancestors {ancestors}\n  Referrer-Policy: no-referrer\n  X-Content-Type-Options: nosniff\n  \
             Permissions-Policy: geolocation=(self), camera=(), microphone=(), browsing-topics=()\n  \
             Cross-Origin-Opener-Policy: same-origin\n\n{root}assets/*\n  \
             Cache-Control: public, max-age=31536000, immutable\n"
        );
        assert_eq!(
            text(&site(settings, &[]), "_headers"),
            Some(expected),
            "{settings}"
        );
    };
    check("title: Hearts\n", "/", "'none'");
    check(BASE, "/health/", "'none'");
    let portals =
        "title: Hearts\npolicies: {frame_ancestors: \"'self' https://portal.example.org\"}\n";
    check(portals, "/", "'self' https://portal.example.org");
}
