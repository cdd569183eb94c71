//! Reading a site from disk into a source tree, with the theme beneath it.
//!
//! Reads `content/`, `templates/` and `static/`; a folder without `content/` is read whole, as a
//! site of articles. What cannot be read becomes a problem of the tree, never an error: one bad
//! file must not hide the others. No symbolic link is followed out of the site.

use std::collections::BTreeSet;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::source_index::{LoadedFile, Reading, SourceIndex};
use super::theme;
use crate::source::{FileBytes, ReadProblem, SourcePath, SourceTree};

/// The folders that a site is read from.
pub const FOLDERS: [&str; 3] = ["content", "templates", "static"];

/// So many entries of folders are fetched at once.
const BATCH: usize = 64;

/// So many files are read faster together than one by one.
const MANY: usize = 64;

/// Folders that hold no articles when a site has no `content/`.
const SKIPPED: [&str; 7] = [
    "_data",
    "_includes",
    "_layouts",
    "_site",
    "node_modules",
    "public",
    "target",
];

/// Reads a site.
///
/// # Errors
/// When the folder is not there, or is no folder.
pub fn read(root: &Path) -> Result<SourceTree> {
    read_all(root).map(|(tree, _)| tree)
}

/// Reads every file of a site.
///
/// # Errors
/// As [`read`].
pub fn read_all(root: &Path) -> Result<(SourceTree, Reading)> {
    read_with(root, |_| SourceIndex::nothing())
}

/// Reads a site, but for the files that are as they were when they were last read: of those only
/// the hash is known, and they are read when somebody asks for their bytes.
///
/// # Errors
/// As [`read`].
pub fn read_incremental(root: &Path) -> Result<(SourceTree, Reading)> {
    read_with(root, SourceIndex::open)
}

fn read_with(
    root: &Path,
    known: impl FnOnce(&Path) -> SourceIndex,
) -> Result<(SourceTree, Reading)> {
    let metadata =
        fs::metadata(root).with_context(|| format!("there is no folder {}", root.display()))?;
    if !metadata.is_dir() {
        bail!("{} is not a folder", root.display());
    }
    let real_root = root
        .canonicalize()
        .with_context(|| format!("cannot open {}", root.display()))?;
    let mut tree = SourceTree::default();
    lay_theme(&mut tree);
    let has_content = real_root.join("content").is_dir();
    let known = known(root);
    // Reading begins while other folders are still walked through; the tree puts the files in
    // order.
    let take = |entry| {
        let Found { name, content } = found(&real_root, has_content, entry)?;
        let taken = content.and_then(|target| target.take(&name, &known));
        Some((name, taken))
    };
    let some = |entries: Vec<_>| entries.into_iter().filter_map(take);
    let read: Vec<_> = in_batches(walk(&real_root, has_content))
        .par_bridge()
        .flat_map_iter(some)
        .collect();
    let reading = known.after(&read);
    let mut files = Vec::with_capacity(read.len());
    for (name, taken) in read {
        match taken {
            Ok(taken) => files.push((SourcePath::new(&name), taken.bytes)),
            Err(problem) => tree.insert_problem(SourcePath::new(&name), problem),
        }
    }
    files.par_sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    tree.insert_all(files);
    Ok((tree, reading))
}

/// Reads some files of a site again, which may have come, changed or gone; nothing where that asks
/// for reading all of it.
#[must_use]
pub fn refresh(root: &Path, tree: &SourceTree, files: &BTreeSet<PathBuf>) -> Option<SourceTree> {
    let root = root.canonicalize().ok()?;
    if files.len() > MANY || !root.join("content").is_dir() {
        return None;
    }
    let mut tree = tree.clone();
    for path in files {
        let (name, is_sound) = name_of(&root, path)?;
        if !FOLDERS.iter().any(|folder| {
            name.strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        }) {
            continue;
        }
        if name
            .split('/')
            .any(|part| part.starts_with('.') && part != ".well-known")
        {
            continue;
        }
        let metadata = path.symlink_metadata();
        if !is_sound || metadata.as_ref().is_ok_and(|metadata| !metadata.is_file()) {
            return None;
        }
        let name = SourcePath::new(&name);
        tree.remove(&name);
        match read_file(path) {
            Ok(bytes) => tree.insert(name, bytes),
            Err(_) if metadata.is_err() => lay_beneath(&mut tree, &name),
            Err(problem) => tree.insert_problem(name, problem),
        }
    }
    Some(tree)
}

/// The theme's own file shows again where the site's file went.
fn lay_beneath(tree: &mut SourceTree, name: &SourcePath) {
    if let Some((_, bytes)) = theme::files().find(|(file, _)| *file == name.as_str()) {
        tree.insert(name.clone(), bytes.into());
    }
}

/// Puts the theme beneath the site: each template under its own name, where the site's own file
/// replaces it, and under `theme/`, where an override can extend it.
fn lay_theme(tree: &mut SourceTree) {
    for (name, bytes) in theme::files() {
        let bytes: FileBytes = bytes.into();
        if let Some(template) = name.strip_prefix("templates/") {
            tree.insert(
                SourcePath::new(&format!("templates/theme/{template}")),
                bytes.clone(),
            );
        }
        tree.insert(SourcePath::new(name), bytes);
    }
}

struct Found {
    name: String,
    content: Result<Target, ReadProblem>,
}

/// What is to be read.
enum Target {
    /// A file, as the folder says.
    File(PathBuf),
    /// What a link leads to, or something stranger: it is looked at before it is opened.
    Other(PathBuf),
}

