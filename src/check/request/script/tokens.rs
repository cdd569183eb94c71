//! The tokens of a script, without comments.
//!
//! Knows strings, templates, regular expressions and escapes, for nothing within them is code.
//! Whether a slash divides or begins a regular expression is told from the token before, as fast
//! lexers do: after a `)` or a `}` it is taken for a division, so the rare expression there is read
//! as code, which finds more and never less.

use std::borrow::Cow;
use std::ops::Range;

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'s> {
    /// A name or a keyword, without escapes.
    Word(Cow<'s, str>),
    /// The text of a string, or of a template up to its first `${`; without escapes.
    Text(Cow<'s, str>),
    /// A number or a regular expression.
    Value,
    /// A sign: one byte of punctuation.
    Sign(u8),
}

/// A token with its place.
#[derive(Clone, Debug)]
pub(super) struct Token<'s> {
    pub(super) kind: Kind<'s>,
    pub(super) at: Range<usize>,
}

impl Token<'_> {
    pub(super) fn word(&self) -> &str {
        if let Kind::Word(word) = &self.kind {
            word
        } else {
            ""
        }
    }

    pub(super) fn is(&self, sign: u8) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Reads a script.
pub(super) fn tokens(script: &str) -> Vec<Token<'_>> {
    let mut reader = Reader {
        script,
        at: 0,
        braces: Vec::new(),
        tokens: Vec::new(),
    };
    while reader.step() {}
    reader.tokens
}

struct Reader<'s> {
    script: &'s str,
    at: usize,
    /// The open braces: whether each closes a `${` of a template.
    braces: Vec<bool>,
    tokens: Vec<Token<'s>>,
}

impl<'s> Reader<'s> {
    fn byte(&self, ahead: usize) -> u8 {
        self.script
            .as_bytes()
            .get(self.at + ahead)
            .copied()
            .unwrap_or(0)
    }

    fn push(&mut self, start: usize, kind: Kind<'s>) {
        self.tokens.push(Token {
            kind,
            at: start..self.at,
        });
    }

