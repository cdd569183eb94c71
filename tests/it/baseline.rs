//! The ratchet: old findings are known, new ones count, and paid debts are named.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const PAGE: &str = "---\ntitle: A\nsummary: S\n---\n";

struct Site(TempDir);

impl Site {
    fn new(body: &str) -> Self {
        let site = Self(tempfile::tempdir().expect("a folder"));
        fs::create_dir_all(site.0.path().join("content")).expect("a folder");
        fs::write(site.0.path().join("content/site.yaml"), SITE).expect("a file");
        site.write(body);
        site
    }

    fn write(&self, body: &str) {
        fs::write(self.0.path().join("content/a.md"), format!("{PAGE}{body}")).expect("a file");
    }

    /// Runs `check` with the baseline, and checks its exit status and all that it must say.
    fn check(&self, arguments: &[&str], status: i32, said: &[&str]) -> String {
        let all = [&["check", "--baseline", "known.json"], arguments].concat();
        let mut command = Command::new(env!("CARGO_BIN_EXE_pamphlet"));
        let output = command
            .args(&all)
            .current_dir(self.0.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("it runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {text}");
        for part in said {
            assert!(
                text.contains(part),
                "{arguments:?} does not say {part:?}: {text}"
            );
        }
        text
    }
}

#[test]
fn only_what_is_new_counts() {
    let site = Site::new("Old debt: [x](gone.md) and [here](/credits/).\n");
    site.check(
        &[],
        2,
        &["cannot read the baseline known.json", "--write-baseline"],
    );
    site.check(&["--write-baseline"], 0, &["wrote known.json: 2 findings"]);
    site.check(
        &["--strict"],
        0,
        &["2 known from the baseline", "no findings"],
    );
    site.write("## New\n\nOld debt: [x](gone.md) and [here](/credits/).\n");
    site.check(
        &["--strict"],
        0,
        &["2 known from the baseline", "no findings"],
    );
    site.write("Old debt: [x](gone.md) and [here](/credits/).\n\nNew: [y](gone.md).\n\nNew: [x](gone.md).\n");
    let text = site.check(&[], 1, &["2 known", "2 errors"]);
    assert!(!text.contains("vague-link-text"), "{text}");
}

#[test]
fn paid_debts_are_named() {
    let site = Site::new("Old debt: [x](gone.md) and [here](/credits/).\n");
    site.check(&["--write-baseline"], 0, &[]);
    site.write("Debt: see the [credits](/credits/) and [x](gone.md).\n");
    let said = [
        "1 entry of the baseline found no longer",
        "vague-link-text content/a.md: here",
    ];
    site.check(&[], 0, &said);
    site.check(&["--write-baseline"], 0, &["wrote known.json: 1 finding"]);
    let text = site.check(&[], 0, &["1 known"]);
    assert!(!text.contains("no longer"), "{text}");
}

#[test]
fn a_broken_baseline_is_named() {
    let site = Site::new("Text.\n");
    fs::write(
        site.0.path().join("known.json"),
        "{\"version\": 9, \"findings\": []}",
    )
    .expect("a file");
    site.check(&[], 2, &["known.json is no baseline", "version 9"]);
    fs::write(site.0.path().join("known.json"), "x").expect("a file");
    site.check(&[], 2, &["known.json is no baseline"]);
}

#[test]
fn formats_for_machines_hold_what_is_new() {
    let site = Site::new("[x](gone.md)\n");
    site.check(&["--write-baseline"], 0, &[]);
    site.write("[x](gone.md)\n\n[y](lost.md)\n");
    for format in ["json", "sarif", "github"] {
        let text = site.check(&["--format", format], 1, &["lost.md"]);
        assert!(!text.contains("gone.md"), "{text}");
    }
}
