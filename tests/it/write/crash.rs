//! Kills at every step, and disks that fail.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, io};

use pamphlet::host::write::{Disk, RealDisk};

use super::{NEW, OLD, Site, as_map, build, build_on, files, folder, names};

/// A disk that stops at one operation, in the middle if it is a write, and does nothing after it: a
/// process that was killed. It cleans up nothing either, for that goes through the disk too.
#[derive(Clone, Debug)]
struct Killed(Arc<AtomicUsize>);

impl Killed {
    fn after(steps: usize) -> Self {
        Self(Arc::new(AtomicUsize::new(steps)))
    }

    fn step<T>(&self, run: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let left = self
            .0
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            });
        if left.is_ok() {
            run()
        } else {
            Err(io::Error::other("killed"))
        }
    }
}

impl Disk for Killed {
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
        if self.0.load(Ordering::SeqCst) == 1 {
            RealDisk.write(path, &bytes[..bytes.len() / 2])?;
            return self.step(|| Err(io::Error::other("killed")));
        }
        self.step(|| RealDisk.write(path, bytes))
    }
    fn sync(&self, _: &Path) -> io::Result<()> {
        self.step(|| Ok(()))
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
    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        if self.0.load(Ordering::SeqCst) == 1 {
            // Half of a tree is gone when the process is killed.
            if let Some(entry) = fs::read_dir(path)?.next() {
                let inside = entry?.path();
                if inside.is_dir() {
                    RealDisk.remove_tree(&inside)?;
                } else {
                    RealDisk.remove_file(&inside)?;
                }
            }
            return self.step(|| Err(io::Error::other("killed")));
        }
        self.step(|| RealDisk.remove_tree(path))
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.step(|| RealDisk.make_folder(path))
    }
}

const FOREIGN: &str = "gone/theirs.txt";

/// An output folder that holds a site and a file of somebody else's.
fn prepare(out: &Path, site: Site) {
    build_on(out, site, Killed::after(usize::MAX)).expect("the first site");
    fs::create_dir_all(out.join("gone")).expect("a folder");
    fs::write(out.join(FOREIGN), "theirs").expect("a file");
}

/// The files of an output folder, save the one of somebody else's, which must be there.
fn ours(out: &Path) -> BTreeMap<String, String> {
    let mut files = files(out);
    assert_eq!(files.remove(FOREIGN).as_deref(), Some("theirs"));
    files
}

/// Builds again, and looks whether all is as after a clean build.
fn check_next_build(out: &Path, site: Site, killed: &str) {
    build_on(out, site, Killed::after(usize::MAX)).expect("the next build");
    assert_eq!(ours(out), as_map(site), "killed at {killed}");
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"],
        "killed at {killed}"
    );
    let again = build_on(out, site, Killed::after(usize::MAX)).expect("one more build");
    assert_eq!((again.written, again.deleted), (0, 0), "killed at {killed}");
}

/// Kills an update at every step, looks at what is left, and builds again; gives the number of
/// steps.
fn kill_everywhere(old: Site, new: Site, check: impl Fn(&BTreeMap<String, String>)) -> usize {
    for step in 0.. {
        let (_keep, out) = folder();
        prepare(&out, old);
        let is_done = build_on(&out, new, Killed::after(step)).is_ok();
        check(&ours(&out));
        check_next_build(&out, new, &format!("step {step}"));
        if is_done {
            return step;
        }
    }
    unreachable!("a commit ends")
}

/// Every file is an old one or a new one; what both sites have is there at every moment; and no
/// page stands without the assets that it needs.
fn check_whole(left: &BTreeMap<String, String>) {
    let (old, new) = (as_map(OLD), as_map(NEW));
    for (path, text) in left {
        assert!(
            [old.get(path), new.get(path)].contains(&Some(text)),
            "{path} is neither old nor new: {text:?}"
        );
    }
    assert!(left.contains_key("index.html") && left.contains_key("same.html"));
    let assets = if left["index.html"] == "old home" {
        "assets/1/site.css"
    } else {
        "assets/2/site.css"
    };
    assert!(left.contains_key(assets), "{assets} is missing");
}

