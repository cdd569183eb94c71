//! An output folder must not be, hold or lie in what the site is made from.

use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::host::read::FOLDERS;

/// Refuses an output folder that is, holds or lies in the site's sources.
///
/// # Errors
/// When it does, or when the two cannot be compared.
pub fn refuse_overlap(out: &Path, site: &Path) -> Result<()> {
    let (real_out, real_site) = (resolve(out)?, resolve(site)?);
    if real_site.starts_with(&real_out) {
        bail!(
            "{} holds the site itself; choose a folder of its own with --out",
            out.display()
        );
    }
    for source in FOLDERS.map(|name| real_site.join(name)) {
        if real_out.starts_with(resolve(&source)?) || resolve(&source)?.starts_with(&real_out) {
            bail!(
                "{} and {} overlap; choose another folder with --out",
                out.display(),
                source.display()
            );
        }
    }
    let has_content = real_site.join("content").is_dir();
    if !has_content && real_out.starts_with(&real_site) && real_out != real_site.join("public") {
        bail!(
            "{} lies among the pages; choose a folder outside of the site with --out",
            out.display()
        );
    }
    Ok(())
}

/// The real path of a folder that may not be there yet: that of the nearest folder that is, with
/// the rest after it.
fn resolve(path: &Path) -> Result<PathBuf> {
    let absolute =
        std::path::absolute(path).with_context(|| format!("cannot find {}", path.display()))?;
    let mut rest = Vec::new();
    let mut there = absolute.as_path();
    loop {
        match there.canonicalize() {
            Ok(real) => {
                let whole = rest
                    .iter()
                    .rev()
                    .fold(real, |path: PathBuf, part: &PathBuf| path.join(part));
                return Ok(without_dots(&whole));
            }
            Err(error)
                if error.kind() == io::ErrorKind::NotFound
                    || error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot look at {}", there.display()));
            }
        }
        let (Some(name), Some(parent)) = (there.components().next_back(), there.parent()) else {
            return Ok(absolute);
        };
        rest.push(PathBuf::from(name.as_os_str()));
        there = parent;
    }
}

fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    clean
}
