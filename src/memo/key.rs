//! Keys: hashes of all that a step is made from.
//!
//! XXH3 with 128 bits (<https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>): fast, and
//! no two keys will be the same by chance. Files are in a key by their digest, which is of the same
//! kind (see [`Digest`]).

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use crate::source::Digest;

/// A fingerprint of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(u128);

impl Key {
    /// The fingerprint of what is not there.
    pub const ABSENT: Self = Self(0);

    /// The fingerprint as bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_le_bytes()
    }

    /// Reads a fingerprint as [`Key::to_bytes`] gives it.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_le_bytes(bytes))
    }

    /// The fingerprint of one value.
    #[must_use]
    pub fn of(value: &(impl Hash + ?Sized)) -> Self {
        KeyHasher::default().add(value).key()
    }
}

/// Gathers what a step is made from.
///
/// Whatever has a [`Hash`] can be written into it. The bytes that a value writes are those of this
/// program on this kind of machine, so a key says nothing to another program.
#[derive(Clone, Debug)]
pub struct KeyHasher(Vec<u8>);

/// Room for most keys; a longer one makes its own.
const ROOM: usize = 512;

impl Default for KeyHasher {
    fn default() -> Self {
        Self(Vec::with_capacity(ROOM))
    }
}

impl KeyHasher {
    /// Adds a value.
    pub fn add(&mut self, value: &(impl Hash + ?Sized)) -> &mut Self {
        value.hash(self);
        self
    }

    /// Adds a value as it describes itself for debugging: all of its fields, where that is derived.
    pub fn add_described(&mut self, value: &impl std::fmt::Debug) -> &mut Self {
        self.add(&format!("{value:?}"))
    }

    /// Adds the hash of some bytes.
    pub fn add_hash(&mut self, hash: Digest) -> &mut Self {
        self.0.extend_from_slice(hash.as_bytes());
        self
    }

    /// The key of all that was added.
    #[must_use]
    pub fn key(&self) -> Key {
        Key(XxHash3_128::oneshot(&self.0))
    }
}

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        // The lower half of the key.
        u64::try_from(self.key().0 & u128::from(u64::MAX)).expect("64 bits fit")
    }
}
