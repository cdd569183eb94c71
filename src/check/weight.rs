//! What a page weighs on its way to a reader, compressed as `gzip -6` compresses.
//!
//! A page brings its style sheets, and the scripts that it loads at once with all that they import.
//! What a script imports later, when somebody uses it, does not count. To compress takes longer
//! than to render a page, so it is done only where a page could be too heavy: most cannot be, and a
//! faster compressor shows it.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::request::{file, script, style};
use crate::memo::{Key, KeyHasher};
use crate::source::Digest;

/// The style sheets and scripts of a site, by URL.
#[derive(Debug, Default)]
pub struct Subresources(BTreeMap<String, Subresource>);

#[derive(Debug)]
struct Subresource {
    bytes: Bytes,
    weight: OnceLock<usize>,
    imports: OnceLock<Vec<String>>,
}

/// What a page weighs, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    /// Its HTML.
    pub html: usize,
    /// Its style sheets.
    pub css: usize,
    /// The scripts that it loads at once.
    pub javascript: usize,
}

impl Weight {
    /// HTML and style sheets: what a reader waits for before anything is seen.
    #[must_use]
    pub fn html_and_css(self) -> usize {
        self.html + self.css
    }
}

/// A number of bytes, for people: `15.2 kB`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kilobytes(pub usize);

impl fmt::Display for Kilobytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundreds = self.0.div_ceil(100);
        write!(f, "{}.{} kB", hundreds / 10, hundreds % 10)
    }
}

impl Subresources {
    /// Whether a file of this path is one that a page may load.
    #[must_use]
    pub fn takes(path: &str) -> bool {
        matches!(
            file::reading(path),
            Some(file::Reading::Style | file::Reading::Script)
        )
    }

    /// Takes files by their URLs.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (String, Bytes)>) -> Self {
        let subresource = |bytes| Subresource {
            bytes,
            weight: OnceLock::new(),
            imports: OnceLock::new(),
        };
        Self(
            files
                .into_iter()
                .map(|(url, bytes)| (url, subresource(bytes)))
                .collect(),
        )
    }

    /// Stands for all of them: what a page weighs depends on it.
    #[must_use]
    pub fn key(&self) -> Key {
        let mut hasher = KeyHasher::default();
        self.0.iter().for_each(|(url, subresource)| {
            hasher.add(url).add_hash(Digest::of(&subresource.bytes));
        });
        hasher.key()
    }

    /// What some files weigh with all that they import at once. A file that is not there weighs
    /// nothing.
    pub(super) fn weight(&self, page: &str, urls: &[String]) -> usize {
        let mut seen: Vec<String> = Vec::new();
        let mut open: Vec<String> = urls.iter().map(|url| resolve(page, url)).collect();
        let mut sum = 0;
        while let Some(url) = open.pop() {
            let Some(subresource) = self.0.get(&url).filter(|_| !seen.contains(&url)) else {
                continue;
            };
            sum += subresource.weight.get_or_init(|| gzip(&subresource.bytes));
            open.extend_from_slice(
                subresource
                    .imports
                    .get_or_init(|| imports(&url, &subresource.bytes)),
            );
            seen.push(url);
        }
        sum
    }
}

/// What a file asks for at once, by URL.
fn imports(url: &str, bytes: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    match file::reading(url) {
        Some(file::Reading::Style) => style::addresses(text)
            .iter()
            .map(|found| resolve(url, &found.address))
            .collect(),
        _ => script::imports(text)
            .iter()
            .map(|found| resolve(url, found))
            .collect(),
    }
}

/// The URL that an address stands for at another URL, without query and fragment.
fn resolve(at: &str, address: &str) -> String {
    let address = address
        .split(['?', '#'])
        .next()
        .expect("a split has a part");
    if address.starts_with('/') {
        return address.to_owned();
    }
    let mut parts: Vec<&str> = at.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The length of bytes that are compressed.
pub(super) fn gzip(bytes: &[u8]) -> usize {
    gzip_at(Compression::new(6), bytes)
}

/// The length of bytes that are compressed, where that is more than a limit; mostly it is not, and
/// that is quickly told.
pub(super) fn gzip_beyond(bytes: &[u8], limit: usize) -> Option<usize> {
    let is_within = |bound: fn(&[u8]) -> usize| bound(bytes) <= limit;
    if is_within(<[u8]>::len) || is_within(most_by_lz4) || is_within(most_by_gzip) {
        return None;
    }
    Some(gzip(bytes)).filter(|length| *length > limit)
}

fn gzip_at(level: Compression, bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Length(0), level);
    // A counter takes all bytes.
    let _ = encoder.write_all(bytes);
    encoder.finish().map_or(bytes.len(), |length| length.0)
}

