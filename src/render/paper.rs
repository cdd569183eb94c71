//! What only paper needs: where links lead, in letters that one can type, and the page's own address as a QR code.
//!
//! Both are parts of the page and cost a reader on a screen no request. Without a `base_url` the site's own addresses are
//! unknown, and nothing is said of them. The code is one path without a style, so that the security policy lets it through.

use percent_encoding::percent_decode_str;
use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use super::view::QrCodeView;
use crate::config::BaseUrl;
use crate::site::{Resolution, ResolvedLink};

/// People type addresses of up to this many characters; of a longer one only the host is said.
const TYPED: usize = 70;

/// The light margin that readers of a code need, in modules.
const MARGIN: u8 = 4;

/// One of the eight masks. Trying them all takes twenty times as long, most addresses would get this one, and each can
/// be read.
const MASK: u8 = 2;

/// The QR code of an address; nothing where the address is too long for one.
pub(super) fn qr_code(address: &str) -> Option<QrCodeView> {
    let segments = QrSegment::make_segments(address);
    let (least, most, mask) = (Version::MIN, Version::MAX, Some(Mask::new(MASK)));
    let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, least, most, mask, true).ok()?;
    // The largest code has 177 modules a side.
    let size = u8::try_from(code.size()).ok()?;
    Some(QrCodeView { size: size + 2 * MARGIN, path: path(size, |x, y| code.get_module(x.into(), y.into())) })
}

/// The dark modules: a stroke for each run of them, row by row, in the middle of the row.
fn path(size: u8, is_dark: impl Fn(u8, u8) -> bool) -> String {
    // A run with its gap is some four modules, and takes some seven letters.
    let mut path = String::with_capacity(usize::from(size).pow(2) * 2);
    for y in 0..size {
        let mut pen = None;
        let mut x = 0;
        while x < size {
            let (start, dark) = (x, is_dark(x, y));
            x += 1;
            while x < size && is_dark(x, y) == dark {
                x += 1;
            }
            if dark {
                go(&mut path, pen, start, y);
                path.push('h');
                push_number(&mut path, x - start);
                pen = Some(x);
            }
        }
    }
    path
}

/// Goes to where a run begins: from where the pen is in the row, or to the row.
fn go(path: &mut String, pen: Option<u8>, x: u8, y: u8) {
    match pen {
        Some(pen) => {
            path.push('m');
            push_number(path, x - pen);
            path.push_str(" 0");
        }
        None => {
            path.push('M');
            push_number(path, x + MARGIN);
            path.push(' ');
            push_number(path, y + MARGIN);
            path.push_str(".5");
        }
    }
}

/// Writes a number; the formatting of the standard library would take most of the time that a code takes.
fn push_number(path: &mut String, number: u8) {
    for unit in [100, 10, 1] {
        if number >= unit || unit == 1 {
            path.push(char::from(b'0' + number / unit % 10));
        }
    }
}

/// The addresses that the links of a text lead to, each said once.
pub(super) struct Addresses<'b> {
    base: Option<&'b BaseUrl>,
    said: Vec<String>,
}

impl<'b> Addresses<'b> {
    /// Begins the text of a page, whose own address need not be said.
    pub(super) fn new(base: Option<&'b BaseUrl>, page: &str) -> Self {
        Self { base, said: vec![page.to_owned()] }
    }

    /// What paper says of a link after its text; nothing where the text says it, or where it has been said.
    pub(super) fn of(&mut self, link: &ResolvedLink, text: &str) -> Option<String> {
        let href = link.href.as_deref()?;
        let address = match link.resolution {
            Resolution::Document(_) | Resolution::Asset(_) => {
                let page = href.split('#').next().unwrap_or_default();
                if self.said.iter().any(|said| said == page) {
                    return None;
                }
                self.said.push(page.to_owned());
                return self.base.map(|base| typed(&base.absolute(page)));
            }
            Resolution::External => typed(href),
            Resolution::Contact => contact(href, text)?,
            Resolution::Anchor | Resolution::Broken(_) => return None,
        };
        if text.contains(&address) || self.said.contains(&address) {
            return None;
        }
        self.said.push(address.clone());
        Some(address)
    }
}

/// An address as one types it. Of a long one the dots say that there is more of it than its host.
fn typed(address: &str) -> String {
    let short = address.strip_prefix("https://").unwrap_or(address);
    if short.chars().count() <= TYPED {
        return short.to_owned();
    }
    let from = short.find("://").map_or(0, |at| at + "://".len());
    let host = short[from..].find('/').map_or(short, |end| &short[..from + end]);
    format!("{host}/…")
}

