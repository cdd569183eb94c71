//! The pieces of finished HTML or SVG, one after the other, as a browser reads them.
//!
//! Nothing is kept: this runs over every byte of a site. What is written plainly, as nearly all of
//! a page is, is read by [`plain`], which knows nothing but that; all else by [`standard`]. Both
//! give the same pieces.

mod plain;
mod standard;

use std::fmt;
use std::ops::Range;

/// A piece of a text with tags.
#[derive(Debug)]
pub(super) enum Piece<'p> {
    /// A start tag.
    Start(&'p Tag),
    /// An end tag, by its name.
    End(&'p str),
    /// Some text; one text may come in several pieces.
    Text(&'p str),
    /// A comment, or an instruction such as `<?xml …?>`; of HTML none are shown.
    Note(&'p str),
}

/// How a text with tags is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Scripts and styles hold text, to their own end tag.
    Html,
    /// All elements are alike, and a tag may close itself.
    Xml,
}

/// Shows every piece of a text.
pub(super) fn each_piece(text: &str, form: Form, mut visit: impl FnMut(Piece<'_>)) {
    match form {
        Form::Html => plain::each_piece(text, &mut visit),
        Form::Xml => standard::each_piece(text, form, visit),
    }
}

/// A start tag.
#[derive(Clone, Debug, Default)]
pub(super) struct Tag {
    /// Its name, and the names and values of its attributes, one behind the other.
    text: String,
    /// Where its name ends.
    name: usize,
    attributes: Vec<Attribute>,
    is_closed: bool,
}

#[derive(Clone, Debug)]
struct Attribute {
    name: Range<usize>,
    value: Range<usize>,
}

impl Tag {
    /// Its name, in lower case.
    pub(super) fn name(&self) -> &str {
        &self.text[..self.name]
    }

    /// The names of its attributes, in lower case, with their values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |range: &Range<usize>| &self.text[range.clone()];
        self.attributes
            .iter()
            .map(move |attribute| (text(&attribute.name), text(&attribute.value)))
    }

    /// Whether the name of one of its attributes is of a kind, told by its bytes.
    pub(super) fn has_attribute(&self, is_of_kind: impl Fn(&[u8]) -> bool) -> bool {
        let name = |attribute: &Attribute| self.text.as_bytes().get(attribute.name.clone());
        self.attributes.iter().filter_map(name).any(is_of_kind)
    }

    /// The value of an attribute, empty where it has none. Of two with one name, the first counts.
    pub(super) fn value(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The value of an attribute, where the tag has it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let is_it = |attribute: &&Attribute| {
            self.text.as_bytes().get(attribute.name.clone()) == Some(name.as_bytes())
        };
        self.attributes
            .iter()
            .find(is_it)
            .and_then(|attribute| self.text.get(attribute.value.clone()))
    }

    /// Whether it closes itself: `<path/>`.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Writes the names of its attributes in lower case.
    fn lower_names(&mut self) {
        for attribute in &self.attributes {
            if let Some(name) = self.text.get_mut(attribute.name.clone()) {
                name.make_ascii_lowercase();
            }
        }
    }

    /// Becomes another tag, in the room that it has.
    pub(super) fn become_copy_of(&mut self, other: &Self) {
        self.text.clone_from(&other.text);
        self.name = other.name;
        self.attributes.clone_from(&other.attributes);
        self.is_closed = other.is_closed;
    }
}

/// The tag as one may write it.
impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.name())?;
        for (name, value) in self.attributes() {
            if value.is_empty() {
                write!(f, " {name}")?;
            } else {
                write!(f, " {name}=\"{value}\"")?;
            }
        }
        f.write_str(">")
    }
}

#[cfg(test)]
mod tests {
    use html5gum::{DefaultEmitter, Token, Tokenizer};
    use proptest::prelude::*;

    use super::*;

    fn each_tag(html: &str, mut visit: impl FnMut(&Tag)) {
        each_piece(html, Form::Html, |piece| {
            if let Piece::Start(tag) = piece {
                visit(tag);
            }
        });
    }

    #[test]
    fn the_pieces_of_an_image() {
        let mut found = Vec::new();
        each_piece(
            "<?xml x?><svg><style>a<b/></style><![CDATA[<c>]]></svg>",
            Form::Xml,
            |piece| {
                found.push(match piece {
                    Piece::Start(tag) => tag.to_string(),
                    Piece::End(name) => format!("/{name}"),
                    Piece::Text(text) => text.to_owned(),
                    Piece::Note(note) => format!("!{note}"),
                });
            },
        );
        assert_eq!(
            found.join(" "),
            "!?xml x? <svg> <style> a <b> /style <c> /svg"
        );
    }

