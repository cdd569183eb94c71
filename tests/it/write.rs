//! The writer: what it writes, skips, deletes and refuses, and what is left when it is killed at
//! any step.

mod crash;
mod refusals;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use pamphlet::host::write::{Disk, RealDisk, Stage, Written};
use pamphlet::output::{Origin, OutputFile, OutputPath, OutputRecord, OutputSet, Sink};
use tempfile::TempDir;

/// Paths and texts.
type Site = &'static [(&'static str, &'static str)];

const OLD: Site = &[
    ("index.html", "old home"),
    ("same.html", "same"),
    ("gone/deep/index.html", "gone"),
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

fn file(path: &str, text: &str) -> OutputFile {
    let path = OutputPath::new(path).expect("a path");
    OutputFile {
        path,
        bytes: text.as_bytes().to_vec().into(),
        origin: Origin::Generated("a test"),
    }
}

fn build_on<D: Disk>(out: &Path, site: Site, disk: D) -> anyhow::Result<Written> {
    let stage = Stage::open_on(out, disk)?;
    let mut outputs = OutputSet::default();
    for (path, text) in site {
        let file = file(path, text);
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
    let walk = walkdir::WalkDir::new(out)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file());
    let named = walk.map(|entry| {
        let name = entry
            .path()
            .strip_prefix(out)
            .expect("inside")
            .to_string_lossy()
            .replace('\\', "/");
        (
            name,
            String::from_utf8_lossy(&fs::read(entry.path()).expect("a file")).into_owned(),
        )
    });
    named
        .filter(|(name, _)| !name.starts_with(".pamphlet/"))
        .collect()
}

fn as_map(site: Site) -> BTreeMap<String, String> {
    site.iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect()
}

/// What stands in a folder, by name.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> = entries
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    (folder, out)
}

#[test]
fn builds_write_skip_and_delete() {
    let (keep, out) = folder();
    let check = |site: Site, written, unchanged, deleted| {
        assert_eq!(
            build(&out, site).expect("a build"),
            Written {
                written,
                unchanged,
                deleted
            }
        );
        assert_eq!(files(&out), as_map(site));
        assert_eq!(names(keep.path()), ["public"]);
    };
    check(OLD, 6, 0, 0);
    check(OLD, 0, 6, 0);
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"]
    );
    check(NEW, 5, 1, 4);
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"]
    );
    check(NEW, 0, 6, 0);
    check(&[], 0, 0, 6);
    assert_eq!(names(&out), [".pamphlet"], "empty folders are removed");
}

#[test]
fn a_build_without_changes_touches_nothing() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    let times = || {
        let walk = walkdir::WalkDir::new(&out)
            .into_iter()
            .filter_map(Result::ok);
        let files = walk.filter(|entry| entry.file_type().is_file() && entry.file_name() != "lock");
        files
            .map(|entry| {
                entry
                    .metadata()
                    .expect("metadata")
                    .modified()
                    .expect("a time")
            })
            .collect::<Vec<_>>()
    };
    let before = times();
    build(&out, OLD).expect("a build");
    assert_eq!(times(), before);
}

#[test]
fn the_same_site_has_the_same_manifest_wherever_it_comes_from() {
    let ((_one, fresh), (_two, updated)) = (folder(), folder());
    build(&fresh, NEW).expect("a build");
    build(&updated, OLD).expect("a build");
    build(&updated, NEW).expect("a build");
    let manifest =
        |out: &Path| fs::read_to_string(out.join(".pamphlet/manifest")).expect("a manifest");
    assert_eq!(manifest(&fresh), manifest(&updated));
    assert!(manifest(&fresh).starts_with("pamphlet-manifest 2\n"));
}

#[test]
fn a_stage_that_is_dropped_changes_nothing() {
    let keep = tempfile::tempdir().expect("a folder");
    let out = keep.path().join("deep/er/public");
    let drop_one = || {
        Stage::open(&out)
            .expect("a stage")
            .put(file("index.html", "x"));
    };
    drop_one();
    assert_eq!(names(keep.path()), Vec::<String>::new());
    build(&out, OLD).expect("a build");
    drop_one();
    assert_eq!(files(&out), as_map(OLD));
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"]
    );
}