/// A phone number or e-mail address, unless the text of the link has it.
fn contact(href: &str, text: &str) -> Option<String> {
    let (scheme, target) = href.split_once(':')?;
    let target = target.split('?').next().unwrap_or_default();
    let target = percent_decode_str(target).decode_utf8_lossy().into_owned();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (said, meant) = (digits(text), digits(&target));
    // `410-554-2000` says `+14105542000`.
    let is_said = scheme == "tel" && !said.is_empty() && (meant.ends_with(&said) || said.ends_with(&meant));
    (!is_said).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(resolution: Resolution, href: &str) -> ResolvedLink {
        ResolvedLink { href: Some(href.into()), resolution, detour: None }
    }

    #[test]
    fn paper_says_where_links_lead() {
        let base = BaseUrl::new("https://example.org/health");
        let check = |resolution: Resolution, href: &str, text: &str, expected: Option<&str>| {
            let mut addresses = Addresses::new(base.as_ref(), "/health/here/");
            let found = addresses.of(&link(resolution, href), text);
            assert_eq!(found.as_deref(), expected, "{href} {text}");
        };
        let file = || Resolution::Asset("/health/a.pdf".to_owned());
        check(file(), "/health/a.pdf", "a form", Some("example.org/health/a.pdf"));
        check(file(), "/health/there/#part", "there", Some("example.org/health/there/"));
        check(file(), "/health/here/#part", "here", None);
        check(Resolution::Anchor, "#part", "below", None);
        check(Resolution::External, "https://example.com/a?b=1", "elsewhere", Some("example.com/a?b=1"));
        check(Resolution::External, "http://example.com/a", "elsewhere", Some("http://example.com/a"));
        check(Resolution::External, "https://example.com/a", "example.com/a", None);
        let long = format!("https://example.com/{}", "a".repeat(70));
        check(Resolution::External, &long, "elsewhere", Some("example.com/…"));
        check(Resolution::External, &long.replace("https", "http"), "elsewhere", Some("http://example.com/…"));
        check(
            Resolution::External,
            &format!("https://{}", "ä".repeat(80)),
            "x",
            Some(&format!("{}/…", "ä".repeat(80))),
        );
        check(Resolution::Contact, "tel:+14105542000", "410-554-2000", None);
        check(Resolution::Contact, "tel:911", "Call 911", None);
        check(Resolution::Contact, "tel:+14105542000", "Call us", Some("+14105542000"));
        check(Resolution::Contact, "tel:+14105542000", "Call 2001", Some("+14105542000"));
        check(Resolution::Contact, "mailto:a%40b@example.org?subject=x", "Write to us", Some("a@b@example.org"));
        check(Resolution::Contact, "mailto:a@example.org", "a@example.org", None);
    }

    #[test]
    fn an_address_is_said_once() {
        let base = BaseUrl::new("https://example.org/");
        let mut addresses = Addresses::new(base.as_ref(), "/");
        let file = link(Resolution::Asset("/a.pdf".to_owned()), "/a.pdf");
        let other = link(Resolution::External, "https://example.com/");
        let mut said = |link: &ResolvedLink| addresses.of(link, "a link").is_some();
        assert_eq!([&file, &other, &file, &other].map(&mut said), [true, true, false, false]);
        assert_eq!(Addresses::new(None, "/").of(&file, "a link"), None, "the address of the site is not known");
    }

    /// The modules that a path makes dark, as it would be drawn.
    fn drawn(path: &str) -> Vec<(usize, usize)> {
        let spaced = path.replace('M', " M ").replace('m', " m ").replace('h', " h ");
        let mut words = spaced.split(' ').filter(|word| !word.is_empty());
        let number = |words: &mut dyn Iterator<Item = &str>| {
            let word = words.next().expect("a number");
            word.strip_suffix(".5").unwrap_or(word).parse::<usize>().expect("a number")
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

    #[test]
    fn the_path_draws_the_code() {
        let check = |length: usize| {
            let address = format!("https://example.org/{}", "a".repeat(length));
            let view = qr_code(&address).expect("it is short enough");
            let (version, mask) = (Version::MAX, Some(Mask::new(MASK)));
            let segments = QrSegment::make_segments(&address);
            let code =
                QrCode::encode_segments_advanced(&segments, QrCodeEcc::Medium, Version::MIN, version, mask, true);
            let code = code.expect("it is short enough");
            let size = usize::from(view.size);
            let is_dark = |x: usize, y: usize| {
                let at = |at: usize| i32::try_from(at).expect("small") - i32::from(MARGIN);
                code.get_module(at(x), at(y))
            };
            let all = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
            let expected: Vec<_> = all.filter(|(x, y)| is_dark(*x, *y)).collect();
            assert_eq!(drawn(&view.path), expected, "{length}");
        };
        [0, 10, 100, 1000, 2300].into_iter().for_each(check);
        assert!(qr_code(&"a".repeat(3000)).is_none(), "no code holds so much");
    }
}
