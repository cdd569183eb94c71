//! The commit: from staged files to the site, by a journal of renames and deletions.
//!
//! The journal is written whole, with its own hash, before the first rename. Every step in it can be done again without
//! harm, so a run that finds a journal does all its steps from the beginning and is then where the killed run wanted to
//! be. Assets come first, for the new pages need them; then pages; deletions last, for the old pages needed them. Only a
//! file that stands where a folder must be (or the reverse) is deleted before.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result};

use super::manifest::{self, Manifest};
use super::{Disk, OWN, remove_folder};
use crate::output::OutputPath;

/// The journal's name in the folder of our own files.
pub(super) const JOURNAL: &str = "journal";

const VERSION: &str = "pamphlet-journal 1";
const NEW_MANIFEST: &str = "manifest-new";

/// One step of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// Puts a staged file into its place.
    Place(String),
    /// Deletes a file, and the folders that it leaves empty.
    Delete(String),
}

/// Commits staged files; gives the number of files deleted.
pub(super) fn run(
    base: &Path,
    owned: &Manifest,
    wanted: &Manifest,
    staged: &[OutputPath],
    disk: &impl Disk,
) -> Result<usize> {
    let deleted = obsolete(base, owned, wanted)?;
    if staged.is_empty() && deleted.is_empty() && owned == wanted {
        return Ok(0);
    }
    let own = base.join(OWN);
    wanted.write(&own.join(NEW_MANIFEST), disk)?;
    let steps = plan(staged, &deleted);
    let journal = own.join(JOURNAL);
    let unfinished = own.join("journal-new");
    disk.write(&unfinished, text(&steps).as_bytes())
        .with_context(|| format!("cannot write {}", unfinished.display()))?;
    disk.rename(&unfinished, &journal).with_context(|| format!("cannot write {}", journal.display()))?;
    perform(base, &steps, disk)?;
    Ok(deleted.len())
}

/// Completes the commit of a run that was killed, if there is one.
pub(super) fn roll_forward(base: &Path, disk: &impl Disk) -> Result<()> {
    let journal = base.join(OWN).join(JOURNAL);
    let text = match fs::read_to_string(&journal) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", journal.display())),
    };
    match parse(&text) {
        Some(steps) => perform(base, &steps, disk),
        // A journal is renamed into its place whole, so a broken one is not ours: nothing was done by it.
        None => disk.remove_file(&journal).with_context(|| format!("cannot remove {}", journal.display())),
    }
}

/// Our files that the new build does not have. One that somebody changed since is no longer what we wrote: it stays.
fn obsolete(base: &Path, owned: &Manifest, wanted: &Manifest) -> Result<Vec<String>> {
    let folds = ignores_case(base);
    let folded: BTreeSet<String> =
        if folds { wanted.paths().map(str::to_lowercase).collect() } else { BTreeSet::new() };
    let mut found = Vec::new();
    for path in owned.paths().filter(|path| !wanted.has(path) && !folded.contains(&path.to_lowercase())) {
        match fs::read(base.join(path)) {
            Ok(bytes) if owned.hash(path) == Some(blake3::hash(&bytes)) => found.push(path.to_owned()),
            Ok(_) => {}
            Err(error) if is_gone(&error) => {}
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", base.join(path).display())),
        }
    }
    Ok(found)
}

/// Whether `A` and `a` are one file on this disk: then a page whose path changed only by case must not be deleted.
fn ignores_case(base: &Path) -> bool {
    base.join(OWN.to_uppercase()).exists()
}

/// The steps in order.
fn plan(staged: &[OutputPath], deleted: &[String]) -> Vec<Step> {
    let folder_of = |path: &str, other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    let wanted: BTreeSet<&str> = staged.iter().map(OutputPath::as_str).collect();
    let parents: BTreeSet<&str> =
        wanted.iter().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
    let blocks = |path: &&String| {
        let is_parent = parents.contains(path.as_str());
        is_parent || path.match_indices('/').any(|(at, _)| wanted.contains(&path[..at]) && folder_of(&path[..at], path))
    };
    let (before, after): (Vec<&String>, Vec<&String>) = deleted.iter().partition(blocks);
    let (assets, pages): (Vec<&str>, Vec<&str>) = wanted.iter().partition(|path| path.starts_with("assets/"));
    let delete = |path: &String| Step::Delete(path.clone());
    let place = |path: &str| Step::Place(path.to_owned());
    let first = before.into_iter().map(delete);
    let middle = assets.into_iter().chain(pages).map(place);
    first.chain(middle).chain(after.into_iter().map(delete)).collect()
}

