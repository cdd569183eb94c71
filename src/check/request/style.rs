//! The addresses in a style sheet that a browser would fetch.
//!
//! Reads tokens as CSS Syntax 3 does: comments, strings, escapes and unquoted addresses. A string
//! counts only where CSS takes it for an address: after `@import`, and in `url()`, `src()`,
//! `image()`, `image-set()`. `@namespace` fetches nothing.

use std::borrow::Cow;
use std::ops::Range;

/// An address in a style sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::check) struct Fetched<'c> {
    /// The address, without escapes.
    pub(in crate::check) address: Cow<'c, str>,
    /// Where its token stands.
    pub(in crate::check) at: Range<usize>,
}

/// The addresses in a style sheet, or in the value of a property, in order.
pub(in crate::check) fn addresses(css: &str) -> Vec<Fetched<'_>> {
    let mut reader = Reader {
        css,
        at: 0,
        open: Vec::new(),
        prelude: Prelude::None,
        found: Vec::new(),
    };
    while reader.step() {}
    reader.found
}

/// The at-rule whose head is being read, where it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prelude {
    None,
    Import,
    Namespace,
}

struct Reader<'c> {
    css: &'c str,
    at: usize,
    /// The functions and brackets that are open: whether a string directly in each is an address.
    open: Vec<bool>,
    prelude: Prelude,
    found: Vec<Fetched<'c>>,
}

impl<'c> Reader<'c> {
    fn byte(&self, ahead: usize) -> u8 {
        self.css
            .as_bytes()
            .get(self.at + ahead)
            .copied()
            .unwrap_or(0)
    }

