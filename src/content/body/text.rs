//! The words of a body as a reader sees them, for those who search in them.
//!
//! Blocks stand on lines of their own; what marks some letters of a word divides no word. Numbers
//! of footnotes are no words of a text.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::{Token, Tokenizer};
use memchr::{memchr, memchr2, memchr3};

use super::{Body, SlotKind};

/// What the library writes for signs that mean something in HTML.
const ESCAPES: [(&str, char); 4] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
];

/// The longest name of a character in HTML, with the signs around it.
const LONGEST_NAME: usize = 33;

impl Body {
    /// Adds the words to a text.
    pub fn add_text(&self, text: &mut String) {
        let mut images = self.images().peekable();
        for run in &self.text {
            while let Some((_, alt)) = images.next_if(|(at, _)| *at <= run.start) {
                text.extend(["\n", alt]);
            }
            if run.begins_word {
                text.push('\n');
            }
            add_words(&self.html[run.start..run.end], text);
        }
        images.for_each(|(_, alt)| text.extend(["\n", alt]));
    }

    /// The text alternatives of images, with their places in the HTML.
    fn images(&self) -> impl Iterator<Item = (usize, &str)> {
        self.slots.iter().filter_map(|slot| match &slot.kind {
            SlotKind::Image { alt, .. } => Some((slot.at, &**alt)),
            _ => None,
        })
    }
}

/// Adds words as they are written in HTML, with each character that has a name.
fn add_words(html: &str, text: &mut String) {
    let mut rest = html;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        rest = add_character(&rest[at..], text);
    }
    text.push_str(rest);
}

/// Adds a character that is written by its name or number, and gives what follows.
fn add_character<'h>(html: &'h str, text: &mut String) -> &'h str {
    if let Some((escape, sign)) = ESCAPES.iter().find(|(escape, _)| html.starts_with(escape)) {
        text.push(*sign);
        return &html[escape.len()..];
    }
    // Only HTML that passes through has others.
    let end = memchr(b';', html.as_bytes())
        .filter(|end| *end < LONGEST_NAME)
        .map_or("&".len(), |end| end + 1);
    let (written, after) = html.split_at(end);
    for Ok(token) in Tokenizer::new(written) {
        if let Token::String(found) = token {
            text.push_str(&String::from_utf8_lossy(&found));
        }
    }
    after
}

/// Finds the words in HTML as somebody wrote it, piece by piece.
#[derive(Debug, Default)]
pub(super) struct RawText {
    place: Place,
}

/// Where a piece of HTML ends.
#[derive(Clone, Copy, Debug, Default)]
enum Place {
    #[default]
    Words,
    Tag,
    /// In a value that ends with this sign.
    Value(u8),
    /// In an element or a comment without words, which ends with these signs.
    Hidden(&'static str),
}

impl RawText {
    /// Whether text that comes next is none that a reader sees.
    pub(super) fn is_hidden(&self) -> bool {
        matches!(self.place, Place::Hidden(_))
    }

    /// Gives each range of words in a piece; nothing where words end.
    pub(super) fn each(&mut self, html: &str, mut see: impl FnMut(Option<Range<usize>>)) {
        let mut rest = html;
        while !rest.is_empty() {
            rest = match self.place {
                Place::Words => {
                    let start = html.len() - rest.len();
                    let length = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                    see(Some(start..start + length));
                    let after = &rest[length..];
                    if after.is_empty() {
                        after
                    } else {
                        self.name(after, &mut see)
                    }
                }
                Place::Tag => self.tag(rest),
                Place::Value(end) => self.value(rest, end),
                Place::Hidden(end) => self.hidden(rest, end),
            };
        }
    }

