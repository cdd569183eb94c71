//! The folder `.pamphlet/` beside a site's sources: what one run leaves for the next, as files by
//! name.
//!
//! It may be deleted at any time, shared between machines and restored by a CI job. Each file is
//! replaced by a rename or added to at its end, so that a build beside this one reads what is whole. No version control and no
//! backup should take the folder; it says so to both. What the files hold is for others to say.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::{fs, io, process};

/// The folder in the site's folder.
pub const FOLDER: &str = ".pamphlet";

/// So many bytes are written at once.
const ROOM: usize = 256 * 1024;

/// The shelves in that folder.
const CACHE: &str = "cache";

/// What tells others to leave the folder alone: Git, and whoever follows
/// <https://bford.info/cachedir/>.
const MARKERS: [(&str, &str); 2] = [
    (".gitignore", "*\n"),
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is the cache of Pamphlet.\n",
    ),
];

/// Whether the site has a cache.
pub(super) fn is_there(site: &Path) -> bool {
    site.join(FOLDER).join(CACHE).is_dir()
}

/// A file of the cache; nothing where it is not there.
pub(super) fn read(site: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(site.join(FOLDER).join(CACHE).join(name)).ok()
}

/// Adds bytes to a file of the cache, if it has the length that is expected.
pub(super) fn append(site: &Path, name: &str, expected: usize, bytes: &[u8]) -> io::Result<()> {
    let path = site.join(FOLDER).join(CACHE).join(name);
    let mut file = File::options().append(true).open(path)?;
    if file.metadata()?.len() != expected as u64 {
        return Ok(());
    }
    // One call: what another run adds at the same time comes before or after it.
    file.write_all(bytes)
}

/// Puts a file of these parts into the cache, in the place of the one that is there.
pub(super) fn write(site: &Path, name: &str, parts: &[&[u8]]) -> io::Result<()> {
    let folder = site.join(FOLDER);
    let shelves = folder.join(CACHE);
    if !shelves.is_dir() {
        fs::create_dir_all(&shelves)?;
        MARKERS
            .iter()
            .try_for_each(|(name, text)| fs::write(folder.join(name), text))?;
    }
    let unfinished = shelves.join(format!("{name}-{}", process::id()));
    let kept =
        write_parts(&unfinished, parts).and_then(|()| fs::rename(&unfinished, shelves.join(name)));
    if kept.is_err() {
        // What remains does no harm.
        let _ = fs::remove_file(&unfinished);
    }
    kept
}

fn write_parts(path: &Path, parts: &[&[u8]]) -> io::Result<()> {
    let mut file = BufWriter::with_capacity(ROOM, File::create(path)?);
    parts.iter().try_for_each(|part| file.write_all(part))?;
    file.flush()
}
