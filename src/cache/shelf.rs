//! A shelf: the values of one step, one after the other, with an index before them.
//!
//! The bytes of a **layer** ([`layer`]) are the hash of the index, its length, the index
//! (`postcard`), and the values. The index has a checksum of each value, so that a value is read
//! only when it is asked for, and a damaged one is as good as none. A shelf has two layers: all
//! that it had when it was last kept whole, and the little that is new since. The second belongs to
//! the very first that it lies upon.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use foldhash::fast::FixedState;
use serde::Serialize;
use serde::de::DeserializeOwned;
use twox_hash::XxHash3_64;

use super::layer::{self, Entry, Kept};
use super::{Blob, Key};
use crate::source::Digest;

/// How many times a shelf may be kept whole before a value goes that nobody has asked for.
const PATIENCE: u8 = 3;

/// A shelf is kept whole when this part of it is new. To do so for the sake of one value takes
/// longer than to make it.
const WORTH_KEEPING: usize = 256;

/// A layer of a shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// All that was worth keeping.
    Whole,
    /// What is new since.
    Since,
}

/// Whether a value that nobody asked for comes nearer to being let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aging {
    Goes,
    /// Who asked for little shows nothing of the rest.
    Stands,
}

/// A value as it was kept.
#[derive(Debug)]
struct Value {
    layer: Layer,
    range: Range<usize>,
    sum: u64,
    age: u8,
    is_used: AtomicBool,
}

#[derive(Debug, Default)]
pub(super) struct Shelf {
    whole: Kept,
    since: Kept,
    values: HashMap<u128, Value, FixedState>,
    /// How many of the values are new since the shelf was kept whole.
    added: usize,
    new: Mutex<Vec<(u128, Vec<u8>)>>,
}

impl Shelf {
    /// Opens a shelf that this program kept; nothing where it is damaged, or another program's.
    pub(super) fn open(
        whole: Box<dyn Blob>,
        since: Option<Box<dyn Blob>>,
        program: Digest,
    ) -> Option<Self> {
        let (whole, entries) = Kept::open(whole, program)?;
        let mut shelf = Self::default();
        shelf.values.reserve(entries.len());
        shelf.place(Layer::Whole, whole.start, &entries)?;
        let owner = owner_of_since(&whole, program);
        if let Some((since, entries)) = since.and_then(|since| Kept::open(since, owner)) {
            shelf.added = entries.len();
            shelf.place(Layer::Since, since.start, &entries)?;
            shelf.since = since;
        }
        Some(Self { whole, ..shelf })
    }

    /// Notes where the values of a layer are, which begin at a place.
    fn place(&mut self, layer: Layer, start: usize, entries: &[Entry]) -> Option<()> {
        let mut at = start;
        for Entry {
            key,
            sum,
            length,
            age,
        } in entries.iter().copied()
        {
            let range = at..at.checked_add(length)?;
            at = range.end;
            self.values.insert(
                key,
                Value {
                    layer,
                    range,
                    sum,
                    age,
                    is_used: AtomicBool::new(false),
                },
            );
        }
        Some(())
    }

    /// The bytes of a value as they were kept; they may be damaged.
    fn bytes(&self, value: &Value) -> Option<Cow<'_, [u8]>> {
        let layer = match value.layer {
            Layer::Whole => &self.whole,
            Layer::Since => &self.since,
        };
        layer.read(value.range.clone())
    }

    pub(super) fn get<T: DeserializeOwned>(&self, key: Key) -> Option<T> {
        let value = self.values.get(&key.0)?;
        let bytes = self.bytes(value).filter(|bytes| sum(bytes) == value.sum)?;
        let found = postcard::from_bytes(&bytes).ok()?;
        value.is_used.store(true, Ordering::Relaxed);
        Some(found)
    }

    pub(super) fn put(&self, key: Key, value: &impl Serialize) {
        // What stands in the place of something else is about as long.
        let room = self
            .values
            .get(&key.0)
            .map_or(0, |last| last.range.len() + last.range.len() / 8);
        // What cannot be written is not remembered.
        if let Ok(bytes) = postcard::to_io(value, Vec::with_capacity(room)) {
            self.new
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((key.0, bytes));
        }
    }

    /// Gives the layer that is to be kept anew, in parts; nothing where nothing is new.
    pub(super) fn keep<E>(
        mut self,
        program: Digest,
        aging: Aging,
        write: impl FnOnce(Layer, &[&[u8]]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut new = std::mem::take(self.new.get_mut().unwrap_or_else(PoisonError::into_inner));
        if new.is_empty() {
            return Ok(());
        }
        // Of what was put under one key the last counts.
        new.reverse();
        new.sort_by_key(|(key, _)| *key);
        new.dedup_by_key(|(key, _)| *key);
        let (layer, owner) = if (self.added + new.len()) * WORTH_KEEPING < self.values.len() {
            (Layer::Since, owner_of_since(&self.whole, program))
        } else {
            (Layer::Whole, program)
        };
        let is_new = |key: u128| new.binary_search_by_key(&key, |(key, _)| *key).is_ok();
        let mut entries = Vec::new();
        let mut values: Vec<Cow<'_, [u8]>> = Vec::new();
        let is_kept = |value: &Value| layer == Layer::Whole || value.layer == Layer::Since;
        for (key, value) in self
            .values
            .iter()
            .filter(|(key, value)| is_kept(value) && !is_new(**key))
        {
            let age = match (value.is_used.load(Ordering::Relaxed), aging, layer) {
                (true, ..) => 0,
                (false, Aging::Stands, _) | (false, _, Layer::Since) => value.age,
                (false, Aging::Goes, Layer::Whole) => value.age + 1,
            };
            if let Some(bytes) = self.bytes(value).filter(|_| age < PATIENCE) {
                entries.push(Entry {
                    key: *key,
                    sum: value.sum,
                    length: bytes.len(),
                    age,
                });
                values.push(bytes);
            }
        }
        for (key, bytes) in &new {
            entries.push(Entry {
                key: *key,
                sum: sum(bytes),
                length: bytes.len(),
                age: 0,
            });
            values.push(bytes.into());
        }
        // What cannot be written is not kept.
        let Some(head) = layer::head(owner, entries) else {
            return Ok(());
        };
        let parts: Vec<&[u8]> = std::iter::once(&*head)
            .chain(values.iter().map(|value| &**value))
            .collect();
        write(layer, &parts)
    }
}

/// Stands for the program and the layer beneath.
fn owner_of_since(whole: &Kept, program: Digest) -> Digest {
    Digest::of(&[*program.as_bytes(), whole.hash].concat())
}

/// Tells a value from a damaged one.
fn sum(bytes: &[u8]) -> u64 {
    XxHash3_64::oneshot(bytes)
}