struct Length(usize);

impl Write for Length {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// More than bytes come to when they are compressed: LZ4 finds the same repetitions, in a tenth of
/// the time, and writes them out in more bytes.
fn most_by_lz4(bytes: &[u8]) -> usize {
    with_margin(lz4_flex::block::compress(bytes).len())
}

/// The same by `gzip -1`, which seeks less and takes a third of the time.
fn most_by_gzip(bytes: &[u8]) -> usize {
    with_margin(gzip_at(Compression::new(1), bytes))
}

/// With what `gzip` writes around its data and before each block.
fn with_margin(length: usize) -> usize {
    length + length / 32 + 128
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_brings_all_that_is_imported_at_once_and_each_file_once() {
        let script = |text: &str| Bytes::copy_from_slice(text.as_bytes());
        let files = [
            (
                "/a/site.css",
                "@import './more.css'; a { background: url(x.png) }",
            ),
            ("/a/more.css", "b { color: red }"),
            (
                "/a/x/one.js",
                "import { b } from '../two.js?v=1'; import './three.js'; b(() => import('./later.js'));",
            ),
            (
                "/a/two.js",
                "export { c } from './x/three.js'; export const b = 1;",
            ),
            ("/a/x/three.js", "import './one.js'; export const c = 2;"),
            ("/a/x/later.js", "export default 3;"),
        ];
        let subresources =
            Subresources::new(files.map(|(url, text)| (url.to_owned(), script(text))));
        let gzipped = |range: std::ops::Range<usize>| {
            files[range]
                .iter()
                .map(|(_, text)| gzip(text.as_bytes()))
                .sum::<usize>()
        };
        let weight = |urls: &[&str]| {
            subresources.weight(
                "/p/q/",
                &urls.iter().map(|url| (*url).to_owned()).collect::<Vec<_>>(),
            )
        };
        assert_eq!(weight(&["/a/site.css"]), gzipped(0..2));
        assert_eq!(weight(&["/a/x/one.js", "../../a/two.js"]), gzipped(2..5));
        assert_eq!(weight(&["/a/none.js", "https://e.org/x.js"]), 0);
    }

    #[test]
    fn the_length_is_that_of_gzip() {
        // `seq -s " " 1000 | gzip -6 | wc -c` says this; encoders differ by a few in a hundred.
        let text: String = (1..=1000)
            .flat_map(|number: u16| [number.to_string(), " ".to_owned()])
            .collect();
        let expected = 1_848;
        assert!(
            gzip(text.as_bytes()).abs_diff(expected) < expected / 20,
            "{}",
            gzip(text.as_bytes())
        );
    }

    fn is_within_bounds(text: &[u8]) -> Result<(), TestCaseError> {
        for (name, bound) in [("LZ4", most_by_lz4(text)), ("gzip -1", most_by_gzip(text))] {
            prop_assert!(gzip(text) <= bound, "{} > {bound} by {name}", gzip(text));
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn nothing_is_longer_than_its_bounds(
            words in prop::collection::vec("[a-zA-Z0-9 <>/=\"-]{1,12}", 1..60),
            picks in prop::collection::vec(any::<prop::sample::Index>(), 0..1500),
            noise in prop::collection::vec(any::<u8>(), 0..3000),
        ) {
            let mut text: Vec<u8> = picks.iter().flat_map(|pick| pick.get(&words).bytes()).collect();
            is_within_bounds(&text)?;
            text.extend(noise);
            is_within_bounds(&text)?;
        }

        #[test]
        fn two_letters_are_no_exception(bits in prop::collection::vec(prop::bool::weighted(0.1), 0..6000)) {
            let text: Vec<u8> = bits.iter().map(|bit| b'a' + u8::from(*bit)).collect();
            is_within_bounds(&text)?;
        }
    }
}
