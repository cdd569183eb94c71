//! The cache as a person or a CI job meets it: what is built again, what is said when it is
//! damaged, and what `--verify` finds.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use pamphlet::diagnostic::Diagnostic;
use pamphlet::host::memory::Memory;
use pamphlet::output::{Nowhere, OutputRecord};
use pamphlet::pipeline;
use pamphlet::source::{Digest, FileBytes, ReadLater, SourcePath};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::cli::{check, site};
use crate::site::{run_options, tree};

/// Files that were left alone for so long are known without being read.
const QUIET: Duration = Duration::from_millis(2_100);

fn three_pages() -> TempDir {
    let page = |title: &str, links: &str| {
        format!("---\ntitle: {title}\nsummary: About {title}.\n---\n{links}\n")
    };
    let site = site(&[(
        "content/site.yaml",
        "title: T\nbase_url: https://example.org/\n",
    )]);
    for (name, text) in [
        ("conditions/a.md", page("A", "See [b](b.md).")),
        ("conditions/b.md", page("B", "See [a](a.md).")),
        ("about.md", page("About", "Words.")),
    ] {
        let path = site.path().join("content").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a page");
    }
    site
}

fn edit(file: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(file).expect("a file");
    assert!(text.contains(from), "{from:?} is not in {}", file.display());
    fs::write(file, text.replace(from, to)).expect("a file");
}

#[test]
fn what_was_rendered_is_not_rendered_again() {
    let site = three_pages();
    let folder = site.path();
    check(folder, &["build"], 0, "9 pages, ");
    check(
        folder,
        &["build"],
        0,
        "9 pages (0 rendered), 0 files written",
    );
    edit(&folder.join("content/about.md"), "Words", "Other words");
    check(
        folder,
        &["build"],
        0,
        "9 pages (1 rendered), 3 files written",
    );
    check(folder, &["check"], 0, "checked 9 pages");
    // Its page, its collection and the home page show it.
    edit(
        &folder.join("content/conditions/a.md"),
        "About A",
        "More about A",
    );
    check(folder, &["build"], 0, "9 pages (3 rendered), ");
    // What a page is made of does not depend on the day.
    check(
        folder,
        &["build", "--as-of", "2030-01-01"],
        0,
        "9 pages (0 rendered), 0 files written",
    );
    check(folder, &["build", "--out", "other"], 0, "9 pages, ");
    check(folder, &["build", "--verify"], 0, "verified: ");
}

/// A photo that counts how often somebody asked for it.
#[derive(Debug)]
struct Counted(Arc<AtomicUsize>);

impl ReadLater for Counted {
    fn read(&self) -> Vec<u8> {
        self.0.fetch_add(1, Ordering::Relaxed);
        PHOTO.to_vec()
    }
}

const PHOTO: &[u8] = &[0x89; 100_000];

#[test]
fn a_photo_is_read_when_it_is_written_and_not_before() {
    let check = |path: &str| {
        let asked = Arc::new(AtomicUsize::new(0));
        let photo = || {
            FileBytes::later(
                Digest::of(PHOTO),
                PHOTO.len(),
                Box::new(Counted(asked.clone())),
            )
        };
        let mut tree = tree([("content/index.md", "---\ntitle: Home\n---\n")]);
        tree.insert(SourcePath::new(path), photo());
        let built = pipeline::build(&tree, run_options(), &Nowhere);
        assert!(
            built
                .outputs
                .iter()
                .any(|(_, record)| record.hash == Digest::of(PHOTO)),
            "{path}"
        );
        assert_eq!(asked.load(Ordering::Relaxed), 0, "{path}: it is there");
        let memory = Memory::default();
        let _ = pipeline::build(&tree, run_options(), &memory);
        assert_eq!(asked.load(Ordering::Relaxed), 1, "{path}");
        assert!(
            memory.into_files().values().any(|bytes| **bytes == *PHOTO),
            "{path}"
        );
    };
    check("content/photo.jpg");
    check("static/photo.jpg");
    check("static/assets/photo.jpg");
}

#[test]
fn a_file_is_known_by_all_that_its_disk_says_of_it() {
    let site = three_pages();
    let folder = site.path();
    let page = folder.join("content/about.md");
    sleep(QUIET);
    check(folder, &["build"], 0, "9 pages, ");
    assert!(folder.join(".pamphlet/cache/sources").is_file());
    check(folder, &["build"], 0, "(0 rendered)");
    let modified = fs::metadata(&page)
        .expect("a page")
        .modified()
        .expect("a time");
    edit(&page, "Words", "Sword");
    File::options()
        .write(true)
        .open(&page)
        .expect("a page")
        .set_modified(modified)
        .expect("a time");
    check(folder, &["build"], 0, "(1 rendered), 3 files written");
    let html = fs::read_to_string(folder.join("public/about/index.html")).expect("the page");
    assert!(html.contains("Sword"));
}

