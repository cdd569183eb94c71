//! Bytes to text: UTF-8, with or without a byte order mark.

use std::borrow::Cow;
use std::sync::Arc;

use memchr::memchr;

use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::source::{FileBytes, SourcePath, Span};

/// The whole text of a file, and how many of its bytes are a byte order mark.
///
/// # Errors
/// The finding that says why the bytes are not text.
pub(super) fn decode<'b>(
    path: &SourcePath,
    file: &'b FileBytes,
) -> Result<(&'b Arc<str>, usize), Box<Diagnostic>> {
    let unreadable = |message: Cow<'static, str>, help: &'static str| {
        Err(Box::new(
            Diagnostic::new(RuleId::UnreadableFile, Place::file(path), message).help(help),
        ))
    };
    let bytes = file.bytes();
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return unreadable(
            "this file is in UTF-16".into(),
            "save it as UTF-8: most editors offer it under \"Save as\"",
        );
    }
    let Some(text) = file.text() else {
        let sound = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let line = 1 + bytes[..sound].iter().filter(|byte| **byte == b'\n').count();
        let message = format!("this file is not UTF-8: line {line} has bytes that are no text");
        return unreadable(
            message.into(),
            "save it as UTF-8: most editors offer it under \"Save as\"",
        );
    };
    if let Some(at) = memchr(0, text.as_bytes()) {
        let place = Place::at(path, Span::new(at, at + 1));
        let found = Diagnostic::new(
            RuleId::UnreadableFile,
            place,
            "a NUL character stands in the text",
        );
        return Err(Box::new(found.help(
            "delete it; if the file is not text, give it another ending than .md",
        )));
    }
    Ok((
        text,
        if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        },
    ))
}
