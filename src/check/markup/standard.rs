//! Pieces as the tokenizer of the HTML standard gives them: every text can be read so.
//!
//! A tag's parts go into buffers that the next tag uses again.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer, naive_next_state};

use super::{Attribute, Form, Piece, Tag};

/// Shows every piece of a text.
pub(super) fn each_piece(text: &str, form: Form, visit: impl FnMut(Piece<'_>)) {
    let (tag, bytes, last_start, note) = (Tag::default(), Vec::new(), Vec::new(), Vec::new());
    let reader = Reader {
        form,
        tag,
        bytes,
        is_start: false,
        last_start,
        note,
        visit,
    };
    // The reader hands out no token: to ask for the first is to read everything.
    let nothing = Tokenizer::new_with_emitter(text, reader).next();
    debug_assert!(nothing.is_none());
}

/// Whether an element of HTML holds text to its own end tag. Without scripts, which some readers
/// have, the text of `<noscript>` is a part of the page.
pub(super) fn holds_text(name: &str) -> bool {
    text_state(name.as_bytes()).is_some()
}

fn text_state(name: &[u8]) -> Option<State> {
    if name == b"noscript" {
        None
    } else {
        naive_next_state(name)
    }
}

/// The page is UTF-8, so its pieces are.
pub(super) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("pieces of UTF-8 are UTF-8")
}

struct Reader<F> {
    form: Form,
    tag: Tag,
    /// The text of the tag that is being read: it comes in pieces, which may end within a
    /// character.
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
        self.tag.attributes.push(Attribute {
            name: end..end,
            value: end..end,
        });
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
        let state = if self.form == Form::Html {
            text_state(self.name())
        } else {
            None
        };
        if state.is_some() {
            self.last_start.clear();
            self.last_start
                .extend_from_slice(&self.bytes[..self.tag.name]);
        }
        state
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.is_start && self.tag.name > 0 && self.name() == self.last_start
    }

    fn emit_string(&mut self, bytes: &[u8]) {
        // A piece may end within a character, and that is a text too.
        (self.visit)(Piece::Text(
            std::str::from_utf8(bytes).unwrap_or("\u{fffd}"),
        ));
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
