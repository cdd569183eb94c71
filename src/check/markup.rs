//! The pieces of finished HTML or SVG, one after the other, as a browser reads them.
//!
//! A tag's parts go into buffers that the next tag uses again, and nothing is kept: this runs over every byte of a site.

use std::convert::Infallible;
use std::fmt;
use std::ops::Range;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

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
pub(super) fn each_piece(text: &str, form: Form, visit: impl FnMut(Piece<'_>)) {
    let (tag, bytes, last_start, note) = (Tag::default(), Vec::new(), Vec::new(), Vec::new());
    let reader = Reader { form, tag, bytes, is_start: false, last_start, note, visit };
    // The reader hands out no token: to ask for the first is to read everything.
    let nothing = Tokenizer::new_with_emitter(text, reader).next();
    debug_assert!(nothing.is_none());
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
        self.text.get(..self.name).unwrap_or_default()
    }

    /// The names of its attributes, in lower case, with their values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or_default();
        self.attributes.iter().map(move |attribute| (text(&attribute.name), text(&attribute.value)))
    }

    /// The value of an attribute, empty where it has none. Of two with one name, the first counts.
    pub(super) fn value(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// The value of an attribute, where the tag has it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes().find(|(attribute, _)| *attribute == name).map(|(_, value)| value)
    }

    /// Whether it closes itself: `<path/>`.
    pub(super) fn is_closed(&self) -> bool {
        self.is_closed
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
            if value.is_empty() { write!(f, " {name}")? } else { write!(f, " {name}=\"{value}\"")? }
        }
        f.write_str(">")
    }
}

/// The page is UTF-8, so its pieces are.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

struct Reader<F> {
    form: Form,
    tag: Tag,
    /// The text of the tag that is being read: it comes in pieces, which may end within a character.
    bytes: Vec<u8>,
    /// Whether the tag that is being read is a start tag.
    is_start: bool,
    /// The name of the last start tag that holds text to its own end tag.
    last_start: Vec<u8>,
    /// The comment that is being read.
    note: Vec<u8>,
    visit: F,
}

impl<F> Reader<F> {
    fn begin(&mut self, is_start: bool) {
        self.bytes.clear();
        self.tag.name = 0;
        self.tag.attributes.clear();
        self.tag.is_closed = false;
        self.is_start = is_start;
    }

    fn name(&self) -> &[u8] {
        &self.bytes[..self.tag.name]
    }
}

impl<F: FnMut(Piece<'_>)> Emitter for Reader<F> {
    type Token = Infallible;

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(name.unwrap_or_default());
    }

    fn init_start_tag(&mut self) {
        self.begin(true);
    }

    fn init_end_tag(&mut self) {
        self.begin(false);
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.bytes.extend_from_slice(name);
        self.tag.name = self.bytes.len();
    }

    fn init_attribute(&mut self) {
        let end = self.bytes.len();
        self.tag.attributes.push(Attribute { name: end..end, value: end..end });
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.bytes.extend_from_slice(name);
        let end = self.bytes.len();
        if let Some(attribute) = self.tag.attributes.last_mut() {
            attribute.name.end = end;
            attribute.value = end..end;
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.bytes.extend_from_slice(value);
        let end = self.bytes.len();
        if let Some(attribute) = self.tag.attributes.last_mut() {
            attribute.value.end = end;
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        if !self.is_start {
            self.last_start.clear();
            (self.visit)(Piece::End(text(&self.bytes[..self.tag.name])));
            return None;
        }
        self.tag.text.clear();
        self.tag.text.push_str(text(&self.bytes));
        (self.visit)(Piece::Start(&self.tag));
        // Without scripts, which some readers have, the text of `<noscript>` is a part of the page.
        let holds_text = self.form == Form::Html && self.name() != b"noscript";
        let state = if holds_text { naive_next_state(self.name()) } else { None };
        if state.is_some() {
            self.last_start.clear();
            self.last_start.extend_from_slice(&self.bytes[..self.tag.name]);
        }
        state
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.is_start && self.tag.name > 0 && self.name() == self.last_start
    }

    fn emit_string(&mut self, bytes: &[u8]) {
        // A piece may end within a character, and that is a text too.
        (self.visit)(Piece::Text(std::str::from_utf8(bytes).unwrap_or("\u{fffd}")));
    }

    fn set_self_closing(&mut self) {
        self.tag.is_closed = true;
    }

    fn init_comment(&mut self) {
        self.note.clear();
    }

    fn push_comment(&mut self, bytes: &[u8]) {
        if self.form == Form::Xml {
            self.note.extend_from_slice(bytes);
        }
    }

    fn emit_current_comment(&mut self) {
        if self.form == Form::Xml {
            (self.visit)(Piece::Note(text(&self.note)));
        }
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.form == Form::Xml
    }

    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn emit_current_doctype(&mut self) {}
}

#[cfg(test)]
mod tests {
    use html5gum::{DefaultEmitter, Token};
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
        each_piece("<?xml x?><svg><style>a<b/></style><![CDATA[<c>]]></svg>", Form::Xml, |piece| {
            found.push(match piece {
                Piece::Start(tag) => tag.to_string(),
                Piece::End(name) => format!("/{name}"),
                Piece::Text(text) => text.to_owned(),
                Piece::Note(note) => format!("!{note}"),
            });
        });
        assert_eq!(found.join(" "), "!?xml x? <svg> <style> a <b> /style <c> /svg");
    }

    #[test]
    fn tags_are_read_as_a_browser_reads_them() {
        let check = |html: &str, expected: &[&str]| {
            let mut found = Vec::new();
            each_tag(html, |tag| {
                let attributes = tag.attributes().map(|(name, _)| format!(" {name}={}", tag.value(name)));
                found.push(format!("{}{}", tag.name(), attributes.collect::<String>()));
            });
            assert_eq!(found, expected, "{html}");
        };
        check("<!doctype html><P Class='a &amp; b' ID=x hidden>é</p x=1><br/>", &["p class=a & b id=x hidden=", "br"]);
        check("<script>'<p>'</scrip></script><b>", &["script", "b"]);
        check("<title><p></title></title><i>", &["title", "i"]);
        check("<!-- <p> --><a title='>' title=2>", &["a title=> title=>"]);
        check("<a b", &[]);
        check("<a b=\"&lt;\"><i c=\"d\">", &["a b=<", "i c=d"]);
    }

    const PIECES: &[&str] = &[
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
        fn the_tags_are_those_of_the_tokenizer(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
            let html = pieces.concat();
            let mut ours = Vec::new();
            each_tag(&html, |tag| ours.push((tag.name().to_owned(), tag.value("a").to_owned(), tag.value("b").to_owned())));
            let mut emitter = DefaultEmitter::default();
            emitter.naively_switch_states(true);
            let tags = Tokenizer::new_with_emitter(&html, emitter).flatten().filter_map(|token| match token {
                Token::StartTag(tag) => Some(tag),
                _ => None,
            });
            let value = |tag: &html5gum::StartTag<()>, name: &str| {
                tag.attributes.get(name.as_bytes()).map_or("", |value| text(value)).to_owned()
            };
            let theirs: Vec<_> =
                tags.map(|tag| (text(&tag.name).to_owned(), value(&tag, "a"), value(&tag, "b"))).collect();
            prop_assert_eq!(ours, theirs, "{}", html);
        }
    }
}
