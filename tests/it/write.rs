//! The writer: what it writes, skips, deletes and refuses, and what is left when it is killed at any step.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pamphlet::host::write::{Disk, RealDisk, Stage, Written, refuse_overlap};
use pamphlet::output::{Origin, OutputFile, OutputPath, OutputRecord, OutputSet, Sink};
use tempfile::TempDir;

type Site = &'static [(&'static str, &'static str)];

const OLD: Site = &[
    ("index.html", "old home"),
    ("same.html", "same"),
    ("gone/index.html", "gone"),
    ("file", "was a file"),
    ("folder/inside", "was in a folder"),
    ("assets/1/site.css", "old style"),
];
const NEW: Site = &[
    ("index.html", "new home"),
    ("same.html", "same"),
    ("added/index.html", "added"),
    ("file/index.html", "is in a folder"),
    ("folder", "is a file"),
    ("assets/2/site.css", "new style"),
];

/// A disk that stops at one operation, and does nothing after it: a process that was killed.
#[derive(Clone, Debug)]
struct Killed(Arc<AtomicUsize>);

impl Killed {
    fn after(steps: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(steps)))
    }

    fn step(&self, run: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let left = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_ok() { run() } else { Err(io::Error::other("killed")) }
    }
}

impl Disk for Killed {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(|| RealDisk.write(path, bytes))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|| RealDisk.rename(from, to))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealDisk.remove_file(path))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealDisk.remove_folder(path))
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealDisk.make_folder(path))
    }
}

fn build_on<D: Disk>(out: &Path, site: Site, disk: D) -> anyhow::Result<Written> {
    let stage = Stage::open_on(out, disk)?;
    let mut outputs = OutputSet::default();
    for (path, text) in site {
        let path = OutputPath::new(path).expect("a path");
        let file = OutputFile { path, bytes: text.as_bytes().into(), origin: Origin::Generated("a test") };
        outputs.insert(file.path.clone(), OutputRecord::of(&file));
        stage.put(file);
    }
    stage.commit(&outputs)
}

fn build(out: &Path, site: Site) -> anyhow::Result<Written> {
    build_on(out, site, RealDisk)
}

/// The files of a folder, without our own.
fn files(out: &Path) -> BTreeMap<String, String> {
    let walk =
        walkdir::WalkDir::new(out).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let named = walk.map(|entry| {
        let name = entry.path().strip_prefix(out).expect("inside").to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(entry.path()).expect("text"))
    });
    named.filter(|(name, _)| !name.starts_with(".pamphlet/")).collect()
}

fn as_map(site: Site) -> BTreeMap<String, String> {
    site.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    (folder, out)
}

/// What an error says.
fn refused(result: anyhow::Result<Written>, said: &str) {
    let error = format!("{:#}", result.expect_err("a refusal"));
    assert!(error.contains(said), "{error:?} does not say {said:?}");
}

#[test]
fn builds_write_skip_and_delete() {
    let (_keep, out) = folder();
    let check = |site: Site, written, unchanged, deleted| {
        assert_eq!(build(&out, site).expect("a build"), Written { written, unchanged, deleted });
        assert_eq!(files(&out), as_map(site));
    };
    check(OLD, 6, 0, 0);
    check(OLD, 0, 6, 0);
    check(NEW, 5, 1, 4);
    check(NEW, 0, 6, 0);
    check(&[], 0, 0, 6);
    let left: Vec<_> =
        fs::read_dir(&out).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(left, [".pamphlet"], "empty folders are removed");
}

#[test]
fn a_build_without_changes_touches_nothing() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    let times = || {
        let walk = walkdir::WalkDir::new(&out).into_iter().filter_map(Result::ok);
        let files = walk.filter(|entry| entry.file_type().is_file() && entry.file_name() != "lock");
        files.map(|entry| entry.metadata().expect("metadata").modified().expect("a time")).collect::<Vec<_>>()
    };
    let before = times();
    build(&out, OLD).expect("a build");
    assert_eq!(times(), before);
}

#[test]
fn a_stage_that_is_dropped_changes_nothing() {
    let (keep, out) = folder();
    let drop_one = || {
        let stage = Stage::open(&out).expect("a stage");
        let path = OutputPath::new("index.html").expect("a path");
        stage.put(OutputFile { path, bytes: (*b"x").into(), origin: Origin::Generated("a test") });
    };
    drop_one();
    assert_eq!(fs::read_dir(keep.path()).expect("the folder").count(), 0);
    build(&out, OLD).expect("a build");
    drop_one();
    assert_eq!(files(&out), as_map(OLD));
}

/// Kills an update at every step, looks at what is left, and builds again.
fn kill_everywhere(old: Site, new: Site, left_is_sound: impl Fn(&BTreeMap<String, String>)) -> usize {
    for step in 0.. {
        let (_keep, out) = folder();
        if !old.is_empty() {
            build(&out, old).expect("the old site");
        }
        fs::create_dir_all(&out).expect("a folder");
        fs::write(out.join("foreign.txt"), "not ours").expect("a file");
        fs::create_dir_all(out.join(".pamphlet")).expect("a folder");
        let is_done = build_on(&out, new, Killed::after(step)).is_ok();
        let mut left = files(&out);
        assert_eq!(left.remove("foreign.txt").as_deref(), Some("not ours"));
        left_is_sound(&left);
        // The next build completes the commit, whatever it was asked to write.
        build(&out, new).expect("the next build");
        let mut whole = files(&out);
        assert_eq!(whole.remove("foreign.txt").as_deref(), Some("not ours"));
        assert_eq!(whole, as_map(new), "killed at step {step}");
        assert!(!out.join(".pamphlet/journal").exists() && !out.join(".pamphlet/staged").exists());
        if is_done {
            return step;
        }
    }
    unreachable!("a commit ends")
}

