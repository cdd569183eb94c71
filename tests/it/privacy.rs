//! What keeps private who reads a page, over whole built sites.

use crate::site::{Built, build, tree};

/// A site with a page of every kind, an old address and somebody who may show it in a frame.
fn whole_site() -> Built {
    let page = |title: &str, rest: &str| {
        format!("---\ntitle: {title}\nsummary: About {title}.\n{rest}---\n## More\n\nWords.\n")
    };
    build(tree([
        (
            "content/site.yaml",
            "title: T\nbase_url: https://example.org/health/\npolicies: {frame_ancestors: \"'self' https://portal.example.org\"}\n\
             sections:\n  - {title: Care, collections: [conditions, tests]}\n"
                .to_owned(),
        ),
        (
            "content/locations.yaml",
            "- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6}\n".to_owned(),
        ),
        ("content/treatments/a.md", page("A", "treats: [b]\ntests: [t]\nlocations: all\n")),
        ("content/conditions/b.md", page("B", "aliases: [/old/]\n")),
        ("content/tests/t.md", page("Test", "")),
        ("content/about.md", page("About", "")),
    ]))
}

#[test]
fn the_header_file_and_every_page_have_one_policy() {
    let site = whole_site();
    let headers = String::from_utf8(site.files["_headers"].clone()).expect("text");
    let (_, header) = headers.split_once("Content-Security-Policy: ").expect("a policy");
    let (policy, ancestors) =
        header.lines().next().and_then(|line| line.split_once("; frame-ancestors ")).expect("both");
    assert_eq!(ancestors, "'self' https://portal.example.org");
    assert_eq!(headers.matches("Content-Security-Policy").count(), 1, "two policies would be joined");
    let written = policy.replace('\'', "&#39;");
    let meta = format!("<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{written}\">");
    let pages: Vec<_> = site.files.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    assert!(pages.len() > 12, "{}", pages.len());
    for (path, bytes) in pages {
        assert!(String::from_utf8_lossy(bytes).contains(&meta), "{path} does not have {meta}");
    }
}
