//! The manifest: which files of an output folder are ours, with the hash of what we wrote.
//!
//! A text, sorted by path, the same for the same site: a first line with the version, then `<hash> <length> <path>`.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use anyhow::{Context, Result, bail};

use super::Disk;
use crate::output::{OutputPath, OutputSet};

/// The manifest's name in the folder of our own files.
pub(super) const NAME: &str = "manifest";

const VERSION: &str = "pamphlet-manifest 1";

/// The files of a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<String, (blake3::Hash, u64)>);

impl Manifest {
    /// The manifest of a build.
    pub(super) fn of(outputs: &OutputSet) -> Self {
        Self(outputs.iter().map(|(path, record)| (path.to_string(), (record.hash, record.length))).collect())
    }

    /// The manifest of the last build; an empty one if there was none.
    pub(super) fn read(own: &Path) -> Result<Self> {
        let path = own.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        match Self::parse(&text) {
            Some(manifest) => Ok(manifest),
            None => bail!(
                "{} is not a manifest that this version reads, so nothing is touched; remove the whole output folder, or \
                 choose another with --out",
                path.display()
            ),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(VERSION) {
            return None;
        }
        let entry = |line: &str| {
            let (hash, rest) = line.split_once(' ')?;
            let (length, path) = rest.split_once(' ')?;
            let path = OutputPath::new(path)?;
            Some((path.to_string(), (blake3::Hash::from_hex(hash).ok()?, length.parse().ok()?)))
        };
        lines.map(entry).collect::<Option<_>>().map(Self)
    }

    fn text(&self) -> String {
        let lines = self.0.iter().map(|(path, (hash, length))| format!("{} {length} {path}\n", hash.to_hex()));
        format!("{VERSION}\n{}", lines.collect::<String>())
    }

    pub(super) fn write(&self, path: &Path, disk: &impl Disk) -> Result<()> {
        disk.write(path, self.text().as_bytes()).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Whether a file is ours.
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// The hash of a file as we wrote it.
    pub(super) fn hash(&self, path: &str) -> Option<blake3::Hash> {
        self.0.get(path).map(|(hash, _)| *hash)
    }

    /// The paths, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_reads_what_it_wrote_and_nothing_else() {
        let entry = ("a b/index.html".to_owned(), (blake3::hash(b"x"), 1));
        let manifest = Manifest(BTreeMap::from([entry]));
        assert_eq!(Manifest::parse(&manifest.text()), Some(manifest.clone()));
        assert_eq!(Manifest::parse(""), None);
        assert_eq!(Manifest::parse("pamphlet-manifest 2\n"), None);
        assert_eq!(Manifest::parse(&manifest.text().replace("a b", "..")), None);
    }
}
