//! What the writer refuses, and what it says.

use std::fs;

use pamphlet::host::write::{Stage, Written, refuse_overlap};
use pamphlet::output::{OutputFile, OutputRecord, OutputSet, Sink};

use super::{NEW, OLD, as_map, build, file, files, folder, names};

/// What an error says.
fn refused(result: anyhow::Result<Written>, said: &str) {
    let error = format!("{:#}", result.expect_err("a refusal"));
    assert!(error.contains(said), "{error:?} does not say {said:?}");
}

#[test]
fn what_is_not_ours_is_never_replaced() {
    let (_keep, out) = folder();
    build(&out, &[("a", "1")]).expect("a build");
    fs::write(out.join("b"), "foreign").expect("a file");
    fs::create_dir(out.join("c")).expect("a folder");
    fs::write(out.join("c/d"), "foreign").expect("a file");
    let before = files(&out);
    refused(
        build(&out, &[("a", "2"), ("b", "ours")]),
        "b was not written by Pamphlet",
    );
    refused(
        build(&out, &[("a", "2"), ("c", "ours")]),
        "was not written by Pamphlet",
    );
    refused(
        build(&out, &[("a", "2"), ("b/index.html", "ours")]),
        "b was not written by Pamphlet",
    );
    refused(
        build(&out, &[("a", "2"), ("b", "ours"), ("c/d", "ours")]),
        "(and 1 more)",
    );
    assert_eq!(files(&out), before, "nothing is touched by a refused build");
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"]
    );
    build(&out, &[("a", "2"), ("b", "foreign")]).expect("the same bytes are no conflict");
    assert_eq!(files(&out)["c/d"], "foreign");
}

#[test]
fn an_edited_file_does_not_give_way_to_a_folder_nor_the_reverse() {
    let (_keep, out) = folder();
    build(&out, &[("a", "1"), ("b/c", "1")]).expect("a build");
    fs::write(out.join("a"), "edited").expect("a file");
    refused(
        build(&out, &[("a/index.html", "2"), ("b/c", "1")]),
        "a was not written by Pamphlet, or was changed since",
    );
    fs::write(out.join("b/c"), "edited").expect("a file");
    refused(build(&out, &[("a", "1"), ("b", "2")]), "was changed since");
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"],
        "no journal is left that can never be done"
    );
    build(&out, &[("a", "1"), ("b/c", "1")]).expect("a build");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_deleted_through_a_link() {
    let (keep, out) = folder();
    let elsewhere = keep.path().join("elsewhere");
    build(&out, &[("a/b", "1"), ("c", "1")]).expect("a build");
    fs::rename(out.join("a"), &elsewhere).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, out.join("a")).expect("a link");
    refused(
        build(&out, &[("a/b", "2"), ("c", "1")]),
        "a was not written by Pamphlet",
    );
    refused(
        build(&out, &[("a/new", "2"), ("c", "1")]),
        "a was not written by Pamphlet",
    );
    build(&out, &[("c", "2")]).expect("a build");
    assert_eq!(
        fs::read_to_string(elsewhere.join("b")).expect("a file"),
        "1"
    );
    std::os::unix::fs::symlink(&elsewhere, out.join("d")).expect("a link");
    refused(
        build(&out, &[("c", "2"), ("d", "a file")]),
        "d was not written by Pamphlet",
    );
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
    assert_eq!(names(&full), ["thesis.txt"]);
    let empty = keep.path().join("empty");
    fs::create_dir(&empty).expect("a folder");
    drop(Stage::open(&empty).expect("an empty folder will do"));
    fs::write(empty.join("thesis.txt"), "words").expect("a file");
    refused(build(&empty, OLD), "is not a folder that Pamphlet wrote");
    fs::remove_file(empty.join("thesis.txt")).expect("a file");
    build(&empty, OLD).expect("an empty folder will do");
    assert_eq!(files(&empty), as_map(OLD));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let (keep, out) = folder();
    std::os::unix::fs::symlink(keep.path().join("nothing"), &out).expect("a link");
    refused(build(&out, OLD), "is a link that leads nowhere");
    assert_eq!(names(keep.path()), ["public"]);
}

#[test]
fn what_is_ours_and_unreadable_stops_everything() {
    let (_keep, out) = folder();
    build(&out, OLD).expect("a build");
    let manifest = fs::read(out.join(".pamphlet/manifest")).expect("a manifest");
    for text in ["pamphlet-manifest 99\n", "", "pamphlet-manifest 2\nx\n"] {
        fs::write(out.join(".pamphlet/manifest"), text).expect("a file");
        refused(build(&out, NEW), "nothing is touched");
    }
    fs::write(out.join(".pamphlet/manifest"), manifest).expect("a file");
    fs::write(out.join(".pamphlet/journal"), "pamphlet-journal 99\n").expect("a file");
    refused(build(&out, NEW), "is not a journal that this version reads");
    assert_eq!(files(&out), as_map(OLD));
}

