//! Digests: fingerprints of bytes.
//!
//! XXH3 with 128 bits (<https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md>): as fast
//! as memory is read, and no two files have the same digest by chance. XXH3 is not
//! collision-resistant against an attacker, so nothing that must resist one may rest on it: where
//! the writers are not trusted, a build without the cache decides.

use std::fmt;

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

/// The digest of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Digest([u8; Digest::LENGTH]);

impl Digest {
    /// How many bytes a digest has.
    pub const LENGTH: usize = 16;

    /// The digest of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(XxHash3_128::oneshot(bytes).to_be_bytes())
    }

    /// The digest of some parts in order; where one ends and the next begins makes a difference.
    #[must_use]
    pub fn of_parts<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hasher = XxHash3_128::new();
        for part in parts {
            hasher.write(&(part.len() as u64).to_le_bytes());
            hasher.write(part);
        }
        Self(hasher.finish_128().to_be_bytes())
    }

    /// The digest as bytes, in the order of the specification.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// Reads a digest as it is displayed.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digit = |digit: u8| u8::try_from(char::from(digit).to_digit(16)?).ok();
        let mut bytes = [0; Self::LENGTH];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        (text.len() == 2 * Self::LENGTH).then_some(Self(bytes))
    }

    /// The bytes with their digest before them.
    #[must_use]
    pub fn seal(bytes: &[u8]) -> Vec<u8> {
        [Self::of(bytes).0.as_slice(), bytes].concat()
    }

    /// What was sealed; nothing where it is damaged.
    #[must_use]
    pub fn unseal(sealed: &[u8]) -> Option<&[u8]> {
        let (digest, bytes) = sealed.split_at_checked(Self::LENGTH)?;
        (Self::of(bytes).0 == digest).then_some(bytes)
    }

    /// The first 12 digits: enough for the name of what changes now and then.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned()
    }
}

/// As 32 hexadecimal digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        // A list of all files has one a line: one call a digest, not one a digit.
        let mut text = [0; 2 * Self::LENGTH];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&text).expect("hexadecimal digits are ASCII"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are those of `xxhsum -H2`.
    #[test]
    fn digests_are_those_of_the_specification() {
        let check =
            |bytes: &[u8], expected: &str| assert_eq!(Digest::of(bytes).to_string(), expected);
        check(b"", "99aa06d3014798d86001c324468d497f");
        check(b"a", "a96faf705af16834e6c632b61e964e1f");
    }

    #[test]
    fn a_digest_reads_what_it_displays_and_nothing_else() {
        let digest = Digest::of(b"x");
        let text = digest.to_string();
        assert_eq!(Digest::from_hex(&text), Some(digest));
        for damaged in [
            &text[1..],
            &format!("+{}", &text[1..]),
            &format!("{text}0"),
            "",
        ] {
            assert_eq!(Digest::from_hex(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn what_is_sealed_is_whole_or_nothing() {
        let sealed = Digest::seal(b"some bytes");
        assert_eq!(Digest::unseal(&sealed), Some(b"some bytes".as_slice()));
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(Digest::unseal(&damaged), None, "byte {at}");
            assert_eq!(Digest::unseal(&sealed[..at]), None, "{at} bytes");
        }
    }

    #[test]
    fn the_ends_of_parts_make_a_difference() {
        let of = |parts: &[&str]| Digest::of_parts(parts.iter().map(|part| part.as_bytes()));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
    }
}
