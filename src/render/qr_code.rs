//! The QR codes of pages' addresses, which paper shows.
//!
//! A code is one path without a style, so that the security policy lets it through, and costs a
//! reader on a screen no request. The library draws codes. Among codes of one version with one
//! mask, a letter of the address stands in the code itself and in the words that correct it, and
//! both are sums without a carry (ISO/IEC 18004, Reed-Solomon over GF(2⁸)): a bit of the address
//! turns over the same modules whatever the others are. So on a large site a code is another code
//! of an address as long, with the modules of the bits in which the two differ turned over. What
//! comes out never depends on what was drawn before.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use super::view::QrCodeView;

/// The light margin that readers of a code need, in modules.
const MARGIN: u8 = 4;

/// One of the eight masks. Trying them all takes twenty times as long, most addresses would get
/// this one, and each can be read.
const MASK: u8 = 2;

/// So many codes are drawn one by one: only more of them repay what it takes to see which modules
/// each bit turns over.
const DRAWN_ONE_BY_ONE: usize = 250;

/// The codes of a site, with what those that were drawn have shown of the next.
#[derive(Debug)]
pub struct QrCodes {
    one_by_one: usize,
    asked: AtomicUsize,
    examples: Mutex<HashMap<usize, Arc<Example>>>,
    turns: Mutex<BTreeMap<(Version, QrCodeEcc), Arc<Turns>>>,
}

/// The code of some address.
#[derive(Debug)]
struct Example {
    address: Vec<u8>,
    modules: Modules,
    turns: Arc<Turns>,
}

/// The modules that each bit of an address turns over, in codes of one version: the bits of its
/// first byte come first.
#[derive(Debug)]
struct Turns(Vec<OnceLock<Modules>>);

/// The dark modules of a code, or those that are turned over.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Modules {
    /// Modules a side.
    size: u8,
    /// One row after the other, each in as many words as hold it and one module more, with the
    /// first module in the lowest bit.
    words: Vec<u64>,
}

impl Default for QrCodes {
    fn default() -> Self {
        Self::after(DRAWN_ONE_BY_ONE)
    }
}

impl QrCodes {
    fn after(one_by_one: usize) -> Self {
        Self {
            one_by_one,
            asked: AtomicUsize::new(0),
            examples: Mutex::default(),
            turns: Mutex::default(),
        }
    }

    /// The code of an address; nothing where the address is too long for one.
    pub(super) fn of(&self, address: &str) -> Option<QrCodeView> {
        let is_one_of_many = self.asked.fetch_add(1, Ordering::Relaxed) >= self.one_by_one;
        // Other addresses are written in fewer bits than their bytes have.
        let is_in_bytes = !QrSegment::is_alphanumeric(address);
        let modules = if is_one_of_many && is_in_bytes {
            self.turned(address.as_bytes())
        } else {
            Some(Modules::of(&draw(&QrSegment::make_segments(address))?))
        };
        modules.as_ref().map(view)
    }

    fn turned(&self, address: &[u8]) -> Option<Modules> {
        let example = self.example(address)?;
        let mut modules = example.modules.clone();
        for (place, (byte, other)) in address.iter().zip(&example.address).enumerate() {
            for bit in (0..8).filter(|bit| (byte ^ other) >> bit & 1 == 1) {
                let turned = example.turns.0.get(place * 8 + bit)?;
                modules.turn(turned.get_or_init(|| example.turned_by(place, bit)));
            }
        }
        Some(modules)
    }

    /// The code of an address of this length, at first of the very one.
    fn example(&self, address: &[u8]) -> Option<Arc<Example>> {
        let mut examples = self.examples.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(example) = examples.get(&address.len()) {
            return Some(example.clone());
        }
        let code = draw(&[QrSegment::make_bytes(address)])?;
        let kind = (code.version(), code.error_correction_level());
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let turns = turns
            .entry(kind)
            .or_insert_with(|| Arc::new(Turns::new(&code)))
            .clone();
        let example = Arc::new(Example {
            address: address.to_vec(),
            modules: Modules::of(&code),
            turns,
        });
        examples.insert(address.len(), example.clone());
        Some(example)
    }
}

impl Example {
    /// The modules that a bit of the address turns over. The changed address is as long, so it has
    /// a code too.
    fn turned_by(&self, place: usize, bit: usize) -> Modules {
        let mut changed = self.address.clone();
        changed[place] ^= 1 << bit;
        let mut modules = self.modules.clone();
        if let Some(code) = draw(&[QrSegment::make_bytes(&changed)]) {
            modules.turn(&Modules::of(&code));
        }
        modules
    }
}

impl Turns {
    /// An address has fewer bits than its code has modules.
    fn new(code: &QrCode) -> Self {
        let size = usize::try_from(code.size()).unwrap_or_default();
        Self((0..size * size).map(|_| OnceLock::new()).collect())
    }
}

impl Modules {
    fn of(code: &QrCode) -> Self {
        // The largest code has 177 modules a side.
        let size = u8::try_from(code.size()).unwrap_or_default();
        let mut words = vec![0; Self::words_of_row(size) * usize::from(size)];
        for (y, row) in (0..).zip(words.chunks_exact_mut(Self::words_of_row(size))) {
            for x in 0..size {
                row[usize::from(x / 64)] |= u64::from(code.get_module(x.into(), y)) << (x % 64);
            }
        }
        Self { size, words }
    }

    fn words_of_row(size: u8) -> usize {
        usize::from(size / 64) + 1
    }

    fn rows(&self) -> impl Iterator<Item = &[u64]> {
        self.words.chunks_exact(Self::words_of_row(self.size))
    }

