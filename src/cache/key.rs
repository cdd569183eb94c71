//! Keys: hashes of all that a step is made from.

use std::hash::{Hash, Hasher};

/// Stands for all that a step is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub(super) u128);

/// Gathers what a step is made from.
///
/// Whatever has a [`Hash`] can be written into it. The bytes that a value writes are those of this program on this kind of
/// machine, so a key says nothing to another program.
#[derive(Clone, Debug, Default)]
pub struct KeyHasher(blake3::Hasher);

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
    pub fn add_hash(&mut self, hash: blake3::Hash) -> &mut Self {
        self.0.update(hash.as_bytes());
        self
    }

    /// The key of all that was added.
    #[must_use]
    pub fn key(&self) -> Key {
        let hash = self.0.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Key(u128::from_le_bytes(bytes))
    }
}

impl Hasher for KeyHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        // The lower half of the key.
        u64::try_from(self.key().0 & u128::from(u64::MAX)).unwrap_or_default()
    }
}
