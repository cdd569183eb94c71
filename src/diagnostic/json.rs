//! Findings as JSON lines: one object a line, stable and documented, for tools.
//!
//! Every line has `rule`, `severity`, `message`, `path`; where a part of the file is meant, `line`, `column` (from 1, in
//! characters), `end_line`, `end_column` (one past the last character) and `offset`, `length` (in bytes); and `label`,
//! `notes`, `help`, `related` where there is something to say. New keys may be added; none is renamed or removed.

use serde::Serialize;

use super::lines::Lines;
use super::{Diagnostic, Place, Related};
use crate::source::SourceTree;

#[derive(Serialize)]
struct Line<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: PlaceFields<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedFields<'a>>,
}

#[derive(Serialize)]
struct RelatedFields<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: PlaceFields<'a>,
}

#[derive(Serialize)]
struct PlaceFields<'a> {
    path: &'a str,
    #[serde(flatten)]
    range: Option<RangeFields>,
}

#[derive(Serialize)]
struct RangeFields {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    offset: usize,
    length: usize,
}

/// Writes findings as JSON lines, in the order given.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &SourceTree) -> String {
    let lines = Lines::of(sources);
    diagnostics.iter().map(|found| line(found, &lines)).collect()
}

fn line(found: &Diagnostic, lines: &Lines<'_>) -> String {
    let line = Line {
        rule: found.rule.name(),
        severity: found.severity.word(),
        message: &found.message,
        place: place_fields(&found.place, lines),
        label: &found.label,
        notes: &found.notes,
        help: found.help.as_deref(),
        related: found.related.iter().map(|related| related_fields(related, lines)).collect(),
    };
    // Strings and numbers under string keys always serialise.
    serde_json::to_string(&line).map(|text| text + "\n").unwrap_or_default()
}

fn related_fields<'a>(related: &'a Related, lines: &Lines<'_>) -> RelatedFields<'a> {
    RelatedFields { text: &related.text, place: place_fields(&related.place, lines) }
}

fn place_fields<'a>(place: &'a Place, lines: &Lines<'_>) -> PlaceFields<'a> {
    let text = lines.text(&place.path);
    let range = place.span.zip(text).map(|(span, text)| {
        let span = span.within(text);
        let index = lines.index(&place.path, text);
        let (from, to) = (index.line_column(span.start), index.line_column(span.end));
        RangeFields {
            line: from.line,
            column: from.column,
            end_line: to.line,
            end_column: to.column,
            offset: span.start,
            length: span.end - span.start,
        }
    });
    PlaceFields { path: place.path.as_str(), range }
}
