//! The words of a draft as a reader sees them, for those who seek in them.
//!
//! Blocks stand on lines of their own; what marks some letters of a word divides no word. Numbers
//! of footnotes are no words of a text.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};
use memchr::{memchr, memchr2, memchr3};

use super::{Draft, Hole, Part};

/// What the draft writes for signs that mean something in HTML.
const ESCAPES: [(&str, char); 4] = [
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&quot;", '"'),
];

/// The longest name of a character in HTML, with the signs around it.
const LONGEST_NAME: usize = 33;

impl Draft {
    /// Adds the words to a text.
    pub fn add_text(&self, text: &mut String) {
        let mut reader = Reader {
            text,
            place: Place::Words,
        };
        for part in self.parts() {
            match part {
                Part::Html(html) => reader.html(html),
                Part::Hole(Hole::Image { alt, .. }) => reader.lines(alt),
                Part::Hole(Hole::Card(_) | Hole::CardTitle(_) | Hole::CardEnd) => {
                    reader.text.push('\n')
                }
                Part::Hole(
                    Hole::HeadingId(_) | Hole::TableName { .. } | Hole::Link { .. } | Hole::LinkEnd,
                ) => {}
            }
        }
    }
}

struct Reader<'t> {
    text: &'t mut String,
    place: Place,
}

/// Where the HTML before a hole ends.
#[derive(Clone, Copy)]
enum Place {
    Words,
    Tag,
    /// In a value that ends with this sign.
    Value(u8),
}

impl Reader<'_> {
    fn lines(&mut self, words: &str) {
        self.text.push('\n');
        self.text.push_str(words);
        self.text.push('\n');
    }

    fn html(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            rest = match self.place {
                Place::Words => self.words(rest),
                Place::Tag => self.tag(rest),
                Place::Value(end) => self.value(rest, end),
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

    /// Takes the words to the next tag or to a character that is written by its name, and gives
    /// what follows that name.
    fn words<'h>(&mut self, html: &'h str) -> &'h str {
        let end = memchr2(b'<', b'&', html.as_bytes()).unwrap_or(html.len());
        let (words, rest) = html.split_at(end);
        self.text.push_str(words);
        match rest.as_bytes() {
            [b'<', ..] => self.name(rest),
            [b'&', ..] => self.character(rest),
            _ => rest,
        }
    }

    /// Takes the name of a tag, and gives what follows; what holds no words is gone past.
    fn name<'h>(&mut self, html: &'h str) -> &'h str {
        self.place = Place::Tag;
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
        let wordless = if is_end {
            None
        } else {
            end_of_wordless(&name, after)
        };
        // A comment has no name, and divides nothing.
        if !name.is_empty() && (wordless.is_some() || !is_inline(&name)) {
            self.text.push('\n');
        }
        wordless.map_or(after, |end| self.behind(after, end))
    }

    /// Takes a character that is written by its name or number, and gives what follows.
    fn character<'h>(&mut self, html: &'h str) -> &'h str {
        if let Some((escape, sign)) = ESCAPES.iter().find(|(escape, _)| html.starts_with(escape)) {
            self.text.push(*sign);
            return &html[escape.len()..];
        }
        // Only HTML that passes through has others.
        let end = memchr(b';', html.as_bytes())
            .filter(|end| *end < LONGEST_NAME)
            .map_or("&".len(), |end| end + 1);
        let (written, after) = html.split_at(end);
        for Ok(token) in Tokenizer::new(written) {
            if let Token::String(text) = token {
                self.text.push_str(&String::from_utf8_lossy(&text));
            }
        }
        after
    }

    /// Goes to what ends a part of the HTML without words, and gives what follows.
    fn behind<'h>(&mut self, html: &'h str, end: &str) -> &'h str {
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
        "sup" => after
            .starts_with(" class=\"footnote-ref\"")
            .then_some("</sup"),
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
        Draft::of(markdown, raw_html).add_text(&mut text);
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
        check("a\nb\\\nc[^1]d\n\n[^1]: note\n", "a b c d note \u{21a9}");
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
