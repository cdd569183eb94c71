//! The files of the theme and the site that are no pages: style sheets, scripts, icons, downloads.
//!
//! Everything under `static/assets/`, with what the generator adds to it, is written to one folder
//! whose name is the hash of its contents: files there may name each other by relative paths, and
//! browsers may keep them for ever. Everything else under `static/` is copied under its own name.
//! Nothing here knows a page.

mod style_sheet;

use std::collections::BTreeMap;

use crate::output::{Origin, OutputPath};
use crate::source::{Digest, FileBytes, SourceTree};

/// Where the files of the theme are served from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    folder: String,
    names: Vec<String>,
}

impl Manifest {
    /// The path of an asset under the site's root; nothing if there is no such file.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<String> {
        let known = self
            .names
            .binary_search_by(|known| known.as_str().cmp(name))
            .is_ok();
        known.then(|| format!("{}{name}", self.folder))
    }

    /// The names of all assets, sorted.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }
}

/// A file to write. Its bytes may be read when it is written.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it goes.
    pub path: OutputPath,
    /// What it holds.
    pub bytes: FileBytes,
    /// Where it comes from.
    pub origin: Origin,
}

/// The files to write, and where templates find them.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The files.
    pub files: Vec<Asset>,
    /// Where the fingerprinted ones are.
    pub manifest: Manifest,
}

/// Gathers the static files of a site; `generated` are assets that the generator makes (name →
/// bytes).
#[must_use]
pub fn process(tree: &SourceTree, generated: BTreeMap<String, Vec<u8>>) -> Assets {
    let mut assets: AssetFiles = BTreeMap::new();
    let mut files = Vec::new();
    for (path, bytes) in tree.under("static/") {
        let name = &path.as_str()["static/".len()..];
        let origin = Origin::Source(path.clone());
        if is_ignored(name) {
            continue;
        }
        match name.strip_prefix("assets/") {
            Some(name) => drop(assets.insert(name.to_owned(), (bytes.clone(), origin))),
            None => files.extend(OutputPath::new(name).map(|path| Asset {
                path,
                bytes: bytes.clone(),
                origin,
            })),
        }
    }
    for (name, bytes) in generated {
        assets
            .entry(name)
            .or_insert((bytes.into(), Origin::Generated("the finder's data")));
    }
    let bundled = style_sheet::bundle(&assets);
    let manifest = Manifest {
        folder: folder(&bundled),
        names: bundled.keys().cloned().collect(),
    };
    for (name, (bytes, origin)) in bundled {
        let path = OutputPath::new(&format!("{}{name}", manifest.folder));
        files.extend(path.map(|path| Asset {
            path,
            bytes,
            origin,
        }));
    }
    Assets { files, manifest }
}

type AssetFiles = BTreeMap<String, (FileBytes, Origin)>;

/// Dotfiles are left out, save `.well-known`, which servers look for.
fn is_ignored(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') && part != ".well-known")
}

/// The folder's name: a hash over all names and contents.
fn folder(files: &AssetFiles) -> String {
    let files: Vec<_> = files
        .iter()
        .map(|(name, (bytes, _))| (name, bytes.hash()))
        .collect();
    let parts = files
        .iter()
        .flat_map(|(name, hash)| [name.as_bytes(), hash.as_bytes()]);
    format!("assets/{}/", Digest::of_parts(parts).short())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_fingerprinted_and_the_rest_is_not() {
        let tree = SourceTree::from_files([
            ("static/assets/a/b.js", "x"),
            ("static/robots.txt", "y"),
            ("static/.well-known/z", "z"),
            ("static/.DS_Store", ""),
        ]);
        let assets = process(
            &tree,
            BTreeMap::from([("a/data.js".to_owned(), b"d".to_vec())]),
        );
        let script = assets.manifest.path("a/b.js").expect("the script");
        assert!(
            script.starts_with("assets/") && script.ends_with("/a/b.js"),
            "{script}"
        );
        assert_eq!(assets.manifest.path("c.js"), None);
        let mut paths: Vec<_> = assets
            .files
            .iter()
            .map(|file| file.path.as_str().to_owned())
            .collect();
        paths.sort();
        assert_eq!(paths[0], ".well-known/z");
        assert_eq!(paths.len(), 4);
        let other = process(
            &tree,
            BTreeMap::from([("a/data.js".to_owned(), b"e".to_vec())]),
        );
        assert_ne!(other.manifest.path("a/b.js"), Some(script));
    }
}
