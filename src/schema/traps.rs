//! The traps of YAML: texts that it, or another tool, reads as something else than was meant.
//!
//! Each finding has the edit that fixes it. What a text is for is not known here.

use super::fields::Fields;
use super::values::Located;
use crate::diagnostic::{Diagnostic, Fix, Place, RuleId, Safety};
use crate::yaml::YamlPath;

impl Fields<'_> {
    /// A text as it is meant: without spaces around it, and with a word about what others may read
    /// in it.
    pub(super) fn looked_at(&self, text: &str, at: YamlPath) -> Located<String> {
        let trimmed = self.without_padding(text, &at);
        if is_truth_word(text) && self.reader.source.is_plain(&at) {
            self.truth_word(&at, text);
        }
        if has_leading_zero(text) && self.reader.source.is_plain(&at) {
            self.unquoted_number(&at);
        }
        if is_in_curly_quotes(text) && self.reader.source.is_plain(&at) {
            self.curly_quotes(&at, text);
        }
        if let Some(cut) = self.reader.source.cut_off(&at) {
            self.cut_text(&at, cut);
        }
        Located {
            value: trimmed.to_owned(),
            at,
        }
    }

    fn cut_text(&self, at: &YamlPath, whole: Place) {
        let whole_text = self.reader.source.text_at(&whole).to_owned();
        let message = format!("`{at}` ends at the hash: what follows is a comment to YAML");
        let is_simple = !whole_text.contains(['"', '\\']);
        let fix = whole.span.filter(|_| is_simple);
        let fix = fix.map(|span| {
            Fix::suggested(
                "put the whole text in quotes",
                span,
                format!("\"{whole_text}\""),
            )
        });
        let found = Diagnostic::new(RuleId::CutText, whole, message)
            .help("put the whole text in double quotes");
        self.reader.report(found.maybe_fix(fix));
    }

    /// A text without the spaces around it; that there were some is a finding.
    pub(super) fn without_padding<'t>(&self, text: &'t str, at: &YamlPath) -> &'t str {
        // White space at the end of a line belongs to a text over several lines.
        let trimmed =
            text.trim_matches(|c: char| (c.is_whitespace() && c != '\n') || is_invisible(c));
        if trimmed.len() != text.len() && !trimmed.is_empty() {
            self.padded(at, trimmed);
        }
        trimmed
    }

    pub(super) fn unquoted_number(&self, at: &YamlPath) {
        let written = self.reader.source.written(at);
        let message =
            format!("`{at}` is a text, but {written} reads as a number, and numbers lose zeros");
        let found = Diagnostic::new(
            RuleId::UnquotedNumber,
            self.reader.source.value_place(at),
            message,
        );
        let found = found.help(format!("put it in quotes: \"{written}\""));
        self.reader
            .report(found.maybe_fix(self.quoted(at, written)));
    }

    fn truth_word(&self, at: &YamlPath, text: &str) {
        let message = format!("many tools read {text} as true or false, and this is a text");
        let found = Diagnostic::new(
            RuleId::BooleanText,
            self.reader.source.value_place(at),
            message,
        );
        let found = found.help(format!("put it in quotes: \"{text}\""));
        self.reader.report(found.maybe_fix(self.quoted(at, text)));
    }

    fn padded(&self, at: &YamlPath, trimmed: &str) {
        let place = self.reader.source.value_place(at);
        let written = self.reader.source.written(at);
        let quote = written
            .chars()
            .next()
            .filter(|quote| ['"', '\''].contains(quote) && written.ends_with(*quote));
        let inner = quote.and_then(|quote| written.strip_prefix(quote)?.strip_suffix(quote));
        let edit = quote
            .zip(inner.filter(|inner| inner.trim() == trimmed))
            .zip(place.span);
        let fix = edit.map(|((quote, _), span)| {
            Fix::safe(
                "take the spaces off",
                span,
                format!("{quote}{trimmed}{quote}"),
            )
        });
        let found = Diagnostic::new(
            RuleId::PaddedText,
            place,
            format!("`{at}` begins or ends in spaces"),
        );
        self.reader
            .report(found.help("take them off").maybe_fix(fix));
    }

    fn curly_quotes(&self, at: &YamlPath, text: &str) {
        let place = self.reader.source.value_place(at);
        let inner = text.trim_matches(['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}']);
        let fix = place
            .span
            .map(|span| Fix::suggested("write straight quotes", span, format!("\"{inner}\"")));
        let message = format!(
            "the curly quotes around `{at}` are a part of the text: YAML knows only straight ones"
        );
        let found = Diagnostic::new(RuleId::CurlyYamlQuote, place, message);
        self.reader.report(
            found
                .help("write \" instead, or no quotes at all")
                .maybe_fix(fix),
        );
    }

    /// Whoever knows the place must say whether a zero was lost; five digits only need their
    /// quotes.
    pub(super) fn unquoted_zip(&self, zip: &Located<String>) {
        let full = format!("{:0>5}", zip.value);
        let place = self.reader.source.value_place(&zip.at);
        let message = "this ZIP code is not in quotes, and YAML may read it as a number";
        let found = Diagnostic::new(RuleId::UnquotedZip, place, message)
            .help(format!("put it in quotes: \"{full}\""));
        let safety = if full == zip.value {
            Safety::Safe
        } else {
            Safety::Suggested
        };
        let fix = self.quoted(&zip.at, &full).map(|fix| Fix { safety, ..fix });
        self.reader.report(found.maybe_fix(fix));
    }

    /// The safe edit that writes a text in quotes in the place of a plain value.
    fn quoted(&self, at: &YamlPath, text: &str) -> Option<Fix> {
        let is_simple = !text.contains(['"', '\\', '\n', '\r']);
        let span = self
            .reader
            .source
            .value_place(at)
            .span
            .filter(|_| is_simple && self.reader.source.is_plain(at))?;
        Some(Fix::safe("put it in quotes", span, format!("\"{text}\"")))
    }
}

/// The words that readers of YAML 1.1 take for true or false, and YAML 1.2 for texts.
fn is_truth_word(text: &str) -> bool {
    ["yes", "no", "on", "off"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

/// `0123`: a text here, and a number of another value in many tools.
fn has_leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text stands between two curly quotes and holds no other.
fn is_in_curly_quotes(text: &str) -> bool {
    const QUOTES: [char; 4] = ['\u{201c}', '\u{201d}', '\u{2018}', '\u{2019}'];
    let inner = text
        .strip_prefix(QUOTES)
        .and_then(|rest| rest.strip_suffix(QUOTES));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(QUOTES))
}

/// Spaces of no width and the mark of the byte order.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}
