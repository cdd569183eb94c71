//! Edits of a small site, in any order: pages that come, change, move, break and go, files beside
//! them, settings, locations, templates and styles.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

/// A site's own files, by path.
pub type Files = BTreeMap<String, String>;

/// One thing that an editor does.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Writes a page, or one of the other files.
    Write(Index, Index, Index),
    /// Writes the Markdown of a page that is there.
    Body(Index, Index),
    /// Changes a few words of a page that is there, and nothing else.
    Words(Index, Index),
    /// Deletes a file.
    Delete(Index),
    /// Gives a file another name.
    Rename(Index, Index),
}

/// Any edit.
pub fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        5 => (any::<Index>(), any::<Index>(), any::<Index>()).prop_map(|(name, one, two)| Edit::Write(name, one, two)),
        4 => (any::<Index>(), any::<Index>()).prop_map(|(name, body)| Edit::Body(name, body)),
        4 => (any::<Index>(), any::<Index>()).prop_map(|(name, words)| Edit::Words(name, words)),
        2 => any::<Index>().prop_map(Edit::Delete),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

const PAGES: &[&str] = &[
    "content/conditions/a.md",
    "content/conditions/b.md",
    "content/conditions/b/index.md",
    "content/tests/t.md",
    "content/treatments/r.md",
    "content/about.md",
    "content/index.md",
];

/// The front matter that a page may have.
const FRONTS: &[&str] = &[
    "title: One\nsummary: S\n",
    "title: Two\nsummary: S\naliases: [/old/]\n",
    "title: Three\nsummary: S\nlocations: all\n",
    "title: Draft\nsummary: S\ndraft: true\n",
    "title: Related\nsummary: S\ntests: [t]\ntreatments: [r]\n",
    "title: Fault\nsumary: S\n",
    "title: Later\nsummary: S\npublish_on: 2026-05-01\n",
    "title: One\nsummary: Another\nalso_called: [Zeta]\nupdated: 2026-02-01\n",
    "title: Scan\nsummary: S\ncategory: imaging\nused_for: [a]\n",
    "title: Reviewed\nsummary: S\nreview: {last: 2026-02-01, next: 2026-04-15, by: {name: N}}\nimage: {src: image.gif, alt: A}\n",
    "summary: Named by its heading\ntests: [t]\ncodes: [{system: LOINC, code: \"1-8\"}]\n",
];

/// Words that become others, and the reverse: what other pages show of a page, and what they do
/// not.
const WORDS: &[[&str; 2]] = &[
    ["summary: S\n", "summary: Another\n"],
    ["title: One\n", "title: Uno\n"],
    ["title: Related\n", "title: Not alone\n"],
    ["category: imaging\n", "category: laboratory\n"],
    ["Words", "Sword"],
    ["updated: 2026-02-01\n", "updated: 2026-02-11\n"],
    ["last: 2026-02-01", "last: 2026-02-21"],
    ["draft: true\n", "draft: false\n"],
    ["aliases: [/old/]\n", "aliases: [/older/]\n"],
];

/// The Markdown that a page may have. Headings come and go that others link to.
const BODIES: &[&str] = &[
    "## H\n\nWords.\n",
    "## Another heading\n\nWords.\n",
    "Words about [t](../tests/t.md#h) and [a](../conditions/a.md#h).\n",
    "## H\n\n[b](../conditions/b.md#another-heading) ![x](image.txt)\n",
    "[x](nowhere.md) [home](/) [old](/old/) [file](/old)\n",
    "> [!WARNING]\n> ## Call your doctor\n> If you are short of breath.\n\n![A picture](../conditions/image.gif)\n",
];

