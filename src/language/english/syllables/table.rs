//! The table of exceptions: words whose syllables the rules of spelling miscount.
//!
//! Owns the reading of `data/syllables.bin`, which `scripts/make-syllables` writes and describes.
//! The table is read where it lies: nothing may be unpacked at the start, and nothing allocated. It
//! holds fingerprints instead of words. A word that is not in it is taken for another only if 40
//! bits of their hashes agree (12 choose the bucket, 28 are compared): with some 7,400 entries,
//! that happens to one word in 148 million. The script makes sure that no word of the dictionary is
//! among those.

/// The file: the checksum of the rules, where each bucket of entries starts, the entries.
const FILE: &[u8] = include_bytes!("../../../../data/syllables.bin");

/// The bits of a hash that choose a bucket.
const BUCKET_BITS: u32 = 12;

/// The bits of an entry that hold the count; those above them are the fingerprint.
const COUNT_MASK: u32 = 0xf;

const CHECKSUM_LENGTH: usize = 4;
const STARTS_LENGTH: usize = ((1 << BUCKET_BITS) + 1) * 2;

/// Where each bucket starts among the entries, and where the last one ends.
const STARTS: &[[u8; 2]] = FILE
    .split_at(CHECKSUM_LENGTH)
    .1
    .split_at(STARTS_LENGTH)
    .0
    .as_chunks()
    .0;

/// The entries, bucket by bucket.
const ENTRIES: &[[u8; 4]] = FILE
    .split_at(CHECKSUM_LENGTH + STARTS_LENGTH)
    .1
    .as_chunks()
    .0;

/// The syllables of a word in lowercase ASCII, if the table has it.
pub(super) fn exception(word: &[u8]) -> Option<usize> {
    let hash = mix(fnv1a(word));
    let fingerprint = low_32_bits(hash >> (32 - BUCKET_BITS)) & !COUNT_MASK;
    let entries = bucket(hash >> (64 - BUCKET_BITS))
        .iter()
        .map(|bytes| u32::from_le_bytes(*bytes));
    let entry = entries
        .into_iter()
        .find(|entry| entry & !COUNT_MASK == fingerprint)?;
    usize::try_from(entry & COUNT_MASK).ok()
}

/// The entries of a bucket. A table that contradicts itself has none instead of a panic.
fn bucket(index: u64) -> &'static [[u8; 4]] {
    let start = |index: usize| {
        STARTS
            .get(index)
            .map(|bytes| usize::from(u16::from_le_bytes(*bytes)))
    };
    let range = usize::try_from(index)
        .ok()
        .and_then(|index| Some(start(index)?..start(index + 1)?));
    range
        .and_then(|range| ENTRIES.get(range))
        .unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the lower bits are what is asked for"
)]
fn low_32_bits(hash: u64) -> u32 {
    hash as u32
}

/// The hash FNV-1a of 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The finalizer of `MurmurHash3`. In FNV-1a the last letters of a word hardly reach the upper
/// bits, which choose the bucket here.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// The checksum of the rules for which the table was made.
#[cfg(test)]
pub(super) fn checksum_of_rules() -> u32 {
    u32::from_le_bytes(FILE[..CHECKSUM_LENGTH].try_into().expect("four bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let starts: Vec<u16> = STARTS
            .iter()
            .map(|bytes| u16::from_le_bytes(*bytes))
            .collect();
        assert_eq!(starts.len(), (1 << BUCKET_BITS) + 1);
        assert!(starts.is_sorted(), "the buckets are out of order");
        assert_eq!(usize::from(starts[starts.len() - 1]), ENTRIES.len());
        assert_eq!(
            FILE.len(),
            CHECKSUM_LENGTH + STARTS_LENGTH + ENTRIES.len() * 4
        );
        assert!(
            FILE.len() <= 200_000,
            "the table has grown to {} bytes",
            FILE.len()
        );
        assert!(
            ENTRIES
                .iter()
                .all(|bytes| u32::from_le_bytes(*bytes) & COUNT_MASK > 0),
            "a word has no syllable"
        );
    }

    #[test]
    fn words_that_are_not_there_are_not_found() {
        let found = (0..1_000_000_u32)
            .filter(|number| exception(&number.to_le_bytes()).is_some())
            .count();
        assert_eq!(found, 0, "false hits");
    }
}
