//! The QR codes of pages' addresses, which paper shows.
//!
//! A code is one path without a style, so that the security policy lets it through, and costs a
//! reader on a screen no request. The library draws codes; what is written here is only the path
//! of their dark modules.

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use super::view::QrCodeView;

/// The light margin that readers of a code need, in modules.
const MARGIN: i32 = 4;

/// One of the eight masks. Trying them all takes twenty times as long, most addresses would get
/// this one, and each can be read.
const MASK: u8 = 2;

/// The code of an address; nothing where the address is too long for one.
pub(super) fn qr_code(address: &str) -> Option<QrCodeView> {
    let code = QrCode::encode_segments_advanced(
        &QrSegment::make_segments(address),
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        Some(Mask::new(MASK)),
        true,
    );
    let code = code.ok()?;
    Some(QrCodeView {
        size: u8::try_from(code.size() + 2 * MARGIN)
            .expect("a code has at most 177 modules a side"),
        path: path(&code),
    })
}

/// The dark modules: a stroke for each run of them, row by row, in the middle of the row.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    // A code has some hundreds of runs, and a site a code for each page.
    let mut number = itoa::Buffer::new();
    for y in 0..code.size() {
        let mut pen = None;
        let mut x = 0;
        while let Some(start) = (x..code.size()).find(|x| code.get_module(*x, y)) {
            let end = (start..code.size()).find(|x| !code.get_module(*x, y));
            x = end.unwrap_or(code.size());
            match pen {
                None => {
                    path.extend(["M", number.format(start + MARGIN)]);
                    path.extend([" ", number.format(y + MARGIN), ".5h"]);
                }
                Some(pen) => path.extend(["m", number.format(start - pen), " 0h"]),
            }
            path.push_str(number.format(x - start));
            pen = Some(x);
        }
    }
    path
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
        let margin = usize::try_from(MARGIN).expect("a margin");
        let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let at = |at: i32| usize::try_from(at).expect("no less than nothing") + margin;
        all.filter(|(x, y)| code.get_module(*x, *y))
            .map(|(x, y)| (at(x), at(y)))
            .collect()
    }

    #[test]
    fn the_path_draws_the_code() {
        for length in [0, 10, 100, 1000, 2300] {
            let address = format!("https://example.org/{}", "a".repeat(length));
            let view = qr_code(&address).expect("it is short enough");
            assert_eq!(drawn(&view.path), expected(&address), "{length}");
        }
        assert!(
            qr_code(&"a".repeat(3000)).is_none(),
            "no code holds so much"
        );
    }

    proptest! {
        #[test]
        fn the_path_of_any_address_draws_its_code(
            address in "https://[a-z]{3,6}\\.org/[a-zA-Z0-9é/-]{0,80}|[A-Z0-9./:]{1,40}",
        ) {
            let view = qr_code(&address).expect("it is short enough");
            prop_assert_eq!(drawn(&view.path), expected(&address));
        }
    }
}