#[test]
fn a_damaged_cache_is_no_cache() {
    let site = three_pages();
    check(site.path(), &["build"], 0, "9 pages, ");
    for entry in fs::read_dir(site.path().join(".pamphlet/cache")).expect("the cache") {
        fs::write(entry.expect("an entry").path(), "damaged").expect("a shelf");
    }
    check(site.path(), &["build"], 0, "9 pages, 0 files written");
    check(site.path(), &["build"], 0, "(0 rendered)");
}

#[test]
fn a_cache_that_cannot_be_kept_is_said_and_harms_nothing() {
    let site = three_pages();
    fs::write(site.path().join(".pamphlet"), "a file in its place").expect("a file");
    check(site.path(), &["build"], 0, "so the next build takes longer");
    check(site.path(), &["build"], 0, "0 files written");
}

#[test]
fn nobody_takes_the_cache_for_a_source() {
    let site = three_pages();
    check(site.path(), &["build"], 0, "9 pages, ");
    let ignored =
        fs::read_to_string(site.path().join(".pamphlet/.gitignore")).expect("what Git is told");
    assert_eq!(ignored, "*\n");
    assert!(site.path().join(".pamphlet/CACHEDIR.TAG").is_file());
}

#[test]
fn a_file_that_somebody_edited_is_mended() {
    let site = three_pages();
    let output = site.path().join("public/about/index.html");
    check(site.path(), &["build"], 0, "9 pages, ");
    edit(&output, "Words", "Sword");
    check(site.path(), &["build"], 0, "(1 rendered), 1 file written");
    assert!(
        fs::read_to_string(&output)
            .expect("the page")
            .contains("Words")
    );
}

#[test]
fn verifying_reads_what_is_there() {
    let site = three_pages();
    let output = site.path().join("public/about/index.html");
    check(site.path(), &["build"], 0, "9 pages, ");
    let modified = fs::metadata(&output)
        .expect("a page")
        .modified()
        .expect("a time");
    edit(&output, "Words", "Sword");
    File::options()
        .write(true)
        .open(&output)
        .expect("a page")
        .set_modified(modified)
        .expect("a time");
    check(site.path(), &["build", "--verify"], 0, "1 file written");
    assert!(
        fs::read_to_string(&output)
            .expect("the page")
            .contains("Words")
    );
}

/// The index of a shelf, as it is kept.
#[derive(Serialize, Deserialize)]
struct Index {
    program: [u8; Digest::LENGTH],
    entries: Vec<(u128, u64, usize, u8)>,
}

/// The file and the URL of the largest page, and what its parts weigh.
type Largest = Option<(String, String, [usize; 3])>;

/// The record of a build: its sources, its files, how many pages, the largest, its findings.
type BuildRecord = (
    [u8; Digest::LENGTH],
    Vec<(String, OutputRecord)>,
    usize,
    Largest,
    Vec<Diagnostic>,
);

/// Makes the cache forget what the last build found.
fn make_it_lie(shelf: &Path) {
    let bytes = fs::read(shelf).expect("a shelf");
    let (mut index, value): (Index, _) =
        postcard::take_from_bytes(&bytes[Digest::LENGTH + 8..]).expect("an index");
    let mut last: BuildRecord = postcard::from_bytes(value).expect("a build");
    assert!(!last.4.is_empty(), "there is nothing to lie about");
    last.4.clear();
    let value = postcard::to_allocvec(&last).expect("a build");
    let sum = twox_hash::XxHash3_64::oneshot(&value);
    (index.entries[0].1, index.entries[0].2) = (sum, value.len());
    let index = postcard::to_allocvec(&index).expect("an index");
    fs::write(
        shelf,
        [
            Digest::of(&index).as_bytes().as_slice(),
            &(index.len() as u64).to_le_bytes(),
            &index,
            &value,
        ]
        .concat(),
    )
    .expect("a shelf");
}

#[test]
fn verifying_finds_a_cache_that_lies() {
    let site = three_pages();
    check(site.path(), &["build"], 0, "awaits-review");
    make_it_lie(&site.path().join(".pamphlet/cache/builds"));
    check(site.path(), &["build"], 0, "no findings");
    check(
        site.path(),
        &["build", "--verify"],
        2,
        "the cache gave other findings than a build without it",
    );
}
