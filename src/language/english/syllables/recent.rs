//! The counts of words that were met lately: a text says few words often.
//!
//! Each thread keeps its own, in a table of fixed size where a word has one place; another word of that place takes it.
//! What is asked for is a function of the word alone, so nothing ever has to be forgotten.

use std::cell::RefCell;

/// The bytes of the longest word that is kept; hardly any is longer.
const LONGEST: usize = 16;

/// The bits of a hash that choose a place: the table fits into the cache of a processor.
const BITS: u32 = 11;

/// The bytes of a word, with zeros behind them, and its count. No word ends in a zero.
type Entry = (u128, usize);

thread_local! {
    static TABLE: RefCell<Vec<Entry>> = RefCell::new(vec![(0, 0); 1 << BITS]);
}

/// The count of a word: as it was found lately, else as `find` finds it.
pub(super) fn count(word: &str, find: impl Fn(&str) -> usize) -> usize {
    let Some(key) = key(word) else { return find(word) };
    TABLE.with_borrow_mut(|table| {
        let entry = &mut table[place(key)];
        if entry.0 != key {
            *entry = (key, find(word));
        }
        entry.1
    })
}

/// The word as a number; nothing where it is too long, or ends in what stands for nothing.
fn key(word: &str) -> Option<u128> {
    let mut bytes = [0; LONGEST];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    (!word.is_empty() && !word.ends_with('\0')).then(|| u128::from_le_bytes(bytes))
}

/// The place of a word: the upper bits of a multiplicative hash.
fn place(key: u128) -> usize {
    let hash = (key ^ (key >> 61)).wrapping_mul(0x2545_f491_4f6c_dd1d_9e37_79b9_7f4a_7c15);
    // So few bits fit into any number.
    usize::try_from(hash >> (u128::BITS - BITS)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_count_until_another_takes_its_place() {
        let check =
            |word: &str, found: usize, expected: usize| assert_eq!(count(word, |_| found), expected, "{word:?}");
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
    fn words_stand_all_over_the_table() {
        let places: std::collections::BTreeSet<usize> =
            (0..1 << BITS).filter_map(|number| key(&format!("word{number}")).map(place)).collect();
        // With each word at a place of chance, 63 % of the places are taken.
        assert!(places.len() > (1 << BITS) / 2, "{} places", places.len());
    }
}