    #[test]
    fn tags_are_read_as_a_browser_reads_them() {
        let check = |html: &str, expected: &[&str]| {
            let mut found = Vec::new();
            each_tag(html, |tag| {
                let attributes = tag
                    .attributes()
                    .map(|(name, _)| format!(" {name}={}", tag.value(name)));
                found.push(format!("{}{}", tag.name(), attributes.collect::<String>()));
            });
            assert_eq!(found, expected, "{html}");
        };
        check(
            "<!doctype html><P Class='a &amp; b' ID=x hidden>é</p x=1><br/>",
            &["p class=a & b id=x hidden=", "br"],
        );
        check("<script>'<p>'</scrip></script><b>", &["script", "b"]);
        check("<title><p></title></title><i>", &["title", "i"]);
        check("<!-- <p> --><a title='>' title=2>", &["a title=> title=>"]);
        check("<a b", &[]);
        check("<a b=\"&lt;\"><i c=\"d\">", &["a b=<", "i c=d"]);
    }

    /// All pieces of a text in letters; a text is one, however many pieces it came in.
    fn shown(read: impl FnOnce(&mut dyn FnMut(Piece<'_>))) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        read(&mut |piece| match piece {
            Piece::Start(tag) => {
                let attributes = tag
                    .attributes()
                    .map(|(name, value)| format!(" {name}={value:?}"));
                found.push(format!(
                    "<{}{}{}",
                    tag.name(),
                    attributes.collect::<String>(),
                    if tag.is_closed() { "/" } else { "" }
                ));
            }
            Piece::End(name) => found.push(format!("</{name}")),
            Piece::Note(note) => found.push(format!("!{note}")),
            Piece::Text(text) => match found.last_mut().filter(|last| last.starts_with('=')) {
                Some(last) => last.push_str(text),
                None => found.push(format!("={text}")),
            },
        });
        found
    }

    const PIECES: &[&str] = &[
        "<!doctype html",
        "<!doctype html x>",
        "<!---->",
        "<!--x-->",
        "<!--x--!>",
        "<!-->",
        "<?",
        "<title a=\"&lt;\">",
        "<script src=\"a\"/>",
        "</",
        "<svg viewBox=\"0 0 1 1\">",
        "<br/>",
        "<h1 ID=x>",
        "<noscript>",
        "<plaintext>",
        "<i a=\"1\"b=\"2\" a=\"3\" hidden>",
        "&amp;",
        "&lt",
        "\r\n",
        "\0",
        "\t",
        "<p>",
        "<p",
        ">",
        "/>",
        "</p>",
        "<!doctype html>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "</SCRIPT >",
        "<title>",
        "</title>",
        "<style>",
        "</style>",
        "<textarea>",
        "</textarea",
        " a=\"b&amp;c\"",
        " a='b'",
        " B=b",
        " a",
        "\"",
        "'",
        "=",
        " ",
        "\n",
        "text",
        "é",
        "<",
        "<svg:a xlink:href=\"x\">",
        "<?x>",
        "</x y>",
    ];

    proptest! {
        #[test]
        fn what_is_plain_is_read_as_the_standard_reads_it(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14)
        ) {
            let html = pieces.concat();
            let plain = shown(|visit| plain::each_piece(&html, &mut |piece| visit(piece)));
            let standard = shown(|visit| standard::each_piece(&html, Form::Html, visit));
            prop_assert_eq!(plain, standard, "{:?}", html);
        }

        #[test]
        fn the_tags_are_those_of_the_tokenizer(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
            // Its own rule takes the tags in there for text.
            let html = pieces.concat().replace("noscript", "nav");
            let mut ours = Vec::new();
            each_tag(&html, |tag| ours.push((tag.name().to_owned(), tag.value("a").to_owned(), tag.value("b").to_owned())));
            let mut emitter = DefaultEmitter::default();
            emitter.naively_switch_states(true);
            let tags = Tokenizer::new_with_emitter(&html, emitter).flatten().filter_map(|token| match token {
                Token::StartTag(tag) => Some(tag),
                _ => None,
            });
            let value = |tag: &html5gum::StartTag<()>, name: &str| {
                tag.attributes.get(name.as_bytes()).map_or("", |value| standard::text(value)).to_owned()
            };
            let theirs: Vec<_> =
                tags.map(|tag| (standard::text(&tag.name).to_owned(), value(&tag, "a"), value(&tag, "b"))).collect();
            prop_assert_eq!(ours, theirs, "{}", html);
        }
    }
}
