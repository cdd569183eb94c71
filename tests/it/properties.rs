//! What holds for every site: two builds are one, and the order in which files come does not
//! matter.

use std::collections::BTreeMap;

use pamphlet::diagnostic::Tally;
use pamphlet::pipeline;
use pamphlet::source::{SourcePath, SourceTree};
use proptest::prelude::*;

use crate::site::{Built, build, run_options, tree};

/// Pieces that pages are made of; among them what trips parsers up.
const PIECES: &[&str] = &[
    "## What it is\n\n",
    "Some *words* on a [page](b.md) and [another](../conditions/a.md#what-it-is).\n\n",
    "> [!WARNING]\n> ### Call\n> Now.\n\n",
    "| A | B |\n|---|--:|\n| 1 | 2 |\n\n",
    "A note[^1].\n\n[^1]: Its text.\n\n",
    "- [x] done\n- [ ] open\n\n",
    "```html\n<b>code</b>\n```\n\n",
    "<b>html</b> & \"quotes\" -- and…\n\n",
    "![alt](missing.png) <https://example.org/?a=1&b=2>\n\n",
    "> > > deep\n\n",
    "## \u{1f493} é &amp;\n\n",
    "[x]: y\n\n\\\n\n",
    "#### Deep\n\n##### Deeper\n\n",
    "# Top\n\n",
    "Call 911 or 410-555-0100, says [b](https://example.org/treatments/b/).\n\n",
    "> [!CAUTION]\n> Call 410-555-0100.\n\n",
    "{{ tag }} [é](http://example.org/x) {% b %}\n\n",
];

fn page() -> impl Strategy<Value = String> {
    let piece = (0..PIECES.len()).prop_map(|at| PIECES[at]);
    (prop::collection::vec(piece, 0..6), "[a-zA-Z \"<>&]{0,12}").prop_map(|(pieces, title)| {
        let title = serde_json::to_string(&title).expect("a string");
        format!(
            "---\ntitle: {title}\nsummary: A page.\n---\n{}",
            pieces.concat()
        )
    })
}

fn site() -> impl Strategy<Value = BTreeMap<String, String>> {
    let name = prop::sample::select(vec![
        "treatments/a",
        "treatments/b",
        "conditions/a",
        "tests/c",
        "about",
        "x/y/index",
    ]);
    prop::collection::btree_map(
        name.prop_map(|name| format!("content/{name}.md")),
        page(),
        1..6,
    )
}

fn outcome(built: &Built) -> (&BTreeMap<String, Vec<u8>>, String) {
    (&built.files, built.findings())
}

/// Every case builds whole sites, so that there is one for every 32 of a usual property.
fn whole_sites() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig {
        cases: (usual.cases / 32).max(1),
        failure_persistence: None,
        ..usual
    }
}

proptest! {
    #![proptest_config(whole_sites())]

    #[test]
    fn two_builds_are_one(files in site()) {
        let (first, second) = (build(tree(&files)), build(tree(&files)));
        prop_assert_eq!(outcome(&first), outcome(&second));
    }

    #[test]
    fn the_order_of_files_does_not_matter(files in site(), seed in any::<u64>()) {
        let mut shuffled: Vec<_> = files.iter().collect();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, usize::try_from(state >> 33).expect("64 bits") % (at + 1));
        }
        let mut other = SourceTree::default();
        let whole = tree(Vec::<(String, String)>::new());
        for (path, bytes) in whole.under("") {
            other.insert(path.clone(), bytes.clone());
        }
        for (path, text) in shuffled {
            other.insert(SourcePath::new(path), text.as_bytes().into());
        }
        let (first, second) = (build(tree(&files)), build(other));
        prop_assert_eq!(outcome(&first), outcome(&second));
    }

    #[test]
    fn fixes_converge_and_break_nothing(files in site()) {
        let before = tree(&files);
        let fixes = pipeline::fix(&before, &run_options());
        prop_assert_eq!(pipeline::fix(&fixes.tree, &run_options()).files, BTreeMap::new());
        let errors = |tree: &SourceTree| Tally::of(&pipeline::analyze(tree, run_options()).diagnostics()).errors;
        prop_assert!(errors(&fixes.tree) <= errors(&before));
    }

    #[test]
    fn spans_stand_on_character_boundaries(text in "[ -~é\u{1f493}\n#>\\[\\]()!|`*_<&;:-]{0,200}") {
        let built = build(tree([("content/a.md", text)]));
        for found in &built.diagnostics {
            let Some((span, text)) = found.place.span.zip(built.tree.text(&found.place.path)) else { continue };
            prop_assert!(text.get(span.start..span.end).is_some(), "{:?}", found);
            for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
                prop_assert!(text.get(edit.span.start..edit.span.end).is_some(), "{:?}", found);
            }
        }
    }
}