    fn turn(&mut self, turned: &Self) {
        for (word, other) in self.words.iter_mut().zip(&turned.words) {
            *word ^= other;
        }
    }
}

/// Draws a code; nothing where no code holds so much. Its version and how much of it corrects
/// follow from how long it is.
fn draw(segments: &[QrSegment]) -> Option<QrCode> {
    let (least, most, mask) = (Version::MIN, Version::MAX, Some(Mask::new(MASK)));
    QrCode::encode_segments_advanced(segments, QrCodeEcc::Medium, least, most, mask, true).ok()
}

fn view(modules: &Modules) -> QrCodeView {
    QrCodeView {
        size: modules.size + 2 * MARGIN,
        path: path(modules),
    }
}

/// The dark modules: a stroke for each run of them, row by row, in the middle of the row.
fn path(modules: &Modules) -> String {
    // A run with its gap is some four modules, and takes some seven letters.
    let mut path = Vec::with_capacity(usize::from(modules.size).pow(2) * 2);
    for (y, row) in (MARGIN..).zip(modules.rows()) {
        let mut pen = None;
        each_run(row, |run| {
            match pen {
                Some(pen) => go_on(&mut path, run.start - pen, run.end - run.start),
                None => begin(&mut path, &run, y),
            }
            pen = Some(run.end);
        });
    }
    // All of it is ASCII.
    String::from_utf8(path).unwrap_or_default()
}

/// Shows each run of dark modules of a row. There is room in a row behind the modules, so that each
/// run comes to an end.
fn each_run(row: &[u64], mut show: impl FnMut(Range<u8>)) {
    let (mut before, mut start) = (0, None);
    for (word, first) in row.iter().zip((0..).step_by(64)) {
        // Where a module is dark and the one before it is light, or the other way round.
        let mut changes = word ^ (word << 1 | before >> 63);
        before = *word;
        while changes != 0 {
            // A word has so few bits.
            let at = first + u8::try_from(changes.trailing_zeros()).unwrap_or_default();
            changes &= changes - 1;
            match start.take() {
                Some(start) => show(start..at),
                None => start = Some(at),
            }
        }
    }
}

/// Strokes the first run of a row.
fn begin(path: &mut Vec<u8>, run: &Range<u8>, y: u8) {
    path.push(b'M');
    push_number(path, run.start + MARGIN);
    path.push(b' ');
    push_number(path, y);
    path.extend_from_slice(b".5h");
    push_number(path, run.end - run.start);
}

/// Strokes the next run of the row, behind a gap. Most are short, and a code has some hundreds.
fn go_on(path: &mut Vec<u8>, gap: u8, length: u8) {
    if gap < 10 && length < 10 {
        return path.extend_from_slice(&[b'm', b'0' + gap, b' ', b'0', b'h', b'0' + length]);
    }
    path.push(b'm');
    push_number(path, gap);
    path.extend_from_slice(b" 0h");
    push_number(path, length);
}

fn push_number(path: &mut Vec<u8>, number: u8) {
    path.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The modules that a path makes dark, as it would be drawn.
    fn drawn(path: &str) -> Vec<(usize, usize)> {
        let spaced = path
            .replace('M', " M ")
            .replace('m', " m ")
            .replace('h', " h ");
        let mut words = spaced.split(' ').filter(|word| !word.is_empty());
        let number = |words: &mut dyn Iterator<Item = &str>| {
            let word = words.next().expect("a number");
            word.strip_suffix(".5")
                .unwrap_or(word)
                .parse::<usize>()
                .expect("a number")
        };
        let (mut x, mut y) = (0, 0);
        let mut dark = Vec::new();
        while let Some(command) = words.next() {
            let by = number(&mut words);
            match command {
                "M" => (x, y) = (by, number(&mut words)),
                "m" => (x, y) = (x + by, y + number(&mut words)),
                _ => {
                    dark.extend((x..x + by).map(|x| (x, y)));
                    x += by;
                }
            }
        }
        dark
    }

    /// What the path of an address should make dark.
    fn expected(address: &str) -> Vec<(usize, usize)> {
        let (version, mask) = (Version::MAX, Some(Mask::new(MASK)));
        let segments = QrSegment::make_segments(address);
        let code = QrCode::encode_segments_advanced(
            &segments,
            QrCodeEcc::Medium,
            Version::MIN,
            version,
            mask,
            true,
        );
        let code = code.expect("it is short enough");
        let margin = usize::from(MARGIN);
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let at = |at: i32| usize::try_from(at).expect("no less than nothing") + margin;
        all.filter(|(x, y)| code.get_module(*x, *y))
            .map(|(x, y)| (at(x), at(y)))
            .collect()
    }

    #[test]
    fn the_path_draws_the_code() {
        let check = |codes: &QrCodes, length: usize| {
            let address = format!("https://example.org/{}", "a".repeat(length));
            let view = codes.of(&address).expect("it is short enough");
            assert_eq!(drawn(&view.path), expected(&address), "{length}");
        };
        for codes in [QrCodes::default(), QrCodes::after(0)] {
            for length in [0, 10, 100, 1000, 2300] {
                check(&codes, length);
            }
            assert!(
                codes.of(&"a".repeat(3000)).is_none(),
                "no code holds so much"
            );
        }
    }

    proptest! {
        #[test]
        fn a_code_of_many_is_the_code_that_is_drawn(
            addresses in prop::collection::vec("https://[a-z]{3,6}\\.org/[a-zA-Z0-9é/-]{0,80}|[A-Z0-9./:]{1,40}", 1..12),
        ) {
            let codes = QrCodes::after(1);
            for address in &addresses {
                let view = codes.of(address).expect("it is short enough");
                prop_assert_eq!(drawn(&view.path), expected(address), "{}", address);
            }
        }
    }
}