    /// Goes to the next value of a tag, or past its end, and gives what follows.
    fn tag<'h>(&mut self, html: &'h str) -> &'h str {
        let Some(at) = memchr3(b'>', b'"', b'\'', html.as_bytes()) else {
            return "";
        };
        self.place = match html.as_bytes()[at] {
            b'>' => Place::Words,
            sign => Place::Value(sign),
        };
        &html[at + 1..]
    }

    /// Goes past a value, and gives what follows.
    fn value<'h>(&mut self, html: &'h str, end: u8) -> &'h str {
        let Some(at) = memchr(end, html.as_bytes()) else {
            return "";
        };
        self.place = Place::Tag;
        &html[at + 1..]
    }

    /// Takes the name of a tag, and gives what follows.
    fn name<'h>(&mut self, html: &'h str, see: &mut impl FnMut(Option<Range<usize>>)) -> &'h str {
        let is_end = html.starts_with("</");
        let tag = &html[if is_end { "</".len() } else { "<".len() }..];
        let length = tag
            .bytes()
            .position(|byte| !byte.is_ascii_alphanumeric())
            .unwrap_or(tag.len());
        let (name, after) = tag.split_at(length);
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let hidden = if is_end {
            None
        } else {
            end_of_wordless(&name, after)
        };
        self.place = hidden.map_or(Place::Tag, Place::Hidden);
        // A comment has no name, and divides nothing.
        if !name.is_empty() && (hidden.is_some() || !is_inline(&name)) {
            see(None);
        }
        after
    }

    /// Goes to what ends a part of the HTML without words, and gives what follows.
    fn hidden<'h>(&mut self, html: &'h str, end: &str) -> &'h str {
        let mut rest = html;
        while let Some(at) = memchr2(b'<', b'-', rest.as_bytes()) {
            rest = &rest[at..];
            if starts_with(rest, end) {
                self.place = if end.ends_with('>') {
                    Place::Words
                } else {
                    Place::Tag
                };
                return &rest[end.len()..];
            }
            rest = &rest[1..];
        }
        ""
    }
}

/// Whether an element stands within a word or around it; all others end a line.
fn is_inline(name: &str) -> bool {
    // As bytes, a name is told from others by its length first.
    matches!(
        name.as_bytes(),
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"mark"
            | b"q"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

/// What ends an element, or a comment, that holds no words for readers; nothing for all others.
/// `after` stands behind the name.
fn end_of_wordless(name: &str, after: &str) -> Option<&'static str> {
    match name {
        "" => after.starts_with("!--").then_some("-->"),
        "script" => Some("</script"),
        "style" => Some("</style"),
        _ => None,
    }
}

/// Whether some HTML begins with some signs, whatever their case.
fn starts_with(html: &str, signs: &str) -> bool {
    html.as_bytes()
        .get(..signs.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(signs.as_bytes()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::RawHtml;

    fn words_of(markdown: &str, raw_html: RawHtml) -> String {
        let mut text = String::new();
        Body::of(markdown, raw_html).add_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_those_that_a_reader_sees() {
        let check = |markdown: &str, expected: &str| {
            assert_eq!(
                words_of(markdown, RawHtml::Allowed),
                expected,
                "{markdown:?}"
            );
        };
        check(
            "## Your *heart*beat\n\n## How \"it\" works\n\nSee [the **test**](a/b.md \"title\").\n",
            "Your heartbeat How \u{201c}it\u{201d} works See the test.",
        );
        // Neither the number of a footnote nor the way back from it is a word.
        check("a\nb\\\nc[^1]d\n\n[^1]: note\n", "a b c d note");
        check(
            "| one | two |\n| - | - |\n| three | four |\n",
            "one two three four",
        );
        check(
            "![A heart](a.png \"title\")and `co`de\n",
            "A heart and code",
        );
        check(
            "> [!CAUTION]\n> ## Call 911\n>\n> - if you faint\n> - or fall\n",
            "Call 911 if you faint or fall",
        );
        check(
            "a &lt; b &amp; `\"c\"` &amp;lt; `'d'` & e\n",
            "a < b & \"c\" &lt; 'd' & e",
        );
        check(
            "H<sub>2</sub>O<!-- not > shown --> and <span title=\"a > b\">more</span>\n",
            "H2O and more",
        );
        check(
            "<B>bo</b>ld\n\n<div>caf&eacute; &AMP &#233; &nope; &</div>\n",
            "bold caf\u{e9} & \u{e9} &nope; &",
        );
        check(
            "<div>\n<SCRIPT>a<b</script >c<style>d{}</style>e<!---->f\n</div>\n",
            "c ef",
        );
        check("<div>\n<p title='>'>a</p><p>b</p>\n</div>\n", "a b");
        check("a\n\n---\n\n```sh\nb <c>\n```\n", "a b <c>");
        check("", "");
    }

    #[test]
    fn html_that_is_refused_is_text() {
        assert_eq!(
            words_of("a <b>c</b> <!-- d -->\n", RawHtml::Refused),
            "a <b>c</b>"
        );
    }

    const PIECES: &[&str] = &[
        "a", "<b", ">", "\"", "'", "&", "&amp", "<!--", "-->", "<", "</", "\n\n", "[x](y)",
        "![z](w)", "# ", "| ", "é",
    ];

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
            let markdown = format!("{}\n\nlast\n", pieces.concat());
            prop_assert!(words_of(&markdown, RawHtml::Refused).ends_with("last"), "{markdown:?}");
        }
    }
}