impl Target {
    fn take(self, name: &str, known: &SourceIndex) -> Result<LoadedFile, ReadProblem> {
        let (Self::File(path) | Self::Other(path)) = &self;
        if matches!(self, Self::Other(_)) {
            check_file(path)?;
        }
        known
            .take(name, path.clone())
            .map_err(|error| ReadProblem::Unreadable(plain(&error)))
    }
}

/// What lies in a site, in no order.
fn walk(root: &Path, has_content: bool) -> impl Iterator<Item = walkdir::Result<DirEntry>> + Send {
    let folders: Vec<PathBuf> = if has_content {
        FOLDERS.iter().map(|name| root.join(name)).collect()
    } else {
        vec![root.into()]
    };
    let walks = folders
        .into_iter()
        .filter(|folder| folder.exists())
        .map(WalkDir::new);
    walks.flat_map(move |walk| {
        walk.into_iter()
            .filter_entry(move |entry| is_wanted(entry, has_content))
    })
}

/// The same, some at a time: threads that fetch one at a time wait for each other most of the time.
fn in_batches<T>(mut all: impl Iterator<Item = T>) -> impl Iterator<Item = Vec<T>> {
    std::iter::from_fn(move || {
        Some(all.by_ref().take(BATCH).collect::<Vec<T>>()).filter(|batch| !batch.is_empty())
    })
}

/// The file that an entry is; nothing for a folder, and for what is no part of the site.
fn found(root: &Path, has_content: bool, entry: walkdir::Result<DirEntry>) -> Option<Found> {
    let found = match entry {
        Ok(entry) if entry.file_type().is_dir() => None,
        Ok(entry) => file(root, &entry),
        Err(error) => problem(root, &error),
    };
    found.filter(|file| has_content || is_article(&file.name))
}

fn is_wanted(entry: &DirEntry, has_content: bool) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_hidden = name.starts_with('.') && name != ".well-known" && entry.depth() > 0;
    let is_skipped = !has_content && entry.depth() == 1 && SKIPPED.contains(&&*name);
    !is_hidden && !is_skipped
}

/// Without `content/`, only what can be a page, a setting or a part of a theme is read.
fn is_article(name: &str) -> bool {
    let is_theme = ["templates/", "static/"]
        .iter()
        .any(|folder| name.starts_with(folder));
    is_theme || name.ends_with(".md") || name == "site.yaml" || name == "locations.yaml"
}

fn file(root: &Path, entry: &DirEntry) -> Option<Found> {
    let (name, is_sound) = name_of(root, entry.path())?;
    if !is_sound {
        return Some(Found {
            name,
            content: Err(ReadProblem::BadName),
        });
    }
    if entry.file_type().is_file() {
        return Some(Found {
            name,
            content: Ok(Target::File(entry.path().to_path_buf())),
        });
    }
    let content = if entry.path_is_symlink() {
        follow(root, entry.path())
    } else {
        Ok(entry.path().to_path_buf())
    };
    match content {
        Ok(path) if path.is_dir() && entry.path().starts_with(&path) => Some(Found {
            name,
            content: Err(ReadProblem::SymlinkOut),
        }),
        Ok(path) if path.is_dir() => {
            let why = "it is a link to a folder, and only links to files are followed".to_owned();
            Some(Found {
                name,
                content: Err(ReadProblem::Unreadable(why)),
            })
        }
        content => Some(Found {
            name,
            content: content.map(Target::Other),
        }),
    }
}

/// Where a symbolic link leads, if that is inside of the site.
fn follow(root: &Path, link: &Path) -> Result<PathBuf, ReadProblem> {
    match link.canonicalize() {
        Ok(target) if target.starts_with(root) => Ok(target),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(ReadProblem::Unreadable("the link leads nowhere".into()))
        }
        Ok(_) | Err(_) => Err(ReadProblem::SymlinkOut),
    }
}

fn problem(root: &Path, error: &walkdir::Error) -> Option<Found> {
    let (name, _) = name_of(root, error.path()?)?;
    let problem = match error.loop_ancestor() {
        Some(_) => ReadProblem::SymlinkOut,
        None => ReadProblem::Unreadable(error.io_error().map_or_else(|| error.to_string(), plain)),
    };
    Some(Found {
        name,
        content: Err(problem),
    })
}

/// The name of a file under the site, and whether it is valid UTF-8.
fn name_of(root: &Path, path: &Path) -> Option<(String, bool)> {
    let relative = path.strip_prefix(root).ok()?;
    if let Some(name) = relative.to_str().filter(|_| MAIN_SEPARATOR == '/') {
        return Some((name.to_owned(), true));
    }
    let parts: Vec<_> = relative
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    Some((parts.join("/"), relative.to_str().is_some()))
}

fn check_file(path: &Path) -> Result<(), ReadProblem> {
    let metadata = fs::metadata(path).map_err(|error| ReadProblem::Unreadable(plain(&error)))?;
    if metadata.is_file() {
        return Ok(());
    }
    Err(ReadProblem::Unreadable(
        "it is neither a file nor a folder".into(),
    ))
}

fn read_file(path: &Path) -> Result<FileBytes, ReadProblem> {
    check_file(path)?;
    fs::read(path)
        .map(FileBytes::from)
        .map_err(|error| ReadProblem::Unreadable(plain(&error)))
}

/// The system's words without the number of the error.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}
