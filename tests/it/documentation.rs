//! The documentation that is made from the program is what the program says today.
//!
//! `UPDATE_DOCS=1 cargo test --test it documentation` writes it anew.

use std::path::Path;
use std::{env, fs};

use pamphlet::check;

#[test]
fn the_documentation_of_the_rules_is_not_stale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let now = check::documentation();
    if env::var("UPDATE_DOCS").is_ok() {
        fs::write(&path, &now).expect("a file");
    }
    let written = fs::read_to_string(&path).expect("docs/rules.md");
    assert!(
        written == now,
        "docs/rules.md is stale; run: UPDATE_DOCS=1 cargo test --test it documentation"
    );
}
