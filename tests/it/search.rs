//! The search: its files, which pages are in them, and what an edit changes of them.

use std::collections::BTreeMap;

use crate::site::{Built, build, tree};

const SITE: &str = "title: S\nbase_url: https://example.org/health/\n";

fn article(number: usize, text: &str) -> (String, String) {
    let front = format!("title: Name {number}\nsummary: S {number}.");
    (
        format!("content/conditions/a{number:04}.md"),
        format!("---\n{front}\n---\n\n{text}\n"),
    )
}

fn site(settings: &str, pages: impl IntoIterator<Item = (String, String)>) -> Built {
    build(tree(pages.into_iter().chain([(
        "content/site.yaml".to_owned(),
        settings.to_owned(),
    )])))
}

/// The files of the search index with their texts.
fn index(built: &Built) -> BTreeMap<&str, &str> {
    let files = built
        .files
        .iter()
        .filter(|(name, _)| name.starts_with("search/") && name.ends_with(".js"));
    files
        .map(|(name, bytes)| (name.as_str(), std::str::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

#[test]
fn what_is_not_public_is_not_found() {
    let draft = "---\ntitle: Hidden\nsummary: S.\ndraft: true\n---\n\nSecretword.\n".to_owned();
    let built = site(
        SITE,
        [
            article(1, "Openword."),
            ("content/conditions/b.md".to_owned(), draft),
        ],
    );
    let all: String = index(&built).into_values().collect();
    assert!(
        all.contains("openword") && all.contains("/health/conditions/a0001/"),
        "{all}"
    );
    assert!(
        !all.contains("secretword") && !all.contains("hidden"),
        "{all}"
    );
    // Nothing leads a search engine to the search.
    assert!(!String::from_utf8_lossy(&built.files["sitemap.xml"]).contains("search"));
}

#[test]
fn a_site_can_do_without() {
    let built = site(
        &format!("{SITE}search: {{enabled: false}}\n"),
        [article(1, "Words.")],
    );
    assert!(
        built.files.keys().all(|name| !name.starts_with("search/")),
        "{:?}",
        built.files.keys()
    );
    assert!(
        !String::from_utf8_lossy(&built.files["index.html"]).contains("data-module=\"search\"")
    );
}

#[test]
fn a_sites_own_synonyms_are_in_the_index() {
    let built = site(
        &format!("{SITE}search:\n  synonyms: [Tick-tock = ticker]\n"),
        [article(1, "Words.")],
    );
    assert!(
        index(&built)["search/index.js"].contains(r#"[["tick","tock","ticktock"],["ticker"]]"#)
    );
}

#[test]
fn an_edit_changes_one_file_of_texts() {
    let pages = |word: &str| {
        (0..600)
            .map(|number| article(number, if number == 7 { word } else { "Words." }))
            .collect::<Vec<_>>()
    };
    let (before, after) = (site(SITE, pages("Words.")), site(SITE, pages("Others.")));
    let (before, after) = (index(&before), index(&after));
    assert_eq!(before.len(), 2 + 4, "{:?}", before.keys());
    let changed: Vec<&str> = before
        .iter()
        .filter(|(name, text)| after[*name] != **text)
        .map(|(name, _)| *name)
        .collect();
    assert!(
        changed.len() == 2 && changed[1] == "search/text.js",
        "{changed:?}"
    );
    // What leads to the file asks for it by another name, so that no copy of the old one answers.
    assert!(after["search/text.js"].contains(&format!("./{}?v=", &changed[0]["search/".len()..])));
}

#[test]
fn every_page_stands_in_one_file_of_texts() {
    let built = site(SITE, (0..600).map(|number| article(number, "Words.")));
    let texts = index(&built)
        .into_iter()
        .filter(|(name, _)| name.starts_with("search/text-"))
        .map(|(_, text)| text);
    let texts: String = texts.collect();
    for number in 0..600 {
        assert_eq!(
            texts
                .matches(&format!("\"conditions/a{number:04}\""))
                .count(),
            1,
            "{number}"
        );
    }
}
