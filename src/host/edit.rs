//! Writing fixes back into the sources: the one place where Pamphlet changes what people wrote, and
//! only when told to.
//!
//! A file is replaced whole by one rename, with its permissions, and only if it still holds what
//! was read. A symbolic link stays a link; the file that it leads to is replaced.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::pipeline::Fixes;
use crate::source::SourceTree;

/// Writes the changed files of `fixes` into the site at `root`; `read` is what was read there
/// before.
///
/// # Errors
/// When a file has changed since it was read, or cannot be written. Files before it are written
/// then.
pub fn write(root: &Path, read: &SourceTree, fixes: &Fixes) -> Result<()> {
    for path in fixes.files.keys() {
        let (old, new) = (read.get(path.as_str()), fixes.tree.get(path.as_str()));
        // A fixed file was read before, so both trees have it.
        let (Some(old), Some(new)) = (old, new) else {
            continue;
        };
        replace(&root.join(path.as_str()), old.bytes(), new.bytes())?;
    }
    Ok(())
}

fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<()> {
    let path = path
        .canonicalize()
        .with_context(|| format!("cannot find {}", path.display()))?;
    let current = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    if current != old {
        bail!(
            "{} has changed in the meantime; run the command again",
            path.display()
        );
    }
    let unfinished = beside(&path);
    let written = write_whole(&unfinished, &path, new);
    if written.is_err() {
        // What could not be finished is of no use, and the first error is the one to show.
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn write_whole(unfinished: &Path, path: &Path, bytes: &[u8]) -> Result<()> {
    let permissions = fs::metadata(path)?.permissions();
    if permissions.readonly() {
        bail!("it is read-only");
    }
    let mut file = fs::File::create(unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::set_permissions(unfinished, permissions)?;
    Ok(fs::rename(unfinished, path)?)
}

/// A dotfile in the same folder, which no site reads.
fn beside(path: &Path) -> PathBuf {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}
