//! The journal: the steps of a commit, as a text that is whole or is none.
//!
//! A first line with the version, a line a step, and a last line with the hash of all before it.
//! Every step can be done again without harm.

use std::collections::BTreeSet;

/// The journal's name in the folder of our own files.
pub(super) const JOURNAL: &str = "journal";

use super::disk::parents;
use crate::output::OutputPath;
use crate::source::Digest;

const VERSION: &str = "pamphlet-journal 2";

/// One step of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Deletes a file whose staged successor differs by spelling only, so that the new spelling
    /// stands on the disk.
    Respell {
        /// The spelling that goes.
        old: String,
        /// The spelling that comes.
        new: String,
    },
    /// Deletes a file that still has the bytes of this hash, and the folders that it leaves empty.
    Delete(Digest, String),
    /// Puts a staged file into its place.
    Place(String),
}

impl Step {
    fn path(&self) -> &str {
        match self {
            Self::Respell { old: path, .. } | Self::Delete(_, path) | Self::Place(path) => path,
        }
    }
}

/// The steps in order: what stands where a folder must be, or the reverse; assets; pages; all other
/// deletions.
pub(super) fn plan(staged: &BTreeSet<OutputPath>, removals: Vec<Step>) -> Vec<Step> {
    let wanted: BTreeSet<&str> = staged.iter().map(OutputPath::as_str).collect();
    let folders: BTreeSet<&str> = wanted.iter().flat_map(|path| parents(path)).collect();
    let blocks = |step: &Step| match step {
        Step::Respell { .. } => true,
        step => {
            folders.contains(step.path())
                || parents(step.path()).any(|parent| wanted.contains(parent))
        }
    };
    let (before, after): (Vec<Step>, Vec<Step>) = removals.into_iter().partition(blocks);
    let (assets, pages): (Vec<&str>, Vec<&str>) =
        wanted.iter().partition(|path| path.starts_with("assets/"));
    let places = assets
        .into_iter()
        .chain(pages)
        .map(|path| Step::Place(path.to_owned()));
    before.into_iter().chain(places).chain(after).collect()
}

/// The journal of these steps.
pub(super) fn text(steps: &[Step]) -> String {
    let line = |step: &Step| match step {
        // No path holds a control character, so a tab divides two.
        Step::Respell { old, new } => format!("respell {old}\t{new}\n"),
        Step::Delete(hash, path) => format!("delete {hash} {path}\n"),
        Step::Place(path) => format!("place {path}\n"),
    };
    let body = format!("{VERSION}\n{}", steps.iter().map(line).collect::<String>());
    let hash = Digest::of(body.as_bytes());
    format!("{body}end {hash}\n")
}

/// Reads a journal; nothing if it is damaged, or of another version.
pub(super) fn parse(text: &str) -> Option<Vec<Step>> {
    let (body, end) = text.split_at(text.rfind("end ")?);
    let hash = Digest::from_hex(end.strip_prefix("end ")?.strip_suffix('\n')?)?;
    let mut lines = body.lines();
    let is_sound = Digest::of(body.as_bytes()) == hash && lines.next() == Some(VERSION);
    is_sound.then(|| lines.map(step).collect())?
}

fn step(line: &str) -> Option<Step> {
    let (word, rest) = line.split_once(' ')?;
    let path = |path: &str| OutputPath::new(path).map(|path| path.to_string());
    match word {
        "respell" => {
            let (old, new) = rest.split_once('\t')?;
            Some(Step::Respell {
                old: path(old)?,
                new: path(new)?,
            })
        }
        "delete" => {
            let (hash, rest) = rest.split_once(' ')?;
            Some(Step::Delete(Digest::from_hex(hash)?, path(rest)?))
        }
        "place" => path(rest).map(Step::Place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delete(path: &str) -> Step {
        Step::Delete(Digest::of(b"x"), path.to_owned())
    }

    fn respell() -> Step {
        Step::Respell {
            old: "B".to_owned(),
            new: "b".to_owned(),
        }
    }

    #[test]
    fn a_journal_reads_what_it_wrote_and_nothing_else() {
        let steps = vec![respell(), Step::Place("a b".to_owned()), delete("end x")];
        assert_eq!(parse(&text(&steps)), Some(steps.clone()));
        assert_eq!(parse(&text(&steps).replace("a b", "a c")), None);
        assert_eq!(parse(&text(&steps)[..20]), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn assets_come_before_pages_and_deletions_after() {
        let check = |staged: &[&str], removals: &[Step], expected: &[&str]| {
            let staged = staged
                .iter()
                .filter_map(|path| OutputPath::new(path))
                .collect();
            let steps = plan(&staged, removals.to_vec());
            let said = steps.iter().map(|step| match step {
                Step::Respell { new, .. } => format!("respell {new}"),
                Step::Delete(_, path) => format!("delete {path}"),
                Step::Place(path) => format!("place {path}"),
            });
            assert_eq!(said.collect::<Vec<_>>(), *expected);
        };
        check(
            &["a.html", "assets/x"],
            &[delete("assets/y")],
            &["place assets/x", "place a.html", "delete assets/y"],
        );
        check(
            &["a/b"],
            &[delete("a"), delete("c")],
            &["delete a", "place a/b", "delete c"],
        );
        check(
            &["a"],
            &[delete("a/b"), delete("c")],
            &["delete a/b", "place a", "delete c"],
        );
        check(
            &["a", "b"],
            &[delete("c"), respell()],
            &["respell b", "place a", "place b", "delete c"],
        );
    }
}
