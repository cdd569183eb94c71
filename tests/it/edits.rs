//! Edits of a small site, in any order: pages that come, change, move, break and go, files beside them, settings,
//! locations, templates and styles.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

/// A site's own files, by path.
pub type Files = BTreeMap<String, String>;

/// One thing that an editor does.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Writes one of the texts to one of the names.
    Write(Index, Index),
    /// Deletes a file.
    Delete(Index),
    /// Gives a file another name.
    Rename(Index, Index),
}

/// Any edit.
pub fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), any::<Index>()).prop_map(|(name, text)| Edit::Write(name, text)),
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

const TEXTS: &[&str] = &[
    "---\ntitle: One\nsummary: S\n---\n## H\n\nWords.\n",
    "---\ntitle: Two\nsummary: S\naliases: [/old/]\n---\nOther words.\n",
    "---\ntitle: Three\nsummary: S\nlocations: all\n---\n[home](/)\n",
    "---\ntitle: Draft\nsummary: S\ndraft: true\n---\n",
    "---\ntitle: Broken\nsummary: S\n---\n[x](nowhere.md)\n",
    "---\ntitle: Fault\nsumary: S\n---\n",
    "---\ntitle: One\nsummary: S\n---\n## H\n\nOther words about [a test](../tests/t.md#h), ![x](image.txt).\n",
    "---\ntitle: One\nsummary: S\n---\n## Another heading\n\nWords.\n",
    "---\ntitle: Related\nsummary: S\ntests: [t]\ntreatments: [r]\n---\n## H\n\n[old](/old/) [file](/old)\n",
];

/// Files besides the pages, each with the texts that it may have.
const OTHERS: &[(&str, &[&str])] = &[
    ("content/site.yaml", &["title: T\nbase_url: https://example.org/\n", "title: U\n", "titel: broken\n"]),
    (
        "content/locations.yaml",
        &["- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6}\n", "- {id: l}\n"],
    ),
    ("content/conditions/image.txt", &["one", "two"]),
    ("static/assets/site.css", &["a {}", "b {}"]),
    ("static/assets/components/card/card.css", &[".card {}", ".card { color: red }"]),
    ("static/old", &["a file where an alias has a folder", "the same with other words"]),
    ("templates/article.html", &["{% extends \"theme/article.html\" %}", "{{ nothing }}"]),
    ("templates/components/foot/foot.html", &["<footer>A</footer>", "<footer>{{ site.title }}</footer>"]),
];

/// Does one edit.
pub fn apply(files: &mut Files, edit: &Edit) {
    match edit {
        Edit::Write(name, text) => {
            let at = name.index(PAGES.len() + OTHERS.len());
            let (name, texts) = PAGES.get(at).map_or_else(|| OTHERS[at - PAGES.len()], |name| (*name, TEXTS));
            files.insert(name.to_owned(), texts[text.index(texts.len())].to_owned());
        }
        Edit::Delete(which) => drop(taken(files, *which)),
        Edit::Rename(which, to) => {
            if let Some((name, text)) = taken(files, *which) {
                let to = if name.ends_with(".md") { PAGES[to.index(PAGES.len())].to_owned() } else { name };
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
        ("content/conditions/a.md".to_owned(), TEXTS[0].to_owned()),
    ])
}
