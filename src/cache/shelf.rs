//! A shelf: the values of one step, one after the other, with an index before them.
//!
//! Its bytes are the hash of the index, the index (`postcard`), and the values. The index has a checksum of each value, so
//! that a value is looked at only when it is asked for, and a damaged one is as good as none.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use foldhash::fast::FixedState;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

use super::Key;

/// How many runs may pass that add to a shelf and do not ask for a value before it goes.
const PATIENCE: u8 = 3;

/// A shelf is kept again when this part of it is new. Keeping a large shelf for the sake of one value costs more than
/// making that value again.
const WORTH_KEEPING: usize = 256;

/// The length of the hash before the index.
const HASH: usize = blake3::OUT_LEN;

#[derive(Serialize, Deserialize)]
struct Index {
    program: [u8; HASH],
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Entry {
    key: u128,
    /// The checksum of the value.
    sum: u64,
    length: usize,
    /// How many runs have passed that did not ask for it.
    age: u8,
}

/// A value as it was kept.
#[derive(Debug)]
struct Value {
    range: Range<usize>,
    sum: u64,
    age: u8,
    is_used: AtomicBool,
}

#[derive(Debug, Default)]
pub(super) struct Shelf {
    bytes: Vec<u8>,
    values: HashMap<u128, Value, FixedState>,
    new: Mutex<Vec<(u128, Vec<u8>)>>,
}

impl Shelf {
    /// Reads a shelf that this program kept; nothing where it is damaged, or another program's.
    pub(super) fn read(bytes: Vec<u8>, program: blake3::Hash) -> Option<Self> {
        let (hash, rest) = bytes.split_at_checked(HASH)?;
        let (index, values) = postcard::take_from_bytes::<Index>(rest).ok()?;
        let start = bytes.len() - values.len();
        if index.program != *program.as_bytes() || blake3::hash(&bytes[HASH..start]).as_bytes() != hash {
            return None;
        }
        let mut at = start;
        let mut values = HashMap::with_capacity_and_hasher(index.entries.len(), FixedState::default());
        for entry in &index.entries {
            let range = at..at.checked_add(entry.length)?;
            at = range.end;
            values.insert(entry.key, Value { range, sum: entry.sum, age: entry.age, is_used: AtomicBool::new(false) });
        }
        Some(Self { bytes, values, new: Mutex::default() })
    }

    pub(super) fn get<T: DeserializeOwned>(&self, key: Key) -> Option<T> {
        let value = self.values.get(&key.0)?;
        let bytes = self.bytes.get(value.range.clone()).filter(|bytes| sum(bytes) == value.sum)?;
        let found = postcard::from_bytes(bytes).ok()?;
        value.is_used.store(true, Ordering::Relaxed);
        Some(found)
    }

    pub(super) fn put(&self, key: Key, value: &impl Serialize) {
        // What cannot be written is not remembered.
        if let Ok(bytes) = postcard::to_allocvec(value) {
            self.new.lock().unwrap_or_else(PoisonError::into_inner).push((key.0, bytes));
        }
    }

    /// The shelf as it is to be kept; nothing where that is not worth it.
    pub(super) fn into_bytes(self, program: blake3::Hash) -> Option<Vec<u8>> {
        let mut new = self.new.into_inner().unwrap_or_else(PoisonError::into_inner);
        if new.is_empty() || new.len() * WORTH_KEEPING < self.values.len() {
            return None;
        }
        new.sort_by_key(|(key, _)| *key);
        new.dedup_by_key(|(key, _)| *key);
        let is_new = |key: u128| new.binary_search_by_key(&key, |(key, _)| *key).is_ok();
        let mut entries = Vec::with_capacity(new.len() + self.values.len());
        let mut values: Vec<&[u8]> = Vec::with_capacity(entries.capacity());
        for (key, value) in self.values.iter().filter(|(key, _)| !is_new(**key)) {
            let age = if value.is_used.load(Ordering::Relaxed) { 0 } else { value.age + 1 };
            if let Some(bytes) = self.bytes.get(value.range.clone()).filter(|_| age < PATIENCE) {
                entries.push(Entry { key: *key, sum: value.sum, length: bytes.len(), age });
                values.push(bytes);
            }
        }
        for (key, bytes) in &new {
            entries.push(Entry { key: *key, sum: sum(bytes), length: bytes.len(), age: 0 });
            values.push(bytes);
        }
        let index = postcard::to_allocvec(&Index { program: *program.as_bytes(), entries }).ok()?;
        let length = HASH + index.len() + values.iter().map(|value| value.len()).sum::<usize>();
        let mut bytes = Vec::with_capacity(length);
        bytes.extend_from_slice(blake3::hash(&index).as_bytes());
        bytes.extend_from_slice(&index);
        for value in values {
            bytes.extend_from_slice(value);
        }
        Some(bytes)
    }
}

/// Tells a value from a damaged one.
fn sum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}
