//! The small sound site that targets put one file of their own into.
//!
//! Its pages link to each other and use what the fixes look for: an old address, locations,
//! relations. It never has anything to mend itself.

use jiff::civil::date;
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::source::{SourcePath, SourceTree};

/// Its files: path and text.
const FILES: [(&str, &str); 6] = [
    ("content/site.yaml", SITE),
    ("content/locations.yaml", LOCATIONS),
    ("content/index.md", "---\ntitle: Home\nsummary: Where to begin.\n---\nRead about [a](conditions/a.md).\n"),
    (
        "content/conditions/a.md",
        "---\ntitle: Angina\nsummary: Pain.\n---\n## Signs\n\nSee [the test](../tests/c.md).\n",
    ),
    ("content/conditions/b.md", OLD),
    (
        "content/tests/c.md",
        "---\ntitle: Chest X-ray\nsummary: A picture.\nused_for: [a]\n---\n## How it is done\n\nLie still.\n",
    ),
];

const SITE: &str = "title: T\nbase_url: https://example.org/\nlanguage: en\nreading: {temperatures: both}\n";

/// The ZIP code is the first of the generator's table, where it is found at once: most inputs do
/// not change this file.
const LOCATIONS: &str = "- id: north\n  name: North Hospital\n  street: 1 N St.\n  city: Adjuntas\n  state: PR\n  \
    zip: \"00601\"\n  lat: 18.18050\n  lon: -66.74990\n  phone: 787-555-0100\n";

const OLD: &str = "---\ntitle: Bradycardia\nsummary: A slow heart.\naliases: [/old/, /conditions/old/]\nlocations: all\n\
    ---\n## Signs\n\nRead about [a](a.md#signs).\n";

/// The page that the targets for pages replace.
pub const PAGE: &str = "content/conditions/a.md";

/// The options of a run, on a day that never changes.
#[must_use]
pub fn run(drafts: Drafts) -> RunOptions {
    RunOptions { as_of: date(2026, 3, 1), drafts }
}

/// The site.
#[must_use]
pub fn sound() -> SourceTree {
    SourceTree::from_files(FILES)
}

/// The site with one file more, or with another one in its place.
#[must_use]
pub fn with(path: &str, bytes: &[u8]) -> SourceTree {
    let mut tree = sound();
    tree.insert(SourcePath::new(path), bytes.into());
    tree
}