#[test]
fn files_come_from_several_threads() {
    let (_keep, out) = folder();
    for text in ["old", "new"] {
        let files: Vec<OutputFile> = (0..200)
            .map(|at| file(&format!("{}/{at}/index.html", at % 7), text))
            .collect();
        let mut outputs = OutputSet::default();
        for file in &files {
            outputs.insert(file.path.clone(), OutputRecord::of(file));
        }
        let stage = Stage::open(&out).expect("a stage");
        std::thread::scope(|scope| {
            for part in files.chunks(50) {
                scope.spawn(|| part.iter().for_each(|file| stage.put(file.clone())));
            }
        });
        assert_eq!(stage.commit(&outputs).expect("a commit").written, 200);
        assert!(self::files(&out).values().all(|found| found == text));
    }
}

#[test]
fn files_of_others_are_kept() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    fs::write(out.join("gone/deep/theirs.txt"), "theirs").expect("a file");
    fs::create_dir(out.join("empty")).expect("a folder");
    build(&out, NEW).expect("a build");
    assert_eq!(files(&out)["gone/deep/theirs.txt"], "theirs");
    assert!(out.join("empty").is_dir());
}

#[test]
fn a_file_that_somebody_edited_is_overwritten_but_not_deleted() {
    let (_keep, out) = folder();
    build(&out, &[("a", "1"), ("b", "1")]).expect("a build");
    fs::write(out.join("a"), "edited").expect("a file");
    fs::write(out.join("b"), "edited").expect("a file");
    assert_eq!(
        build(&out, &[("a", "1")]).expect("a build"),
        Written {
            written: 1,
            unchanged: 0,
            deleted: 0
        }
    );
    assert_eq!(
        (files(&out)["a"].as_str(), files(&out)["b"].as_str()),
        ("1", "edited")
    );
}

#[test]
fn a_file_that_somebody_deleted_is_written_again() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    fs::remove_file(out.join("index.html")).expect("a file");
    fs::remove_dir_all(out.join("gone")).expect("a folder");
    assert_eq!(
        build(&out, OLD).expect("a build"),
        Written {
            written: 2,
            unchanged: 4,
            deleted: 0
        }
    );
    fs::remove_dir_all(out.join("gone")).expect("a folder");
    build(&out, NEW).expect("a build");
    assert_eq!(files(&out), as_map(NEW));
}

#[test]
fn empty_folders_give_way_to_files() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    fs::create_dir_all(out.join("folder/empty/deep")).expect("a folder");
    fs::create_dir_all(out.join("added/index.html")).expect("a folder");
    build(&out, NEW).expect("a build");
    assert_eq!(files(&out), as_map(NEW));
}

/// Also on a disk that takes both spellings for one file, where the old name must not remain, and
/// the new file must not be deleted for the old one.
#[test]
fn a_page_whose_path_changes_by_case_only_gets_its_new_name() {
    let (_keep, out) = folder();
    let check = |site: Site| {
        build(&out, site).expect("a build");
        assert_eq!(files(&out), as_map(site));
    };
    check(&[("Case/index.html", "1"), ("Page.html", "1"), ("stays", "1")]);
    check(&[("case/index.html", "1"), ("page.html", "2"), ("stays", "1")]);
    check(&[
        ("CASE/index.html", "2"),
        ("PAGE.html", "2"),
        ("CASE/new", "2"),
    ]);
}

#[test]
fn the_same_bytes_are_no_conflict_and_become_ours() {
    let (_keep, out) = folder();
    build(&out, &[]).expect("a build");
    fs::write(out.join("a"), "1").expect("a file");
    build(&out, &[("a", "1")]).expect("a build");
    assert_eq!(build(&out, &[]).expect("a build").deleted, 1);
    assert_eq!(names(&out), [".pamphlet"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_followed() {
    let keep = tempfile::tempdir().expect("a folder");
    let (real, link) = (keep.path().join("real"), keep.path().join("public"));
    fs::create_dir(&real).expect("a folder");
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    for site in [OLD, NEW] {
        build(&link, site).expect("a build");
        assert_eq!(files(&real), as_map(site));
        assert!(link.is_symlink());
    }
}
