//! Pieces of HTML that is written plainly: tags in one way, no character references, no mistakes.
//!
//! Templates and Markdown write so. What is not plain goes to the tokenizer of the standard: a
//! piece where one can tell where it ends, and else the rest of the text. Nothing may be read here
//! in another way than there.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use super::{Attribute, Form, Piece, Tag, standard};

/// Shows every piece of a text.
pub(super) fn each_piece(html: &str, visit: &mut impl FnMut(Piece<'_>)) {
    let mut reader = Reader {
        html,
        at: 0,
        tag: Tag::default(),
    };
    // Line ends that a browser reads as others.
    let is_plain = memchr2(b'\r', 0, html.as_bytes()).is_none();
    while is_plain && reader.at < html.len() && reader.step(visit).is_some() {}
    standard::each_piece(&html[reader.at..], Form::Html, visit);
}

struct Reader<'h> {
    html: &'h str,
    /// Where the next piece begins.
    at: usize,
    /// The last tag; the next uses its room again.
    tag: Tag,
}

impl<'h> Reader<'h> {
    /// Shows the next pieces and goes on behind them; nothing where they are not plain.
    fn step(&mut self, visit: &mut impl FnMut(Piece<'_>)) -> Option<()> {
        let rest = &self.html.as_bytes()[self.at..];
        match rest {
            [b'<', b'/', ..] => {
                let length = name_length(&rest[2..], OF_NAME);
                let name = self.lowercase(self.at + 2..self.at + 2 + length)?;
                (*rest.get(2 + length)? == b'>').then(|| visit(Piece::End(name)))?;
                self.at += length + "</>".len();
            }
            [b'<', b'!', ..] => self.at += note_length(&self.html[self.at..])?,
            [b'<', ..] => self.start(visit)?,
            _ => self.text(rest.len(), visit),
        }
        Some(())
    }

    /// A name that is written in lower case.
    fn lowercase(&self, range: Range<usize>) -> Option<&'h str> {
        self.html
            .get(range)
            .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
    }