fn perform(base: &Path, steps: &[Step], disk: &impl Disk) -> Result<()> {
    let own = base.join(OWN);
    for step in steps {
        match step {
            Step::Place(path) => place(base, path, disk)?,
            Step::Delete(path) => delete(base, path, disk)?,
        }
    }
    let (new, current) = (own.join(NEW_MANIFEST), own.join(manifest::NAME));
    if new.exists() {
        disk.rename(&new, &current).with_context(|| format!("cannot write {}", current.display()))?;
    }
    let journal = own.join(JOURNAL);
    disk.remove_file(&journal).with_context(|| format!("cannot remove {}", journal.display()))?;
    remove_folder(&own.join("staged"))
}

fn place(base: &Path, path: &str, disk: &impl Disk) -> Result<()> {
    let (from, to) = (base.join(OWN).join("staged").join(path), base.join(path));
    if !from.exists() {
        // A run that was killed has placed it already.
        return Ok(());
    }
    if let Some(parent) = to.parent().filter(|parent| !parent.is_dir()) {
        disk.make_folder(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
    }
    disk.rename(&from, &to).with_context(|| format!("cannot write {}", to.display()))
}

fn delete(base: &Path, path: &str, disk: &impl Disk) -> Result<()> {
    let file = base.join(path);
    if file.is_dir() {
        // A run that was killed has deleted the file and made a folder in its place.
        return Ok(());
    }
    match disk.remove_file(&file) {
        Err(error) if !is_gone(&error) => {
            return Err(error).with_context(|| format!("cannot delete {}", file.display()));
        }
        _ => {}
    }
    let folders = file.ancestors().skip(1).take_while(|folder| *folder != base);
    for folder in folders {
        let is_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
        if !is_empty {
            break;
        }
        disk.remove_folder(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// The file is not there, or a file stands where its folder was.
fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn text(steps: &[Step]) -> String {
    let line = |step: &Step| match step {
        Step::Place(path) => format!("place {path}\n"),
        Step::Delete(path) => format!("delete {path}\n"),
    };
    let body = format!("{VERSION}\n{}", steps.iter().map(line).collect::<String>());
    let hash = blake3::hash(body.as_bytes());
    format!("{body}end {}\n", hash.to_hex())
}

fn parse(text: &str) -> Option<Vec<Step>> {
    let end = text.rfind("end ")?;
    let (body, end) = text.split_at(end);
    let hash = blake3::Hash::from_hex(end.strip_prefix("end ")?.strip_suffix('\n')?).ok()?;
    if blake3::hash(body.as_bytes()) != hash {
        return None;
    }
    let mut lines = body.lines();
    if lines.next() != Some(VERSION) {
        return None;
    }
    let step = |line: &str| {
        let (word, path) = line.split_once(' ')?;
        let path = OutputPath::new(path)?.to_string();
        match word {
            "place" => Some(Step::Place(path)),
            "delete" => Some(Step::Delete(path)),
            _ => None,
        }
    };
    lines.map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_reads_what_it_wrote_and_nothing_else() {
        let steps = vec![Step::Place("a b".to_owned()), Step::Delete("end x".to_owned())];
        assert_eq!(parse(&text(&steps)), Some(steps.clone()));
        assert_eq!(parse(&text(&steps).replace("a b", "a c")), None);
        assert_eq!(parse(&text(&steps)[..20]), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn assets_come_before_pages_and_deletions_after() {
        let paths = |names: &[&str]| names.iter().filter_map(|name| OutputPath::new(name)).collect::<Vec<_>>();
        let check = |staged: &[&str], deleted: &[&str], expected: &[&str]| {
            let deleted: Vec<_> = deleted.iter().map(|path| (*path).to_owned()).collect();
            let steps = plan(&paths(staged), &deleted);
            let said: Vec<_> = text(&steps).lines().map(str::to_owned).collect();
            assert_eq!(said[1..said.len() - 1], *expected);
        };
        check(&["a.html", "assets/x"], &["assets/y"], &["place assets/x", "place a.html", "delete assets/y"]);
        check(&["a/b"], &["a", "c"], &["delete a", "place a/b", "delete c"]);
        check(&["a"], &["a/b", "c"], &["delete a/b", "place a", "delete c"]);
    }
}
