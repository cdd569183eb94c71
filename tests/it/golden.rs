//! Whole sites with their expected output: `tests/sites/<name>/site/` is built and compared with
//! `expected/`.
//!
//! `tests/sites/theme/` lies beneath each site: bare templates, so that the sites show what the
//! generator does and not what the real theme looks like. `UPDATE_GOLDEN=1 cargo test` writes what
//! was built over what was expected; look at the difference before you commit it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::site::{Built, build};
use pamphlet::check;
use pamphlet::diagnostic::sarif::{self, RuleHelp};
use pamphlet::diagnostic::{github, json};
use pamphlet::source::SourceTree;

fn sites() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("tests/sites")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    found.retain(|path| path.join("site").is_dir());
    found.sort();
    found
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok);
    let files = walk.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry
                .path()
                .strip_prefix(folder)
                .expect("inside")
                .to_string_lossy()
                .replace('\\', "/");
            (name, fs::read(entry.path()).expect("a file"))
        })
        .collect()
}

fn with_findings(built: &Built) -> BTreeMap<String, Vec<u8>> {
    let mut files = built.files.clone();
    files.insert("findings.txt".to_owned(), built.findings().into_bytes());
    for (name, text) in formats(built) {
        files.insert(name.to_owned(), text.into_bytes());
    }
    files
}

/// The same findings in every format for machines.
fn formats(built: &Built) -> [(&'static str, String); 3] {
    let (found, tree) = (&built.diagnostics, &built.tree);
    let broken = check::rules().filter(|rule| found.iter().any(|found| found.rule == rule.id));
    let rules: Vec<RuleHelp> = broken
        .map(|rule| RuleHelp {
            id: rule.id,
            summary: rule.summary,
            markdown: rule.documentation(1),
        })
        .collect();
    [
        ("findings.jsonl", json::render(found, tree)),
        ("findings.github", github::render(found, tree, "site/")),
        (
            "findings.sarif",
            sarif::render(found, tree, "site/", &rules),
        ),
    ]
}

#[test]
fn sites_build_as_expected() {
    let update = env::var("UPDATE_GOLDEN").is_ok();
    let sites = sites();
    assert!(sites.len() >= 3, "the sites were not found");
    for site in sites {
        let mut source = files(&site.with_file_name("theme"));
        source.extend(files(&site.join("site")));
        let found = with_findings(&build(SourceTree::from_files(source)));
        let expected_folder = site.join("expected");
        if update {
            let _ = fs::remove_dir_all(&expected_folder);
            for (name, bytes) in &found {
                let path = expected_folder.join(name);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, bytes).expect("a file");
            }
        }
        let expected = files(&expected_folder);
        let name = site.file_name().expect("a name").to_string_lossy();
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&found), names(&expected), "{name}");
        for (path, bytes) in found {
            let (found, expected) = (
                String::from_utf8_lossy(&bytes),
                String::from_utf8_lossy(&expected[&path]),
            );
            snapbox::assert_data_eq!(
                found.to_string(),
                snapbox::Data::text(expected.to_string()).raw()
            );
        }
    }
}
