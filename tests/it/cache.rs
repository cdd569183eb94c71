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
use pamphlet::memo::Input;
use pamphlet::output::{DiscardSink, OutputRecord};
use pamphlet::pipeline;
use pamphlet::source::{Digest, FileBytes, ReadOnDemand, SourcePath};
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

impl ReadOnDemand for Counted {
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
        let built = pipeline::build(&tree, run_options(), &DiscardSink);
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

/// The parts of a record in the log: key, checksum, length.
const HEAD: usize = 16 + 8 + 4;

/// The record of a build: what it read, with its fingerprint; then its files, how many pages, the
/// largest page, and its findings.
type BuildRecord = (
    (Vec<Input>, u128),
    Vec<(String, OutputRecord)>,
    usize,
    Option<(String, String, [usize; 3])>,
    Vec<Diagnostic>,
);

/// The record without its findings; nothing where it is none of a build.
fn without_findings(record: &[u8]) -> Option<Vec<u8>> {
    let (mut build, rest): (BuildRecord, _) = postcard::take_from_bytes(record).ok()?;
    let is_build = rest.is_empty() && build.0.0 == [Input::Sources];
    assert!(
        !is_build || !build.4.is_empty(),
        "there is nothing to lie about"
    );
    build.4.clear();
    is_build.then(|| postcard::to_allocvec(&build).expect("a build"))
}

/// Makes the log forget what the last build found.
fn make_it_lie(path: &Path) {
    let bytes = fs::read(path).expect("a log");
    let (mut lying, mut rest) = (bytes[..Digest::LENGTH].to_vec(), &bytes[Digest::LENGTH..]);
    let mut lies = 0;
    while let Some((head, after)) = rest.split_at_checked(HEAD) {
        let length = u32::from_le_bytes(head[24..].try_into().expect("four bytes"));
        let (value, after) = after.split_at(usize::try_from(length).expect("a length"));
        let lie = without_findings(value);
        lies += usize::from(lie.is_some());
        let value = lie.unwrap_or_else(|| value.to_vec());
        let sum = twox_hash::XxHash3_64::oneshot(&[&head[..16], &value].concat());
        lying.extend_from_slice(&head[..16]);
        lying.extend_from_slice(&sum.to_le_bytes());
        lying.extend_from_slice(&u32::try_from(value.len()).expect("a length").to_le_bytes());
        lying.extend_from_slice(&value);
        rest = after;
    }
    assert_eq!(lies, 1, "one build was kept");
    fs::write(path, lying).expect("a log");
}

#[test]
fn verifying_finds_a_cache_that_lies() {
    let site = three_pages();
    check(site.path(), &["build"], 0, "awaits-review");
    make_it_lie(&site.path().join(".pamphlet/cache/log"));
    check(site.path(), &["build"], 0, "no findings");
    check(
        site.path(),
        &["build", "--verify"],
        2,
        "the cache gave other findings than a build without it",
    );
}