    fn skip_to(&mut self, end: &str) {
        let rest = &self.script[self.at..];
        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len());
    }

    fn step(&mut self) -> bool {
        let start = self.at;
        let Some(&byte) = self.script.as_bytes().get(start) else {
            return false;
        };
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
            b'/' if self.byte(1) == b'/' => self.skip_to("\n"),
            b'/' if self.byte(1) == b'*' => {
                self.at += 2;
                self.skip_to("*/");
            }
            b'/' if self.begins_value() => {
                self.regular_expression();
                self.push(start, Kind::Value);
            }
            b'"' | b'\'' => {
                self.at += 1;
                let text = self.text(&[byte]);
                self.at += usize::from(self.byte(0) == byte);
                self.push(start, Kind::Text(text));
            }
            b'`' => self.template(start),
            b'0'..=b'9' => {
                while is_word(self.byte(0)) || self.byte(0) == b'.' {
                    self.at += 1;
                }
                self.push(start, Kind::Value);
            }
            _ if is_word(byte) || byte == b'\\' || byte == b'#' => self.word(start),
            b'}' if self.braces.pop() == Some(true) => self.template(start),
            _ => {
                if byte == b'{' {
                    self.braces.push(false);
                }
                self.at += 1;
                self.push(start, Kind::Sign(byte));
            }
        }
        true
    }

    /// Whether a slash here begins a regular expression.
    fn begins_value(&self) -> bool {
        let keywords = [
            "return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await",
            "yield", "throw",
        ];
        match self.tokens.last().map(|token| &token.kind) {
            None => true,
            Some(Kind::Word(word)) => keywords.contains(&&**word),
            Some(Kind::Text(_) | Kind::Value) => false,
            Some(Kind::Sign(sign)) => !matches!(sign, b')' | b']' | b'}'),
        }
    }

    fn regular_expression(&mut self) {
        let mut in_class = false;
        self.at += 1;
        loop {
            match self.byte(0) {
                0 | b'\n' => break,
                b'\\' => self.at += usize::from(self.byte(1) != b'\n'),
                b'[' => in_class = true,
                b']' => in_class = false,
                b'/' if !in_class => break,
                _ => {}
            }
            self.at += 1;
        }
        while is_word(self.byte(0)) || self.byte(0) == b'/' {
            self.at += 1;
        }
        // A backslash may be the last byte of a script.
        self.at = self.at.min(self.script.len());
        self.finish_character();
    }

    /// A part of a template, from its backquote or from the end of a `${…}`, to the next `${` or to
    /// its end.
    fn template(&mut self, start: usize) {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            text = joined(text, self.text(b"`$"));
            match (self.byte(0), self.byte(1)) {
                (b'$', b'{') => {
                    self.at += 2;
                    self.braces.push(true);
                    // What the text goes on with is worked out, so it ends in what no address
                    // holds.
                    self.push(start, Kind::Text(text));
                    return self.push_sign(b'+');
                }
                (b'$', _) => {
                    self.at += 1;
                    text.to_mut().push('$');
                }
                _ => {
                    self.at += usize::from(self.byte(0) == b'`');
                    return self.push(start, Kind::Text(text));
                }
            }
        }
    }

    fn push_sign(&mut self, sign: u8) {
        self.tokens.push(Token {
            kind: Kind::Sign(sign),
            at: self.at..self.at,
        });
    }

    fn word(&mut self, start: usize) {
        let mut word = Cow::Borrowed("");
        let mut plain = self.at;
        loop {
            let byte = self.byte(0);
            if is_word(byte) || (byte == b'#' && self.at == start) {
                self.at += 1;
                continue;
            }
            word = if word.is_empty() {
                Cow::Borrowed(&self.script[plain..self.at])
            } else {
                word + &self.script[plain..self.at]
            };
            if byte != b'\\' || self.byte(1) != b'u' {
                break;
            }
            let letter = self.escape();
            word.to_mut().extend(letter);
            plain = self.at;
        }
        if self.at == start {
            self.at += 1;
            self.finish_character();
        }
        self.push(start, Kind::Word(word));
    }

    /// A text up to one of some bytes, without escapes.
    fn text(&mut self, ends: &[u8]) -> Cow<'s, str> {
        let is_template = ends[0] == b'`';
        let mut text = Cow::Borrowed("");
        let mut plain = self.at;
        loop {
            let rest = &self.script.as_bytes()[self.at..];
            let is_end = |byte: &u8| {
                ends.contains(byte) || *byte == b'\\' || (*byte == b'\n' && !is_template)
            };
            self.at += rest.iter().position(is_end).unwrap_or(rest.len());
            let part = &self.script[plain..self.at];
            text = if text.is_empty() {
                Cow::Borrowed(part)
            } else {
                text + part
            };
            if self.byte(0) != b'\\' {
                return text;
            }
            let letter = self.escape();
            text.to_mut().extend(letter);
            plain = self.at;
        }
    }

    /// What a backslash and what follows it stand for.
    fn escape(&mut self) -> Option<char> {
        self.at += 1;
        let rest = &self.script[self.at..];
        let code = |digits: &str| {
            u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32)
        };
        let braced = rest
            .strip_prefix("u{")
            .and_then(|rest| rest.split_once('}'))
            .map(|(digits, _)| digits);
        let (letter, length) = match rest.chars().next()? {
            'u' if braced.is_some() => (braced.and_then(code), braced.map_or(0, str::len) + 3),
            'u' if rest.get(1..5).and_then(code).is_some() => (rest.get(1..5).and_then(code), 5),
            'x' if rest.get(1..3).and_then(code).is_some() => (rest.get(1..3).and_then(code), 3),
            '\n' => (None, 1),
            'n' | 'r' | 't' => (Some(' '), 1),
            other => (Some(other), other.len_utf8()),
        };
        self.at += length;
        letter
    }

    /// Goes on to where a character begins.
    fn finish_character(&mut self) {
        while !self.script.is_char_boundary(self.at) {
            self.at += 1;
        }
    }
}

fn joined<'s>(first: Cow<'s, str>, second: Cow<'s, str>) -> Cow<'s, str> {
    if first.is_empty() {
        second
    } else {
        Cow::Owned(first.into_owned() + &second)
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..)
}
