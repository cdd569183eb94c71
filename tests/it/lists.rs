//! Lists of many entries: over several pages, each entry on exactly one of them, and no page that
//! grows with the site.

use std::collections::BTreeMap;

use crate::site::{Built, build, tree};

/// A site with so many articles in a folder, each with another name, and at most ten entries of a
/// list on a page.
fn site(articles: usize) -> Built {
    let settings = "title: S\nbase_url: https://example.org/\ncollections:\n  - {folder: news, kind: article, title: News}\n\
         limits: {list_entries: 10}\n";
    let article = |number: usize| {
        let initial = ["Heart", "Lung", "1st"][number % 3];
        let text = format!(
            "---\ntitle: {initial} {number:03}\nsummary: S {number}.\nalso_called: [X{number:03}]\n---\n\nText.\n"
        );
        (format!("content/news/a{number:03}.md"), text)
    };
    let files = (0..articles).map(article);
    build(tree(files.chain([(
        "content/site.yaml".to_owned(),
        settings.to_owned(),
    )])))
}

impl Built {
    fn page(&self, path: &str) -> &str {
        let bytes = self
            .files
            .get(&format!("{path}index.html"))
            .unwrap_or_else(|| panic!("there is no {path}"));
        std::str::from_utf8(bytes).expect("UTF-8")
    }
}

/// The addresses that a class of links on a page leads to.
fn links<'p>(page: &'p str, class: &str) -> Vec<&'p str> {
    let opening = format!("class=\"{class}\" href=\"");
    page.split(&opening)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .collect()
}

/// What stands in a page's lists of names.
fn names(page: &str) -> Vec<&str> {
    let lists = page.split("<ul class=\"letter__list\">").skip(1);
    let lists = lists.map(|rest| rest.split("</ul>").next().unwrap_or_default());
    let links = lists.flat_map(|list| list.split("<li><a href=\"").skip(1));
    links
        .filter_map(|link| link.split_once('>')?.1.split('<').next())
        .collect()
}

#[test]
fn a_long_collection_goes_over_several_pages() {
    let check = |articles: usize, expected: &[usize]| {
        let built = site(articles);
        let mut seen = BTreeMap::<&str, usize>::new();
        for (number, cards) in (1..).zip(expected) {
            let path = if number == 1 {
                "news/".to_owned()
            } else {
                format!("news/page/{number}/")
            };
            let page = built.page(&path);
            assert_eq!(
                links(page, "card__link").len(),
                *cards,
                "{path} of {articles}"
            );
            for url in links(page, "card__link") {
                *seen.entry(url).or_default() += 1;
            }
        }
        assert!(
            seen.len() == articles && seen.values().all(|times| *times == 1),
            "{seen:?}"
        );
        assert!(
            !built
                .files
                .contains_key(&format!("news/page/{}/index.html", expected.len() + 1))
        );
        assert_eq!(built.short(), [""; 0], "{articles}");
    };
    check(9, &[9]);
    check(10, &[10]);
    check(11, &[10, 1]);
    check(35, &[10, 10, 10, 5]);
}

#[test]
fn the_pager_leads_through_the_list() {
    let built = site(95);
    let page = built.page("news/page/5/");
    assert_eq!(
        links(page, "pager__turn"),
        ["/news/page/4/", "/news/page/6/"]
    );
    let steps = [
        "/news/",
        "/news/page/4/",
        "/news/page/5/",
        "/news/page/6/",
        "/news/page/10/",
    ];
    assert_eq!(links(page, "pager__step"), steps);
    assert!(page.contains("<h1 class=\"listing__title\">News, page 5 of 10</h1>"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/news/page/5/\">"));
    let sitemap = std::str::from_utf8(&built.files["sitemap.xml"]).expect("UTF-8");
    assert!(sitemap.contains("<loc>https://example.org/news/page/10/</loc>"));
}

#[test]
fn a_long_index_has_a_page_for_each_letter() {
    let whole = site(30);
    assert_eq!(names(whole.page("a-z/")).len(), 60);
    assert!(
        !whole
            .files
            .keys()
            .any(|path| path.starts_with("a-z/") && path != "a-z/index.html")
    );

    let split = site(60);
    assert_eq!(names(split.page("a-z/")), [""; 0]);
    assert_eq!(
        links(split.page("a-z/"), "letters__letter"),
        ["/a-z/0-9/", "/a-z/h/", "/a-z/l/", "/a-z/x/"]
    );
    let pages = split
        .files
        .keys()
        .filter_map(|path| path.strip_suffix("index.html"))
        .filter(|path| path.starts_with("a-z/"));
    let mut all: Vec<&str> = pages.flat_map(|path| names(split.page(path))).collect();
    assert!(all.contains(&"X007") && all.contains(&"1st 002"));
    assert_eq!(all.len(), 120);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 120);
    assert_eq!(split.short(), [""; 0]);
}

#[test]
fn a_page_where_a_list_goes_on_is_a_collision() {
    let page = "---\ntitle: T\nsummary: S.\n---\n\nText.\n".to_owned();
    let mut files: Vec<_> = (0..12)
        .map(|number| (format!("content/tests/t{number}.md"), page.clone()))
        .collect();
    files.push(("content/tests/page/2.md".to_owned(), page));
    let settings = "title: S\nbase_url: https://example.org/\nlimits: {list_entries: 10}\n";
    files.push(("content/site.yaml".to_owned(), settings.to_owned()));
    assert_eq!(
        build(tree(files)).short(),
        ["url-collision content/tests/page/2.md"]
    );
}
