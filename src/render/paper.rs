//! What only paper needs: where links lead, in letters that one can type.
//!
//! It is a part of the page and costs a reader on a screen no request. Without a `base_url` the
//! site's own addresses are unknown, and nothing is said of them.

use percent_encoding::percent_decode_str;

use crate::config::BaseUrl;
use crate::site::{Resolution, ResolvedLink};

/// People type addresses of up to this many characters; of a longer one only the host is said.
const TYPED: usize = 70;

/// The addresses that the links of a text lead to, each said once.
pub(super) struct Addresses<'b> {
    base: Option<&'b BaseUrl>,
    said: Vec<String>,
}

impl<'b> Addresses<'b> {
    /// Begins the text of a page, whose own address need not be said.
    pub(super) fn new(base: Option<&'b BaseUrl>, page: &str) -> Self {
        Self {
            base,
            said: vec![page.to_owned()],
        }
    }

    /// What paper says of a link after its text; nothing where the text says it, or where it has
    /// been said.
    pub(super) fn of(&mut self, link: &ResolvedLink, text: &str) -> Option<String> {
        let href = link.href.as_deref()?;
        let address = match link.resolution {
            Resolution::Document(_) | Resolution::Asset(_) => {
                let page = href.split('#').next().expect("a split has a part");
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
    let host = short[from..]
        .find('/')
        .map_or(short, |end| &short[..from + end]);
    format!("{host}/…")
}

/// A phone number or e-mail address, unless the text of the link has it.
fn contact(href: &str, text: &str) -> Option<String> {
    let (scheme, target) = href.split_once(':')?;
    let target = target.split('?').next().expect("a split has a part");
    let target = percent_decode_str(target).decode_utf8_lossy().into_owned();
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let (said, meant) = (digits(text), digits(&target));
    // `410-554-2000` says `+14105542000`.
    let is_said =
        scheme == "tel" && !said.is_empty() && (meant.ends_with(&said) || said.ends_with(&meant));
    (!is_said).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(resolution: Resolution, href: &str) -> ResolvedLink {
        ResolvedLink {
            href: Some(href.into()),
            resolution,
            indirection: None,
        }
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
        check(
            file(),
            "/health/a.pdf",
            "a form",
            Some("example.org/health/a.pdf"),
        );
        check(
            file(),
            "/health/there/#part",
            "there",
            Some("example.org/health/there/"),
        );
        check(file(), "/health/here/#part", "here", None);
        check(Resolution::Anchor, "#part", "below", None);
        check(
            Resolution::External,
            "https://example.com/a?b=1",
            "elsewhere",
            Some("example.com/a?b=1"),
        );
        check(
            Resolution::External,
            "http://example.com/a",
            "elsewhere",
            Some("http://example.com/a"),
        );
        check(
            Resolution::External,
            "https://example.com/a",
            "example.com/a",
            None,
        );
        let long = format!("https://example.com/{}", "a".repeat(70));
        check(
            Resolution::External,
            &long,
            "elsewhere",
            Some("example.com/…"),
        );
        check(
            Resolution::External,
            &long.replace("https", "http"),
            "elsewhere",
            Some("http://example.com/…"),
        );
        check(
            Resolution::External,
            &format!("https://{}", "ä".repeat(80)),
            "x",
            Some(&format!("{}/…", "ä".repeat(80))),
        );
        check(
            Resolution::Contact,
            "tel:+14105542000",
            "410-554-2000",
            None,
        );
        check(Resolution::Contact, "tel:911", "Call 911", None);
        check(
            Resolution::Contact,
            "tel:+14105542000",
            "Call us",
            Some("+14105542000"),
        );
        check(
            Resolution::Contact,
            "tel:+14105542000",
            "Call 2001",
            Some("+14105542000"),
        );
        check(
            Resolution::Contact,
            "mailto:a%40b@example.org?subject=x",
            "Write to us",
            Some("a@b@example.org"),
        );
        check(
            Resolution::Contact,
            "mailto:a@example.org",
            "a@example.org",
            None,
        );
    }

    #[test]
    fn an_address_is_said_once() {
        let base = BaseUrl::new("https://example.org/");
        let mut addresses = Addresses::new(base.as_ref(), "/");
        let file = link(Resolution::Asset("/a.pdf".to_owned()), "/a.pdf");
        let other = link(Resolution::External, "https://example.com/");
        let mut said = |link: &ResolvedLink| addresses.of(link, "a link").is_some();
        assert_eq!(
            [&file, &other, &file, &other].map(&mut said),
            [true, true, false, false]
        );
        assert_eq!(
            Addresses::new(None, "/").of(&file, "a link"),
            None,
            "the address of the site is not known"
        );
    }
}
