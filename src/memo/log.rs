//! The log: the values of all queries as one run of bytes, to which later runs append.
//!
//! It begins with the digest of the program that wrote it, for another one may do the same work in
//! another way. Each record has a key, a checksum, a length and a value; a later record replaces an
//! earlier one of the same key. A checksum covers the key too, so a damaged record is as good as
//! none. When most of the bytes are of no use any more, the log is written anew.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hasher;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;
use serde::Serialize;
use twox_hash::XxHash3_64;

use super::Key;
use crate::source::Digest;

/// The bytes before a value: its key, its checksum, its length.
const KEY: usize = size_of::<u128>();
const CHECKSUM: usize = size_of::<u64>();
const LENGTH: usize = size_of::<u32>();
const HEAD: usize = KEY + CHECKSUM + LENGTH;

/// The log of one program.
#[derive(Debug)]
pub struct Log {
    program: Digest,
    /// As they were when the log was opened, damaged ends included.
    bytes: Vec<u8>,
    records: HashMap<Key, Record, FixedState>,
    /// Whether the last record ends where the bytes end: only then others may come behind it.
    is_whole: bool,
    new: Mutex<HashMap<Key, Vec<u8>, FixedState>>,
}

/// Where a value stands in the log.
#[derive(Debug)]
struct Record {
    value: Range<usize>,
    is_used: AtomicBool,
}

/// What is to be done with the bytes of a log so that the next run finds what is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Save {
    /// Nothing is new.
    Nothing,
    /// These bytes come after those that were read.
    Append(Vec<u8>),
    /// These bytes take the place of all others.
    Replace(Vec<u8>),
}

impl Log {
    /// Opens the bytes of a log for a program; one of another program is empty.
    #[must_use]
    pub fn open(bytes: Vec<u8>, program: Digest) -> Self {
        let is_ours = bytes.starts_with(program.as_bytes());
        let mut log = Self {
            program,
            bytes: if is_ours { bytes } else { Vec::new() },
            records: HashMap::default(),
            is_whole: false,
            new: Mutex::default(),
        };
        let mut at = Digest::LENGTH;
        while let Some((key, value)) = log.record(at) {
            at = value.end;
            let is_used = AtomicBool::new(false);
            log.records.insert(key, Record { value, is_used });
        }
        log.is_whole = at == log.bytes.len();
        log
    }

    /// How many bytes the log had when it was opened: none where they were of no use.
    #[must_use]
    pub fn length(&self) -> usize {
        self.bytes.len()
    }

    /// The key of the record at a place, and where its value stands.
    fn record(&self, at: usize) -> Option<(Key, Range<usize>)> {
        let head = self.bytes.get(at..at + HEAD)?;
        let key = Key::from_bytes(head[..KEY].try_into().ok()?);
        let length = u32::from_le_bytes(head[KEY + CHECKSUM..].try_into().ok()?);
        let start = at + HEAD;
        let end = start.checked_add(usize::try_from(length).ok()?)?;
        (end <= self.bytes.len()).then_some((key, start..end))
    }

    /// The bytes of a value.
    pub(super) fn get(&self, key: Key) -> Option<Cow<'_, [u8]>> {
        if let Some(new) = self.added().get(&key) {
            return Some(Cow::Owned(new.clone()));
        }
        let record = self.records.get(&key)?;
        let value = &self.bytes[record.value.clone()];
        let sum = &self.bytes[record.value.start - LENGTH - CHECKSUM..][..CHECKSUM];
        if checksum(key, value).to_le_bytes() != sum {
            return None;
        }
        record.is_used.store(true, Ordering::Relaxed);
        Some(Cow::Borrowed(value))
    }

    /// Adds a value.
    pub(super) fn put(&self, key: Key, value: &impl Serialize) {
        // What cannot be written is worked out again the next time.
        if let Ok(bytes) = postcard::to_allocvec(value) {
            self.added().insert(key, bytes);
        }
    }

    /// What to do so that the next run finds what is new.
    ///
    /// A run that asked for few of the values says nothing about the others: the log is written
    /// anew only where more than half of it is of no use, and only what was used or added stays.
    #[must_use]
    pub fn save(&self) -> Save {
        let added = self.added();
        if added.is_empty() {
            return Save::Nothing;
        }
        let mut new: Vec<_> = added
            .iter()
            .map(|(key, value)| (*key, &value[..]))
            .collect();
        new.sort_unstable_by_key(|(key, _)| *key);
        let mut kept: Vec<_> = self
            .records
            .iter()
            .filter(|(key, record)| {
                record.is_used.load(Ordering::Relaxed) && !added.contains_key(key)
            })
            .map(|(key, record)| (*key, &self.bytes[record.value.clone()]))
            .collect();
        let useful: usize = kept.iter().map(|(_, value)| HEAD + value.len()).sum();
        if self.is_whole && useful * 2 > self.bytes.len() {
            return Save::Append(written(new));
        }
        kept.sort_unstable_by_key(|(key, _)| *key);
        kept.extend(new);
        let bytes = [self.program.as_bytes().as_slice(), &written(kept)].concat();
        Save::Replace(bytes)
    }

    fn added(&self) -> MutexGuard<'_, HashMap<Key, Vec<u8>, FixedState>> {
        self.new.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bytes of some records.
fn written(records: Vec<(Key, &[u8])>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(records.iter().map(|(_, value)| HEAD + value.len()).sum());
    for (key, value) in records {
        // A value of four gigabytes is none that a query of one page has.
        let Ok(length) = u32::try_from(value.len()) else {
            continue;
        };
        bytes.extend_from_slice(&key.to_bytes());
        bytes.extend_from_slice(&checksum(key, value).to_le_bytes());
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(value);
    }
    bytes
}

fn checksum(key: Key, value: &[u8]) -> u64 {
    let mut hasher = XxHash3_64::new();
    hasher.write(&key.to_bytes());
    hasher.write(value);
    hasher.finish()
}