    /// Shows the text before the next tag, which is no longer than so many bytes.
    fn text(&mut self, most: usize, visit: &mut impl FnMut(Piece<'_>)) {
        let rest = &self.html[self.at..self.at + most];
        // Most texts are the line breaks between tags.
        let is_break = rest.as_bytes().starts_with(b"\n<");
        let sign = if is_break {
            1
        } else {
            memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(most)
        };
        if rest.as_bytes().get(sign) == Some(&b'&') {
            let length = memchr(b'<', rest.as_bytes()).unwrap_or(most);
            self.at += length;
            standard::each_piece(&rest[..length], Form::Html, visit);
        } else {
            self.at += sign;
            visit(Piece::Text(&rest[..sign]));
        }
    }

    fn start(&mut self, visit: &mut impl FnMut(Piece<'_>)) -> Option<()> {
        let begin = self.at;
        let (end, has_references) = self.read_tag()?;
        let content = content_length(self.tag.name(), &self.html[end..])?;
        self.at = end;
        if has_references {
            // Alone, without its content, a tag is read in the same way.
            standard::each_piece(&self.html[begin..end], Form::Html, &mut *visit);
        } else {
            visit(Piece::Start(&self.tag));
        }
        match content {
            0 => {}
            length if self.tag.name() == "script" => {
                visit(Piece::Text(&self.html[end..end + length]));
                self.at += length;
            }
            length => self.text(length, visit),
        }
        Some(())
    }

    /// Reads a start tag into its room. Gives where it ends, and whether a value has character
    /// references.
    fn read_tag(&mut self) -> Option<(usize, bool)> {
        let bytes = self.html.as_bytes();
        let begin = self.at + 1;
        let within = |range: Range<usize>| range.start - begin..range.end - begin;
        bytes.get(begin).filter(|byte| byte.is_ascii_lowercase())?;
        let mut at = begin + name_length(&bytes[begin..], OF_NAME);
        self.tag.name = at - begin;
        self.tag.attributes.clear();
        let (mut has_references, mut has_capitals) = (false, false);
        let is_closed = loop {
            let has_space = matches!(bytes.get(at)?, b' ' | b'\n' | b'\t');
            while matches!(bytes.get(at)?, b' ' | b'\n' | b'\t') {
                at += 1;
            }
            match bytes[at] {
                b'>' => break false,
                b'/' if bytes.get(at + 1) == Some(&b'>') => break true,
                _ if !has_space => return None,
                _ => {}
            }
            let start = at;
            at += name_length(&bytes[at..], OF_ATTRIBUTE);
            if bytes.get(at)?.is_ascii_uppercase() {
                has_capitals = true;
                at += name_length(&bytes[at..], OF_ATTRIBUTE | CAPITAL);
            }
            if at == start {
                return None;
            }
            let name = start..at;
            let mut value = at..at;
            if *bytes.get(at)? == b'=' {
                if *bytes.get(at + 1)? != b'"' {
                    return None;
                }
                value = at + 2..at + 2 + memchr2(b'"', b'&', &bytes[at + 2..])?;
                if bytes[value.end] == b'&' {
                    has_references = true;
                    value.end += memchr(b'"', &bytes[value.end..])?;
                }
                at = value.end + 1;
            }
            self.tag.attributes.push(Attribute {
                name: within(name),
                value: within(value),
            });
        };
        at += usize::from(is_closed);
        self.tag.is_closed = is_closed;
        self.tag.text.clear();
        self.tag.text.push_str(&self.html[begin..at]);
        if has_capitals {
            self.tag.lower_names();
        }
        Some((at + 1, has_references))
    }
}

/// How many bytes at the beginning are of a kind.
fn name_length(bytes: &[u8], kind: u8) -> usize {
    bytes
        .iter()
        .position(|byte| KINDS[usize::from(*byte)] & kind == 0)
        .unwrap_or(bytes.len())
}

/// What the names of elements are made of, as far as they are plain.
const OF_NAME: u8 = 1;

/// What the names of attributes are made of, as far as they are plain. Browsers read capitals as
/// small letters.
const OF_ATTRIBUTE: u8 = 2;
const CAPITAL: u8 = 4;

/// The kinds that each byte is of. Every byte of a name is asked for.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0_u8;
    while byte < u8::MAX {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' {
            kinds[byte as usize] |= OF_NAME;
        }
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'_')
        {
            kinds[byte as usize] |= OF_ATTRIBUTE;
        }
        if byte.is_ascii_uppercase() {
            kinds[byte as usize] |= CAPITAL;
        }
        byte += 1;
    }
    kinds
};

/// The length of a plain comment or of the doctype at the beginning of a text, which show nothing.
fn note_length(html: &str) -> Option<usize> {
    const DOCTYPE: &str = "<!doctype html>";
    if html
        .get(..DOCTYPE.len())
        .is_some_and(|text| text.eq_ignore_ascii_case(DOCTYPE))
    {
        return Some(DOCTYPE.len());
    }
    let words = html.strip_prefix("<!--")?;
    let length = memmem::find(words.as_bytes(), b"--")?;
    let is_plain = words[length..].starts_with("-->") && !words.starts_with(['>', '-']);
    is_plain.then_some("<!---->".len() + length)
}

/// The length of the text that an element holds to its own end tag: none of one that holds tags.
/// Nothing where that text or its end is not plain.
fn content_length(name: &str, html: &str) -> Option<usize> {
    let length = match name {
        "script" => memmem::find(html.as_bytes(), b"</")?,
        "title" => memchr(b'<', html.as_bytes())?,
        _ => return (!standard::holds_text(name)).then_some(0),
    };
    let is_plain = memmem::find(&html.as_bytes()[..length], b"<!--").is_none();
    let has_end = html[length..]
        .strip_prefix("</")
        .and_then(|rest| rest.strip_prefix(name)?.strip_prefix('>'));
    (is_plain && has_end.is_some()).then_some(length)
}
