//! The material on which the search is tried (`tests/search/`): enough pages, and questions whose
//! answers are among them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use pamphlet::config::{Drafts, RunOptions};
use pamphlet::host::read;
use pamphlet::pipeline;

#[test]
fn every_question_has_its_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search");
    let tree = read::read(&folder).expect("the sources");
    let run = RunOptions {
        as_of: jiff::civil::date(2026, 11, 23),
        drafts: Drafts::Excluded,
    };
    let analysis = pipeline::analyze(&tree, run);
    let errors = pamphlet::diagnostic::Tally::of(&analysis.diagnostics()).errors;
    assert_eq!(errors, 0);
    assert!(analysis.site.pages.len() >= 200);
    let text = fs::read_to_string(folder.join("queries.tsv")).expect("the questions");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect();
    let questions: BTreeSet<&str> = rows.iter().map(|row| row[0]).collect();
    assert!(
        questions.len() >= 60 && questions.len() == rows.len(),
        "{} questions",
        questions.len()
    );
    for row in rows {
        assert!(analysis.site.find(row[1]).is_some(), "{row:?}");
        assert!(!row[2].is_empty(), "{row:?}");
    }
}
