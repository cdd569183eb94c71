//! When each of our files was last known to be as we wrote it, so that the next build need not read
//! it to know.
//!
//! A file that still has its length and the time of its last change has not been touched since. The
//! times stand in the order of the manifest, with its hash. They are a memory and no record: where
//! they are missing, damaged or of another manifest, files are read.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::Disk;
use crate::source::Digest;

/// The name of the file in the folder of our own files.
const NAME: &str = "stamps";

/// When a file was last changed, in nanoseconds since 1970; 0 where nobody knows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stamp(u64);

impl Stamp {
    /// The time of a file's last change.
    pub(super) fn of(metadata: &Metadata) -> Self {
        let time = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self(
            time.and_then(|time| u64::try_from(time.as_nanos()).ok())
                .unwrap_or_default(),
        )
    }

    /// Whether the time is known, and the same.
    pub(super) fn is(self, other: Self) -> bool {
        self.0 > 0 && self.0 == other.0
    }
}

/// The stamps that belong to a manifest, in its order; none where they are not known.
pub(super) fn read(own: &Path, manifest: &str) -> Vec<Stamp> {
    let parse = |bytes: Vec<u8>| {
        let (of, times): (Digest, Vec<u64>) = postcard::from_bytes(Digest::unseal(&bytes)?).ok()?;
        (of == Digest::of(manifest.as_bytes())).then_some(times)
    };
    let times = fs::read(own.join(NAME))
        .ok()
        .and_then(parse)
        .unwrap_or_default();
    times.into_iter().map(Stamp).collect()
}

/// Remembers the stamps of a manifest's files. What cannot be remembered is read the next time.
pub(super) fn write(
    own: &Path,
    manifest: &str,
    stamps: impl Iterator<Item = Stamp>,
    disk: &impl Disk,
) {
    let times: Vec<u64> = stamps.map(|stamp| stamp.0).collect();
    let Ok(rest) = postcard::to_allocvec(&(Digest::of(manifest.as_bytes()), times)) else {
        return;
    };
    let _ = disk.write(&own.join(NAME), &Digest::seal(&rest));
}
