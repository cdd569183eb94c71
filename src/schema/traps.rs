//! The traps of YAML: texts that it, or another tool, reads as something else than was meant.
//!
//! Each finding has the edit that mends it. What a text is for is not known here.

use super::fields::Fields;
use super::values::{self, Located};
use crate::diagnostic::{Diagnostic, Fix, RuleId};
use crate::yaml::YamlPath;

impl Fields<'_> {
    /// A text as it is meant: without spaces around it, and with a word about what others may read in it.
    pub(super) fn looked_at(&self, text: &str, at: YamlPath) -> Located<String> {
        let trimmed = text.trim_matches([' ', '\t', '\u{a0}']);
        if trimmed.len() != text.len() && !trimmed.is_empty() {
            self.padded(&at, trimmed);
        }
        if is_truth_word(text) && self.reader.source.is_plain(&at) {
            self.truth_word(&at, text);
        }
        if has_leading_zero(text) && self.reader.source.is_plain(&at) {
            self.unquoted_number(&at);
        }
        if text.starts_with(['\u{201c}', '\u{201d}']) && text.ends_with(['\u{201d}', '\u{201c}']) && text.len() > 3 {
            self.curly_quotes(&at, text);
        }
        Located { value: trimmed.to_owned(), at }
    }

    pub(super) fn unquoted_number(&self, at: &YamlPath) {
        let written = self.reader.source.written(at);
        let message = format!("`{at}` is a text, but {written} reads as a number, and numbers lose zeros");
        let found = Diagnostic::new(RuleId::UnquotedNumber, self.reader.source.value_place(at), message);
        let found = found.help(format!("put it in quotes: \"{written}\""));
        self.reader.report(Diagnostic { fix: self.quoted(at, written), ..found });
    }

    fn truth_word(&self, at: &YamlPath, text: &str) {
        let message = format!("many tools read {text} as true or false, and this is a text");
        let found = Diagnostic::new(RuleId::BooleanText, self.reader.source.value_place(at), message);
        let found = found.help(format!("put it in quotes: \"{text}\""));
        self.reader.report(Diagnostic { fix: self.quoted(at, text), ..found });
    }

    fn padded(&self, at: &YamlPath, trimmed: &str) {
        let place = self.reader.source.value_place(at);
        let written = self.reader.source.written(at);
        let quote = written.chars().next().filter(|quote| ['"', '\''].contains(quote) && written.ends_with(*quote));
        let inner = quote.and_then(|quote| written.strip_prefix(quote)?.strip_suffix(quote));
        let edit = quote.zip(inner.filter(|inner| inner.trim() == trimmed)).zip(place.span);
        let fix =
            edit.map(|((quote, _), span)| Fix::safe("take the spaces off", span, format!("{quote}{trimmed}{quote}")));
        let found = Diagnostic::new(RuleId::PaddedText, place, format!("`{at}` begins or ends in spaces"));
        self.reader.report(Diagnostic { fix, ..found.help("take them off") });
    }

    fn curly_quotes(&self, at: &YamlPath, text: &str) {
        let place = self.reader.source.value_place(at);
        let inner = text.trim_matches(['\u{201c}', '\u{201d}']);
        let fix = place.span.map(|span| Fix::suggested("write straight quotes", span, format!("\"{inner}\"")));
        let message = format!("the curly quotes around `{at}` are a part of the text: YAML knows only straight ones");
        let found = Diagnostic::new(RuleId::CurlyYamlQuote, place, message);
        self.reader.report(Diagnostic { fix, ..found.help("write \" instead, or no quotes at all") });
    }

    /// Digits are few where a zero in front is lost already, so five are what was meant.
    pub(super) fn unquoted_zip(&self, at: &YamlPath, text: &str) {
        let written = self.reader.source.written(at);
        let full = if values::is_zip(written) { written.to_owned() } else { format!("{text:0>5}") };
        let place = self.reader.source.value_place(at);
        let message = "this ZIP code is not in quotes, and YAML may read it as a number";
        let found = Diagnostic::new(RuleId::UnquotedZip, place, message).help(format!("put it in quotes: \"{full}\""));
        let fix = values::is_zip(&full).then(|| self.quoted(at, &full)).flatten();
        self.reader.report(Diagnostic { fix, ..found });
    }

    /// The safe edit that writes a text in quotes in the place of a plain value.
    fn quoted(&self, at: &YamlPath, text: &str) -> Option<Fix> {
        let is_simple = !text.contains(['"', '\\', '\n', '\r']);
        let span = self.reader.source.value_place(at).span.filter(|_| is_simple && self.reader.source.is_plain(at))?;
        Some(Fix::safe("put it in quotes", span, format!("\"{text}\"")))
    }
}

/// The words that readers of YAML 1.1 take for true or false, and YAML 1.2 for texts.
fn is_truth_word(text: &str) -> bool {
    ["yes", "no", "on", "off"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// `0123`: a text here, and a number of another value in many tools.
fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}