#[test]
fn a_kill_at_any_step_leaves_every_file_whole() {
    let (old, new) = (as_map(OLD), as_map(NEW));
    let steps = kill_everywhere(OLD, NEW, |left| {
        for (path, text) in left {
            let known = [old.get(path), new.get(path)];
            assert!(known.contains(&Some(text)), "{path} is neither old nor new: {text:?}");
        }
        // What both sites have is there at every moment, and a new page never comes before its assets.
        assert!(left.contains_key("index.html") && left.contains_key("same.html"));
        assert!(left["index.html"] == "old home" || left.contains_key("assets/2/site.css"));
        assert!(left["index.html"] == "new home" || left.contains_key("assets/1/site.css"));
    });
    assert!(steps > 12, "the commit has {steps} steps only");
    kill_everywhere(&[], NEW, |_| {});
    kill_everywhere(NEW, OLD, |_| {});
}

#[test]
fn a_kill_of_a_first_build_leaves_no_folder() {
    for step in 0..2 {
        let (_keep, out) = folder();
        assert!(build_on(&out, OLD, Killed::after(step)).is_err());
        assert!(!out.exists());
        build(&out, OLD).expect("the next build");
        assert_eq!(files(&out), as_map(OLD));
    }
}

#[test]
fn a_killed_commit_is_completed_before_another_site_is_built() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    build_on(&out, NEW, Killed::after(6)).expect_err("killed");
    build(&out, OLD).expect("the next build");
    assert_eq!(files(&out), as_map(OLD));
}

#[test]
fn what_is_not_ours_is_kept_or_refused() {
    let (_keep, out) = folder();
    build(&out, &[("a", "1")]).expect("a build");
    fs::write(out.join("b"), "foreign").expect("a file");
    fs::create_dir(out.join("c")).expect("a folder");
    fs::write(out.join("c/d"), "foreign").expect("a file");
    refused(build(&out, &[("a", "2"), ("b", "ours")]), "was not written by Pamphlet");
    refused(build(&out, &[("a", "2"), ("c", "ours")]), "was not written by Pamphlet");
    refused(build(&out, &[("a", "2"), ("b/index.html", "ours")]), "was not written by Pamphlet");
    assert_eq!(files(&out)["a"], "1", "nothing is touched by a refused build");
    build(&out, &[("a", "2"), ("b", "foreign")]).expect("the same bytes are no conflict");
    assert_eq!(files(&out)["c/d"], "foreign");
}

#[test]
fn a_file_that_somebody_edited_is_overwritten_but_not_deleted() {
    let (_keep, out) = folder();
    build(&out, &[("a", "1"), ("b", "1")]).expect("a build");
    fs::write(out.join("a"), "edited").expect("a file");
    fs::write(out.join("b"), "edited").expect("a file");
    assert_eq!(build(&out, &[("a", "1")]).expect("a build"), Written { written: 1, unchanged: 0, deleted: 0 });
    assert_eq!((files(&out)["a"].as_str(), files(&out)["b"].as_str()), ("1", "edited"));
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let (keep, out) = folder();
    fs::write(&out, "a file").expect("a file");
    refused(build(&out, OLD), "is a file");
    let full = keep.path().join("full");
    fs::create_dir(&full).expect("a folder");
    fs::write(full.join("thesis.txt"), "words").expect("a file");
    refused(build(&full, OLD), "is not a folder that Pamphlet wrote");
    let empty = keep.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    build(&empty, OLD).expect("an empty folder will do");
    assert_eq!(files(&empty), as_map(OLD));
    build(&keep.path().join("deep/er"), OLD).expect("folders above are made");
}

#[test]
fn a_manifest_that_is_not_ours_stops_everything() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    fs::write(out.join(".pamphlet/manifest"), "pamphlet-manifest 99\n").expect("a file");
    refused(build(&out, NEW), "nothing is touched");
    assert_eq!(files(&out), as_map(OLD));
}

#[test]
fn two_builds_at_once_are_refused() {
    let (_keep, out) = folder();
    let first = Stage::open(&out).expect("a stage");
    refused(build(&out, OLD), "another build is writing");
    drop(first);
    build(&out, OLD).expect("a build");
    let first = Stage::open(&out).expect("a stage");
    refused(build(&out, NEW), "another build is writing");
    drop(first);
    build(&out, NEW).expect("a build");
}

#[test]
fn output_and_sources_never_overlap() {
    let site = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(site.path().join("content/tests")).expect("a folder");
    let check = |out: &str, expected: bool| {
        assert_eq!(refuse_overlap(&site.path().join(out), site.path()).is_ok(), expected, "{out}");
    };
    check("public", true);
    check("../elsewhere", true);
    check("content", false);
    check("content/tests", false);
    check("content/new/folder", false);
    check("templates", false);
    check("static/x", false);
    check(".", false);
    check("..", false);
    check("public/../content", false);
    check("x/../../..", false);
}

#[cfg(unix)]
#[test]
fn links_do_not_hide_an_overlap() {
    let site = tempfile::tempdir().expect("a folder");
    fs::create_dir(site.path().join("content")).expect("a folder");
    std::os::unix::fs::symlink(site.path().join("content"), site.path().join("public")).expect("a link");
    assert!(refuse_overlap(&site.path().join("public"), site.path()).is_err());
}