#[test]
fn our_own_folder_is_no_place_for_a_page() {
    let (_keep, out) = folder();
    refused(
        build(&out, &[(".pamphlet/manifest", "x")]),
        "keeps the name .pamphlet for itself",
    );
    refused(
        build(&out, &[(".Pamphlet/x", "x")]),
        "keeps the name .pamphlet for itself",
    );
}

#[test]
fn what_came_must_be_what_belongs_to_the_site() {
    let (_keep, out) = folder();
    let (here, there) = (file("here", "x"), file("there", "x"));
    let outputs = |files: &[_]| {
        let mut outputs = OutputSet::default();
        for file in files {
            outputs.insert(OutputFile::clone(file).path, OutputRecord::of(file));
        }
        outputs
    };
    let stage = Stage::open(&out).expect("a stage");
    stage.put(here.clone());
    refused(
        stage.commit(&outputs(&[here.clone(), there.clone()])),
        "there belongs to the site",
    );
    let stage = Stage::open(&out).expect("a stage");
    stage.put(here.clone());
    stage.put(there);
    refused(
        stage.commit(&outputs(&[here])),
        "there came, and does not belong to the site",
    );
}

/// Whoever asks for the files of the last build may learn later that one of them is none of this.
#[test]
fn what_was_asked_for_need_not_belong_to_the_site() {
    let (_keep, out) = folder();
    build(&out, &[("here", "x"), ("there", "x"), ("everywhere", "x")]).expect("a build");
    let record = |name: &str| OutputRecord::of(&file(name, "x"));
    let kept = |name: &str| (file(name, "x").path, record(name));
    let stage = Stage::open(&out).expect("a stage");
    for name in ["here", "there", "everywhere"] {
        stage.put(file(name, "y"));
        assert!(stage.keep(&kept(name).0, &record(name)), "{name}");
    }
    let written = stage
        .commit(&[kept("here"), kept("everywhere")].into_iter().collect())
        .expect("a commit");
    assert_eq!(
        (written.written, written.unchanged, written.deleted),
        (0, 2, 1)
    );
    assert_eq!(fs::read_to_string(out.join("here")).expect("a file"), "x");
    assert!(!out.join("there").exists());
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"]
    );
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
fn many_builds_at_once_never_mix() {
    let (keep, out) = folder();
    for _ in 0..20 {
        std::thread::scope(|scope| {
            for at in 0..4 {
                let site = if at % 2 == 0 { OLD } else { NEW };
                let out = &out;
                scope.spawn(move || {
                    if let Err(error) = build(out, site) {
                        assert!(
                            error.to_string().contains("another build is writing"),
                            "{error:#}"
                        );
                    }
                });
            }
        });
        let left = files(&out);
        assert!(left == as_map(OLD) || left == as_map(NEW), "{left:?}");
        assert_eq!(names(keep.path()), ["public"]);
        fs::remove_dir_all(&out).expect("the folder");
    }
}

#[test]
fn output_and_sources_never_overlap() {
    let site = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(site.path().join("content/tests")).expect("a folder");
    let check = |out: &str, expected: bool| {
        assert_eq!(
            refuse_overlap(&site.path().join(out), site.path()).is_ok(),
            expected,
            "{out}"
        );
    };
    check("public", true);
    check("../elsewhere", true);
    check("contents", true);
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

#[test]
fn a_site_of_articles_is_written_to_public_or_elsewhere() {
    let site = tempfile::tempdir().expect("a folder");
    let check = |out: &str, expected: bool| {
        assert_eq!(
            refuse_overlap(&site.path().join(out), site.path()).is_ok(),
            expected,
            "{out}"
        );
    };
    check("public", true);
    check("../elsewhere", true);
    check("other", false);
    check("notes/public", false);
}

#[cfg(unix)]
#[test]
fn links_do_not_hide_an_overlap() {
    let site = tempfile::tempdir().expect("a folder");
    fs::create_dir(site.path().join("content")).expect("a folder");
    std::os::unix::fs::symlink(site.path().join("content"), site.path().join("public"))
        .expect("a link");
    assert!(refuse_overlap(&site.path().join("public"), site.path()).is_err());
    assert!(refuse_overlap(&site.path().join("public/new"), site.path()).is_err());
}
