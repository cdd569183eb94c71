//! The bytes of a layer of a shelf: the hash of the index, the length of the index, the index, the
//! values.
//!
//! Little of a layer is read value by value, much of it block by block. What is read is not trusted
//! here: each value has its checksum.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use super::Blob;
use crate::source::Digest;

/// The length of the hash before the index.
const HASH: usize = Digest::LENGTH;

/// Where the index begins: after the hash and the length.
const INDEX: usize = HASH + size_of::<u64>();

/// So many values are read one by one; for who asks for more, whole blocks are.
const FEW: usize = 512;

/// The bytes of a block. Blocks are read by whichever thread needs them first, while others go on
/// with theirs.
const BLOCK: usize = 1 << 18;

/// A layer that has fewer bytes is read as a whole.
const SMALL: usize = 1 << 16;

#[derive(Serialize, Deserialize)]
struct Index {
    /// Stands for whoever may believe the layer.
    owner: Digest,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) key: u128,
    /// The checksum of the value.
    pub(super) sum: u64,
    pub(super) length: usize,
    /// How many times it was kept since somebody asked for it.
    pub(super) age: u8,
}

/// A layer as it was kept.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// The hash of its index.
    pub(super) hash: [u8; HASH],
    /// Where its values begin.
    pub(super) start: usize,
    bytes: Option<Box<dyn Blob>>,
    blocks: Vec<OnceLock<Option<Vec<u8>>>>,
    asked: AtomicUsize,
}

impl Kept {
    /// Reads the index of a layer; nothing where it is damaged, or not for this owner.
    pub(super) fn open(bytes: Box<dyn Blob>, owner: Digest) -> Option<(Self, Vec<Entry>)> {
        let head = bytes.read(0..INDEX)?;
        let (hash, length) = head.split_at_checked(HASH)?;
        let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
        let start = INDEX
            .checked_add(length)
            .filter(|start| *start <= bytes.length())?;
        let index = bytes.read(INDEX..start)?;
        if Digest::of(&index).as_bytes() != hash {
            return None;
        }
        let Index { owner: of, entries } = postcard::from_bytes(&index).ok()?;
        let hash = hash.try_into().ok()?;
        let asked = AtomicUsize::new(if bytes.length() < SMALL { FEW } else { 0 });
        let blocks = std::iter::repeat_with(OnceLock::new)
            .take(bytes.length().div_ceil(BLOCK))
            .collect();
        let kept = Self {
            hash,
            start,
            bytes: Some(bytes),
            blocks,
            asked,
        };
        (of == owner).then_some((kept, entries))
    }

    /// Some of the bytes.
    pub(super) fn read(&self, range: Range<usize>) -> Option<Cow<'_, [u8]>> {
        let bytes = self.bytes.as_ref()?;
        let number = range.start / BLOCK;
        let start = number * BLOCK;
        let end = bytes.length().min(start + BLOCK);
        if self.asked.fetch_add(1, Ordering::Relaxed) < FEW || range.end > end {
            return bytes.read(range).map(Cow::Owned);
        }
        let block = self
            .blocks
            .get(number)?
            .get_or_init(|| bytes.read(start..end))
            .as_ref()?;
        block
            .get(range.start - start..range.end - start)
            .map(Cow::Borrowed)
    }
}

/// What stands before the values of a layer for an owner.
pub(super) fn head(owner: Digest, entries: Vec<Entry>) -> Option<Vec<u8>> {
    let index = postcard::to_allocvec(&Index { owner, entries }).ok()?;
    let length = u64::try_from(index.len()).ok()?.to_le_bytes();
    Some([Digest::of(&index).as_bytes(), length.as_slice(), &index].concat())
}