#[test]
fn a_kill_at_any_step_leaves_every_file_whole() {
    let steps = kill_everywhere(OLD, NEW, check_whole);
    assert!(steps > 30, "the build has {steps} steps only");
    kill_everywhere(NEW, OLD, check_whole);
    kill_everywhere(&[], NEW, |_| {});
    kill_everywhere(NEW, &[], |_| {});
    kill_everywhere(
        &[("Case/index.html", "1"), ("Page", "1")],
        &[("case/index.html", "1"), ("page", "2")],
        |_| {},
    );
}

#[test]
fn a_kill_of_the_run_that_completes_is_no_different() {
    for first in 0.. {
        let (_keep, out) = folder();
        prepare(&out, OLD);
        if build_on(&out, NEW, Killed::after(first)).is_ok() {
            return;
        }
        // Every step but the last few is within one further kill's reach.
        for second in (0..20).step_by(3) {
            let _ = build_on(&out, NEW, Killed::after(second));
            check_whole(&ours(&out));
        }
        check_next_build(&out, NEW, &format!("step {first} and later"));
    }
}

#[test]
fn a_killed_commit_is_completed_before_another_site_is_built() {
    for step in 0.. {
        let (_keep, out) = folder();
        prepare(&out, OLD);
        let is_done = build_on(&out, NEW, Killed::after(step)).is_ok();
        check_next_build(&out, OLD, &format!("step {step}"));
        if is_done {
            return;
        }
    }
}

#[test]
fn a_kill_of_a_first_build_leaves_no_folder() {
    for step in 0.. {
        let (keep, out) = folder();
        if build_on(&out, OLD, Killed::after(step)).is_ok() {
            assert!(step > 10, "the build has {step} steps only");
            return;
        }
        assert!(!out.exists());
        build(&out, OLD).expect("the next build");
        assert_eq!(files(&out), as_map(OLD));
        assert_eq!(names(keep.path()), ["public"], "killed at step {step}");
    }
}

#[test]
fn a_kill_of_a_first_build_in_an_empty_folder_is_completed() {
    for step in 0.. {
        let (_keep, out) = folder();
        fs::create_dir(&out).expect("a folder");
        let is_done = build_on(&out, OLD, Killed::after(step)).is_ok();
        let whole = as_map(OLD);
        assert!(
            files(&out)
                .iter()
                .all(|(path, text)| whole.get(path) == Some(text))
        );
        build(&out, OLD).expect("the next build");
        assert_eq!(files(&out), whole, "killed at step {step}");
        if is_done {
            return;
        }
    }
}

#[test]
fn a_file_that_came_after_the_kill_is_not_deleted() {
    for step in 0.. {
        let (_keep, out) = folder();
        prepare(&out, OLD);
        let is_done = build_on(&out, NEW, Killed::after(step)).is_ok();
        fs::create_dir_all(out.join("gone/deep")).expect("a folder");
        fs::write(out.join("gone/deep/index.html"), "theirs").expect("a file");
        build(&out, NEW).expect("the next build");
        assert_eq!(
            files(&out)["gone/deep/index.html"],
            "theirs",
            "killed at step {step}"
        );
        if is_done {
            return;
        }
    }
}

/// A disk that is full from the first byte that is staged, and works for everything else.
#[derive(Debug)]
struct Full;

impl Disk for Full {
    fn write(&self, _: &Path, _: &[u8]) -> io::Result<Metadata> {
        Err(io::ErrorKind::StorageFull.into())
    }
    fn sync(&self, path: &Path) -> io::Result<()> {
        RealDisk.sync(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_file(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_folder(path)
    }
    fn remove_tree(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove_tree(path)
    }
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        RealDisk.make_folder(path)
    }
}

#[test]
fn a_full_disk_changes_nothing() {
    let (keep, out) = folder();
    let full = |site: Site| format!("{:#}", build_on(&out, site, Full).expect_err("an error"));
    assert!(full(OLD).contains("nothing was changed: cannot write"));
    assert_eq!(names(keep.path()), Vec::<String>::new());
    build(&out, OLD).expect("a build");
    assert!(full(NEW).contains("nothing was changed: cannot write"));
    assert!(full(&[]).contains("nothing was changed: cannot write"));
    assert_eq!(files(&out), as_map(OLD));
    assert_eq!(
        names(&out.join(".pamphlet")),
        ["lock", "manifest", "stamps"]
    );
}
