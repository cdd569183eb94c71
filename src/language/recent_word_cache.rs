//! A fixed-size cache of what was found for recent words: a text uses few words often.
//!
//! Each word has one slot; a colliding word evicts the entry. It returns what was computed for the
//! word, so it changes nothing but how long that takes (a `HashMap` a document costs 14 % of a build).

/// The bytes of the longest word that is kept; hardly any is longer.
const LONGEST: usize = 16;

/// The bits of a hash that choose a place: the table fits into the cache of a processor.
const BITS: u32 = 11;

/// Something that is found for each word, kept for those that were met lately.
#[derive(Clone, Debug)]
pub struct RecentWordCache<T>(Vec<(Key, T)>);

/// The bytes of a word, with zeros behind them: no word ends in a zero.
type Key = [u64; 2];

impl<T: Copy + Default> Default for RecentWordCache<T> {
    fn default() -> Self {
        Self(vec![(Key::default(), T::default()); 1 << BITS])
    }
}

impl<T: Copy> RecentWordCache<T> {
    /// What was found for a word lately, else what `find` finds.
    pub fn get(&mut self, word: &str, find: impl FnOnce() -> T) -> T {
        let Some(key) = key(word) else { return find() };
        match self.0.get_mut(place(key)) {
            Some(entry) if entry.0 == key => entry.1,
            Some(entry) => {
                *entry = (key, find());
                entry.1
            }
            None => find(),
        }
    }
}

/// The word as numbers; nothing where it is too long, or ends in what stands for nothing.
fn key(word: &str) -> Option<Key> {
    let bytes = word.as_bytes();
    if bytes.last().is_none_or(|last| *last == 0) || bytes.len() > LONGEST {
        return None;
    }
    // A long word as its beginning and its end, which may overlap: faster than to copy so few bytes
    // one by one.
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let behind = u64::from_le_bytes(*last).checked_shr(u8::BITS * twice_less(u64::BITS, bytes));
        return Some([u64::from_le_bytes(*first), behind.unwrap_or(0)]);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let behind = u32::from_le_bytes(*last).checked_shr(u8::BITS * twice_less(u32::BITS, bytes));
        return Some([
            u64::from(u32::from_le_bytes(*first)) | u64::from(behind.unwrap_or(0)) << u32::BITS,
            0,
        ]);
    }
    Some([
        bytes
            .iter()
            .rev()
            .fold(0, |key, byte| key << u8::BITS | u64::from(*byte)),
        0,
    ])
}

/// How many bytes two numbers of so many bits have more than some bytes.
fn twice_less(bits: u32, bytes: &[u8]) -> u32 {
    (2 * bits / u8::BITS).saturating_sub(u32::try_from(bytes.len()).unwrap_or(u32::MAX))
}

/// The place of a word: the upper bits of a multiplicative hash.
fn place([first, last]: Key) -> usize {
    let hash = (first ^ last.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from(hash >> (u64::BITS - BITS)).expect("so few bits fit")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_what_was_found_until_another_takes_its_place() {
        let mut lately = RecentWordCache::default();
        let mut check = |word: &str, found: usize, expected: usize| {
            assert_eq!(lately.get(word, || found), expected, "{word:?}");
        };
        check("doctor", 2, 2);
        check("doctor", 9, 2);
        check("Doctor", 3, 3);
        check("", 1, 1);
        check("", 4, 4);
        check("a\0", 1, 1);
        check("a", 2, 2);
        check("a\0", 3, 3);
        check("electrocardiogram", 7, 7);
        check("electrocardiogram", 8, 8);
        let other = (0..1_u32 << 20)
            .map(|number| format!("w{number}"))
            .find(|word| key(word).map(place) == key("doctor").map(place));
        check(&other.expect("the places are few"), 5, 5);
        check("doctor", 4, 4);
    }

    #[test]
    fn the_key_of_a_word_is_its_bytes() {
        let letters = "abcdefghijklmnopq";
        for length in 0..=letters.len() {
            let word = &letters[..length];
            let mut bytes = [0; LONGEST];
            bytes
                .iter_mut()
                .zip(word.bytes())
                .for_each(|(byte, letter)| *byte = letter);
            let bytes_of = |key: Key| key.map(u64::to_le_bytes).concat();
            let expected = (1..=LONGEST).contains(&length).then(|| bytes.to_vec());
            assert_eq!(key(word).map(bytes_of), expected, "{word:?}");
        }
    }

    #[test]
    fn words_stand_all_over_the_table() {
        let places: std::collections::BTreeSet<usize> = (0..1 << BITS)
            .filter_map(|number| key(&format!("word{number}")).map(place))
            .collect();
        // With each word at a place of chance, 63 % of the places are taken.
        assert!(places.len() > (1 << BITS) / 2, "{} places", places.len());
    }
}
