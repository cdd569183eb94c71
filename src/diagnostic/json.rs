//! Findings as JSON lines: one object a line, stable and documented, for tools.
//!
//! Every line has `rule`, `severity`, `message`, `path`; where a part of the file is meant, `line`,
//! `column` (from 1, in characters), `end_line`, `end_column` (one past the last character) and
//! `offset`, `length` (in bytes); and `label`, `notes`, `help`, `related` where there is something
//! to say. A `fix` has a `label`, says whether it is `safe` to apply without a look, and lists
//! `edits` of the same file: `offset` and `length` of the bytes that go, and the `text` that comes.
//! New keys may be added; none is renamed or removed.

use serde::Serialize;

use super::lines::{self, Lines};
use super::{Diagnostic, Edit, Fix, Place, Related, Safety};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixFields<'a>>,
}

#[derive(Serialize)]
struct FixFields<'a> {
    label: &'a str,
    safe: bool,
    edits: Vec<EditFields<'a>>,
}

#[derive(Serialize)]
struct EditFields<'a> {
    offset: usize,
    length: usize,
    text: &'a str,
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
    lines::text(diagnostics, sources, line)
}

fn line(found: &Diagnostic, lines: &Lines<'_>) -> String {
    let line = Line {
        rule: found.rule.name(),
        severity: found.severity.word(),
        message: &found.message,
        place: place_fields(&found.place, lines),
        label: found.underline(),
        notes: found.notes(),
        help: found.help.as_deref(),
        related: found
            .related_places()
            .iter()
            .map(|related| related_fields(related, lines))
            .collect(),
        fix: found.fix.as_deref().map(fix_fields),
    };
    // Strings and numbers under string keys always serialise.
    serde_json::to_string(&line)
        .map(|text| text + "\n")
        .expect("a finding is texts and numbers")
}

fn fix_fields(fix: &Fix) -> FixFields<'_> {
    let edits = fix.edits.iter().map(edit_fields);
    FixFields {
        label: &fix.label,
        safe: fix.safety == Safety::Safe,
        edits: edits.collect(),
    }
}

fn edit_fields(edit: &Edit) -> EditFields<'_> {
    EditFields {
        offset: edit.span.start,
        length: edit.span.end - edit.span.start,
        text: &edit.text,
    }
}

fn related_fields<'a>(related: &'a Related, lines: &Lines<'_>) -> RelatedFields<'a> {
    RelatedFields {
        text: &related.text,
        place: place_fields(&related.place, lines),
    }
}

fn place_fields<'a>(place: &'a Place, lines: &Lines<'_>) -> PlaceFields<'a> {
    let range = place
        .span
        .zip(lines.text(&place.path))
        .and_then(|(span, text)| {
            let (from, to) = lines.range(&place.path, span)?;
            let span = span.within(text);
            Some(RangeFields {
                line: from.line,
                column: from.column,
                end_line: to.line,
                end_column: to.column,
                offset: span.start,
                length: span.end - span.start,
            })
        });
    PlaceFields {
        path: place.path.as_str(),
        range,
    }
}