/// Files besides the pages, each with the texts that it may have.
const OTHERS: &[(&str, &[&str])] = &[
    (
        "content/site.yaml",
        &[
            "title: T\nbase_url: https://example.org/\n",
            "title: U\n",
            "titel: broken\n",
        ],
    ),
    (
        "content/locations.yaml",
        &[
            "- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6}\n",
            "- {id: l}\n",
        ],
    ),
    ("content/conditions/image.txt", &["one", "two"]),
    (
        "content/conditions/image.gif",
        &[
            "GIF89a\u{10}\0\u{20}\0\0\0\0;",
            "GIF89a\u{20}\0\u{10}\0\0\0\0;",
        ],
    ),
    ("static/assets/site.css", &["a {}", "b {}"]),
    (
        "static/assets/components/card/card.css",
        &[".card {}", ".card { color: red }"],
    ),
    (
        "static/old",
        &[
            "a file where an alias has a folder",
            "the same with other words",
        ],
    ),
    (
        "templates/article.html",
        &["{% extends \"theme/article.html\" %}", "{{ nothing }}"],
    ),
    (
        "templates/condition.html",
        &[
            "{% extends \"theme/condition.html\" %}",
            "<title>{{ page.title }}</title>",
        ],
    ),
    (
        "templates/components/care-card/care-card.html",
        &["<div>{{ card.title }}</div>", "{{ nothing }}"],
    ),
    (
        "templates/components/foot/foot.html",
        &["<footer>A</footer>", "<footer>{{ site.title }}</footer>"],
    ),
];

fn page(front: &str, body: &str) -> String {
    format!("---\n{front}---\n{body}")
}

/// Does one edit.
pub fn apply(files: &mut Files, edit: &Edit) {
    match edit {
        Edit::Write(name, one, two) => {
            let at = name.index(PAGES.len() + OTHERS.len());
            let text = match PAGES.get(at) {
                Some(_) => page(
                    FRONTS[one.index(FRONTS.len())],
                    BODIES[two.index(BODIES.len())],
                ),
                None => OTHERS[at - PAGES.len()].1[one.index(OTHERS[at - PAGES.len()].1.len())]
                    .to_owned(),
            };
            let name = PAGES
                .get(at)
                .copied()
                .unwrap_or_else(|| OTHERS[at - PAGES.len()].0);
            files.insert(name.to_owned(), text);
        }
        Edit::Body(which, body) => {
            let pages: Vec<String> = files
                .keys()
                .filter(|name| name.ends_with(".md"))
                .cloned()
                .collect();
            let Some(name) = pages.get(which.index(pages.len().max(1))) else {
                return;
            };
            let front = files[name]
                .split("---\n")
                .nth(1)
                .unwrap_or_default()
                .to_owned();
            files.insert(name.clone(), page(&front, BODIES[body.index(BODIES.len())]));
        }
        Edit::Words(which, words) => {
            let [one, other] = WORDS[words.index(WORDS.len())];
            let has_them = |text: &String| text.contains(one) || text.contains(other);
            let pages: Vec<String> = files
                .iter()
                .filter(|(_, text)| has_them(text))
                .map(|(name, _)| name.clone())
                .collect();
            let Some(name) = pages.get(which.index(pages.len().max(1))) else {
                return;
            };
            let text = &files[name];
            let (from, to) = if text.contains(one) {
                (one, other)
            } else {
                (other, one)
            };
            files.insert(name.clone(), text.replace(from, to));
        }
        Edit::Delete(which) => drop(taken(files, *which)),
        Edit::Rename(which, to) => {
            if let Some((name, text)) = taken(files, *which) {
                let to = if name.ends_with(".md") {
                    PAGES[to.index(PAGES.len())].to_owned()
                } else {
                    name
                };
                files.insert(to, text);
            }
        }
    }
}

fn taken(files: &mut Files, which: Index) -> Option<(String, String)> {
    let name = files.keys().nth(which.index(files.len().max(1)))?.clone();
    files.remove_entry(&name)
}

/// The files that a sequence of edits begins with.
pub fn beginning() -> Files {
    Files::from([
        ("content/site.yaml".to_owned(), OTHERS[0].1[0].to_owned()),
        (
            "content/conditions/a.md".to_owned(),
            page("title: Related\nsummary: S\ntests: [t]\n", BODIES[2]),
        ),
        (
            "content/tests/t.md".to_owned(),
            page("title: One\nsummary: S\ncategory: imaging\n", BODIES[0]),
        ),
    ])
}