    fn rest(&self) -> &'c str {
        &self.css[self.at..]
    }

    /// Reads one token; says whether there was one.
    fn step(&mut self) -> bool {
        let start = self.at;
        let Some(&byte) = self.css.as_bytes().get(start) else {
            return false;
        };
        match byte {
            b'/' if self.byte(1) == b'*' => {
                self.at = self.rest()[2..]
                    .find("*/")
                    .map_or(self.css.len(), |end| start + end + 4);
            }
            b'"' | b'\'' => {
                let value = self.string(byte);
                if self.takes_string() {
                    self.keep(start, value);
                }
            }
            b'-' if self.rest().starts_with("-->") => self.at += 3,
            b'#' => {
                self.at += 1;
                self.name();
            }
            b'@' => {
                self.at += 1;
                match &*self.name().to_ascii_lowercase() {
                    "import" => self.prelude = Prelude::Import,
                    "namespace" => self.prelude = Prelude::Namespace,
                    _ => {}
                }
            }
            b'0'..=b'9' => {
                // A number with its unit: `1url(x)` is no address.
                while matches!(self.byte(0), b'0'..=b'9' | b'.') {
                    self.at += 1;
                }
                self.name();
            }
            b'(' | b'[' | b'{' => self.enter(false),
            b')' | b']' | b'}' => {
                self.open.pop();
                self.at += 1;
            }
            b';' => {
                self.prelude = Prelude::None;
                self.at += 1;
            }
            _ if is_name(byte) || self.is_escape() => self.word(start),
            _ => self.at += 1,
        }
        true
    }

    fn enter(&mut self, takes_strings: bool) {
        if self.byte(0) == b'{' {
            self.prelude = Prelude::None;
        }
        self.at += 1;
        self.open.push(takes_strings);
    }

    /// A name, and the function that it may begin.
    fn word(&mut self, start: usize) {
        let name = self.name().to_ascii_lowercase();
        if self.byte(0) != b'(' {
            return;
        }
        if name != "url" {
            let known = ["src", "image", "image-set", "-webkit-image-set"];
            return self.enter(known.contains(&name.as_str()));
        }
        let inside = &self.css[self.at + 1..];
        let blank = inside.len() - inside.trim_start_matches(is_blank).len();
        if inside[blank..].starts_with(['"', '\'']) {
            return self.enter(true);
        }
        self.at += 1 + blank;
        let value = self.unquoted();
        self.keep(start, value);
    }

    fn takes_string(&self) -> bool {
        match self.open.last() {
            Some(takes) => *takes,
            None => self.prelude == Prelude::Import,
        }
    }

    fn keep(&mut self, start: usize, address: Cow<'c, str>) {
        if self.prelude != Prelude::Namespace {
            self.found.push(Fetched {
                address,
                at: start..self.at,
            });
        }
    }

    /// The characters of a name, without escapes.
    fn name(&mut self) -> Cow<'c, str> {
        self.take(|byte| !is_name(byte))
    }

    /// A string that begins here, without its quotes.
    fn string(&mut self, quote: u8) -> Cow<'c, str> {
        self.at += 1;
        let value = self.take(|byte| byte == quote || byte == b'\n');
        self.at += usize::from(self.byte(0) == quote);
        value
    }

    /// The address of `url(`, to its closing bracket.
    fn unquoted(&mut self) -> Cow<'c, str> {
        let value = self.take(|byte| byte == b')');
        self.at += usize::from(self.byte(0) == b')');
        match value {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches(is_blank)),
            Cow::Owned(text) => Cow::Owned(text.trim_end_matches(is_blank).to_owned()),
        }
    }

    /// What stands before a byte that ends it, without escapes.
    fn take(&mut self, ends: impl Fn(u8) -> bool) -> Cow<'c, str> {
        let mut value = Cow::Borrowed("");
        let mut plain = self.at;
        loop {
            let byte = self.byte(0);
            let is_end = self.at >= self.css.len()
                || (byte != b'\\' && ends(byte))
                || (byte == b'\\' && !self.is_taken());
            if is_end || byte == b'\\' {
                let text = &self.css[plain..self.at];
                value = if value.is_empty() {
                    Cow::Borrowed(text)
                } else {
                    value + text
                };
                if is_end {
                    return value;
                }
                if let Some(letter) = self.escape() {
                    value.to_mut().push(letter);
                }
                plain = self.at;
            } else {
                self.at += 1;
            }
        }
    }

    /// Whether a backslash here stands for something: outside of strings, a line break after it is
    /// none of its affair.
    fn is_taken(&self) -> bool {
        self.at + 1 < self.css.len()
    }

    fn is_escape(&self) -> bool {
        self.byte(0) == b'\\' && self.is_taken() && self.byte(1) != b'\n'
    }

    /// Reads a backslash and what it escapes: nothing for a line that goes on.
    fn escape(&mut self) -> Option<char> {
        self.at += 1;
        let rest = self.rest();
        let digits = rest
            .bytes()
            .take(6)
            .take_while(u8::is_ascii_hexdigit)
            .count();
        if digits > 0 {
            self.at += digits;
            self.at += usize::from(is_blank(char::from(self.byte(0))));
            let code = u32::from_str_radix(&rest[..digits], 16).unwrap_or(0);
            return Some(char::from_u32(code).unwrap_or('\u{fffd}'));
        }
        let letter = rest.chars().next()?;
        self.at += letter.len_utf8();
        (letter != '\n').then_some(letter)
    }
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | 0x80..)
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_found_where_css_takes_them_for_addresses() {
        let check = |css: &str, expected: &[&str]| {
            let found = addresses(css);
            assert_eq!(
                found
                    .iter()
                    .map(|found| &*found.address)
                    .collect::<Vec<_>>(),
                expected,
                "{css}"
            );
        };
        check("a { background: url(x.png) }", &["x.png"]);
        check(
            "a { background: URL( 'x y.png' ), url(\n\"b\"\n) }",
            &["x y.png", "b"],
        );
        check(
            "@import 'a.css' layer(x); @import url(b.css);",
            &["a.css", "b.css"],
        );
        check(
            "@IMPORT \"a.css\" supports(display: 'x') print;",
            &["a.css"],
        );
        check(
            "@font-face { src: local('x'), url(//e.org/f) format('woff2') }",
            &["//e.org/f"],
        );
        check(
            "a { x: image-set('a.png' 1x, url(b.png) 2x type('image/png')) }",
            &["a.png", "b.png"],
        );
        check(
            "a { x: \\75 rl(//e.org/x); y: u\\72l(z) }",
            &["//e.org/x", "z"],
        );
        check("a { x: url(h\\74 tps:\\/\\/e.org) }", &["https://e.org"]);
        check("a { x: url('ht\\\ntps://e.org') }", &["https://e.org"]);
        check(
            "/* url(a) */ a { content: 'url(b)'; x: '/*'; y: url(c) } /* */",
            &["c"],
        );
        check(
            "@namespace svg url(http://www.w3.org/2000/svg); a { x: url(b) }",
            &["b"],
        );
        check(
            "@charset 'x'; a[href='https://e.org'] { content: 'https://e.org' }",
            &[],
        );
        check("a { x: 1url(a); y: #url(b); z: curl(c) }", &[]);
        check("--> a { --x: url(b) } @import", &["b"]);
        check("a { x: url(b", &["b"]);
        check("a { x: url(", &[""]);
        check("a { x: src('b'); y: image('c') }", &["b", "c"]);
        check("a { x: 'b\n; y: url(c) }", &["c"]);
    }

    #[test]
    fn the_place_is_that_of_the_token() {
        let css = "a { x: url( 'y' ) } @import \"z\";";
        let found: Vec<_> = addresses(css)
            .into_iter()
            .map(|found| &css[found.at])
            .collect();
        assert_eq!(found, ["'y'", "\"z\""]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(css in "[a-z@(){}\\[\\]'\"\\\\/*#;:é0-9 \n-]{0,40}") {
            for found in addresses(&css) {
                prop_assert!(css.get(found.at).is_some());
            }
        }

        #[test]
        fn no_escape_hides_an_address(mask in prop::collection::vec(0..4u8, 16)) {
            let hidden: String = "url".chars().chain("(".chars()).chain("//e.org/x".chars()).zip(&mask).map(|(c, how)| {
                match how {
                    1 if c != '(' => format!("\\{:x} ", u32::from(c)),
                    2 if c != '(' => format!("\\{:06x}", u32::from(c)),
                    3 if c != '(' && !c.is_ascii_hexdigit() => format!("\\{c}"),
                    _ => c.to_string(),
                }
            }).collect();
            let css = format!("a {{ x: {hidden}) }}");
            let found = addresses(&css);
            prop_assert_eq!(found.len(), 1, "{}", &css);
            prop_assert_eq!(&*found[0].address, "//e.org/x", "{}", &css);
        }
    }
}
