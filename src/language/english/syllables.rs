//! The syllables of an English word.
//!
//! Owns how a word as written is taken apart: letters, diacritics, apostrophes, hyphens and digits.
//! Each part's count comes from the table of exceptions, or else from the rules of spelling. No
//! word may make this panic, and no word has less than one syllable, so that sums over words can be
//! divided. Nothing here allocates for a word: it runs for every one of a site.

mod spelling;
mod table;

use unicode_normalization::char::decompose_canonical;

/// The letters of a part that are looked at; no English word is longer.
const LONGEST: usize = 64;

/// How many syllables a word has, at least one.
///
/// Case does not matter, nor which apostrophe is used. The parts of a hyphenated word are counted
/// one by one. A part that holds a digit or a letter of another script ("12", "B12", "3.5", "β") is
/// one syllable.
#[must_use]
pub(crate) fn syllables(word: &str) -> usize {
    let mut part = Part::new();
    let mut count = 0;
    for c in word.chars() {
        if !part.take(c) {
            count += part.syllables();
            part = Part::new();
        }
    }
    (count + part.syllables()).max(1)
}

/// A piece of a word without hyphens, in lowercase ASCII letters and straight apostrophes.
struct Part {
    letters: [u8; LONGEST],
    length: usize,
    /// Whether it holds a digit.
    is_number: bool,
    /// Whether it holds a letter of a script without English vowels.
    is_foreign: bool,
}

impl Part {
    fn new() -> Self {
        Self {
            letters: [0; LONGEST],
            length: 0,
            is_number: false,
            is_foreign: false,
        }
    }

    /// Takes a character; false means that the part ends before it.
    fn take(&mut self, c: char) -> bool {
        match c {
            'a'..='z' | 'A'..='Z' | '\'' => self.push(c),
            '0'..='9' => self.is_number = true,
            '’' | '‘' | 'ʼ' | '＇' => self.push('\''),
            // The point and the comma of "3.5" and "1,000".
            '.' | ',' => return self.is_number,
            _ if c.is_ascii() => return false,
            _ => return self.take_foreign(c),
        }
        true
    }

    /// Takes a character outside ASCII: letters lose their diacritics, marks and invisible
    /// characters are passed over.
    fn take_foreign(&mut self, c: char) -> bool {
        match c {
            // Soft hyphen, zero-width characters, and combining diacritics.
            '\u{ad}'
            | '\u{200b}'..='\u{200d}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{300}'..='\u{36f}' => {}
            'Æ' | 'æ' => self.extend("ae"),
            'Œ' | 'œ' => self.extend("oe"),
            'Ø' | 'ø' => self.push('o'),
            'ẞ' | 'ß' => self.extend("ss"),
            'Ł' | 'ł' => self.push('l'),
            'Đ' | 'đ' | 'Ð' | 'ð' => self.push('d'),
            'Þ' | 'þ' => self.extend("th"),
            _ => return self.take_decomposed(c),
        }
        true
    }

    fn take_decomposed(&mut self, c: char) -> bool {
        let mut base = None;
        decompose_canonical(c, |piece| base = base.or(Some(piece)));
        match base.filter(char::is_ascii_alphabetic) {
            Some(letter) => self.push(letter),
            None if c.is_numeric() => self.is_number = true,
            None if c.is_alphabetic() => self.is_foreign = true,
            None => return false,
        }
        true
    }

    fn extend(&mut self, letters: &str) {
        letters.chars().for_each(|letter| self.push(letter));
    }

    /// Adds an ASCII character, unless the part is longer than any word.
    fn push(&mut self, letter: char) {
        if let (Some(place), Ok(byte)) = (self.letters.get_mut(self.length), u8::try_from(letter)) {
            *place = byte.to_ascii_lowercase();
            self.length += 1;
        }
    }

    fn syllables(&self) -> usize {
        let letters = trim_apostrophes(&self.letters[..self.length]);
        match letters {
            _ if self.is_number || self.is_foreign => 1,
            [] => 0,
            letters => count(letters),
        }
    }
}

/// The letters without the quotation marks, or the apostrophe of a plural, around them.
fn trim_apostrophes(mut letters: &[u8]) -> &[u8] {
    while let [b'\'', rest @ ..] | [rest @ .., b'\''] = letters {
        letters = rest;
    }
    letters
}

/// The syllables of letters. "Nurse's" without an entry of its own is "nurse", with one more for
/// the hiss before the s.
fn count(letters: &[u8]) -> usize {
    if let Some(count) = table::exception(letters) {
        return count;
    }
    match letters.strip_suffix(b"'s") {
        Some(stem) => count_stem(stem) + usize::from(hisses(stem)),
        None => spelling::count(letters),
    }
}

fn count_stem(stem: &[u8]) -> usize {
    table::exception(stem).unwrap_or_else(|| spelling::count(stem))
}

/// Whether an s after this word is a syllable of its own.
fn hisses(stem: &[u8]) -> bool {
    matches!(
        stem,
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] | [.., b'c' | b'g' | b's' | b'z', b'e']
    )
}

#[cfg(test)]
mod tests;
