//! Findings as SARIF 2.1.0, for code scanning and editors.
//!
//! Format: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS Standard, 27
//! March 2020. Columns count Unicode code points, from 1. Files are named relative to the
//! repository (`%SRCROOT%`). A fingerprint of a result survives moved lines, as that of a baseline
//! does.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;
use serde_json::{Value, json};

use super::baseline::fingerprint;
use super::lines::{self, Lines};
use super::{Diagnostic, Fix, Level, Place, RuleId};
use crate::source::{SourceTree, Span};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What may not stand in the path of a URI as it is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What a viewer shows about a rule.
#[derive(Clone, Debug)]
pub struct RuleHelp {
    /// The rule.
    pub id: RuleId,
    /// What a finding says, in one sentence.
    pub summary: &'static str,
    /// Its documentation in Markdown.
    pub markdown: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    short_description: Text<'a>,
    help: Help<'a>,
    default_configuration: Value,
}

#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Help<'a> {
    text: &'a str,
    markdown: &'a str,
}

/// Writes findings as one SARIF log, in the order given; `root` is the site's folder within the
/// repository, with a `/` at its end, or nothing.
#[must_use]
pub fn render(
    diagnostics: &[Diagnostic],
    sources: &SourceTree,
    root: &str,
    rules: &[RuleHelp],
) -> String {
    let rules_shown: Vec<_> = rules.iter().map(descriptor).collect();
    let driver = json!({
        "name": "Pamphlet",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules_shown,
    });
    let run = json!({
        "tool": { "driver": driver },
        "columnKind": "unicodeCodePoints",
        "results": [],
    });
    let log = json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] });
    // Strings and numbers under string keys always serialise.
    let log = serde_json::to_string_pretty(&log)
        .map(|text| text + "\n")
        .expect("a log is texts and numbers");
    let result = |found: &Diagnostic, lines: &Lines<'_>| {
        format!("        {},\n", Log { lines, root, rules }.result(found))
    };
    let results = lines::text(diagnostics, sources, result);
    with_results(&log, results.trim_end_matches(",\n"))
}

/// A log with its results, a line each: as values, those of a large site would take ten times their
/// room.
fn with_results(log: &str, results: &str) -> String {
    // No text of the log reads so, for its quotation marks are escaped.
    match log
        .split_once("\"results\": []")
        .filter(|_| !results.is_empty())
    {
        Some((head, tail)) => format!("{head}\"results\": [\n{results}\n      ]{tail}"),
        None => log.to_owned(),
    }
}

fn descriptor(rule: &RuleHelp) -> Descriptor<'_> {
    let level = rule.id.default_level();
    let (enabled, level) = (level != Level::Off, level.severity().word());
    Descriptor {
        id: rule.id.name(),
        short_description: Text { text: rule.summary },
        help: Help {
            text: &rule.markdown,
            markdown: &rule.markdown,
        },
        default_configuration: json!({ "enabled": enabled, "level": level }),
    }
}

struct Log<'a, 's> {
    lines: &'a Lines<'s>,
    root: &'a str,
    rules: &'a [RuleHelp],
}

impl Log<'_, '_> {
    fn result(&self, found: &Diagnostic) -> Value {
        let mut result = json!({
            "ruleId": found.rule.name(),
            "level": found.severity.word(),
            "message": { "text": message(found) },
            "locations": [self.location(&found.place, found.underline())],
            "partialFingerprints": { "pamphlet/v1": fingerprint(found, self.lines.sources()) },
        });
        if let Some(at) = self.rules.iter().position(|rule| rule.id == found.rule) {
            result["ruleIndex"] = json!(at);
        }
        if !found.related_places().is_empty() {
            let related = found
                .related_places()
                .iter()
                .map(|related| self.location(&related.place, &related.text));
            result["relatedLocations"] = related.collect();
        }
        if let Some(fix) = &found.fix {
            result["fixes"] = json!([self.fix(found, fix)]);
        }
        result
    }

    fn artifact(&self, place: &Place) -> Value {
        let path = format!("{}{}", self.root, place.path);
        json!({ "uri": utf8_percent_encode(&path, PATH).to_string(), "uriBaseId": "%SRCROOT%" })
    }

    fn location(&self, place: &Place, text: &str) -> Value {
        let mut physical = json!({ "artifactLocation": self.artifact(place) });
        if let Some(region) = place.span.and_then(|span| self.region(place, span)) {
            physical["region"] = region;
        }
        let mut location = json!({ "physicalLocation": physical });
        if !text.is_empty() {
            location["message"] = json!({ "text": text });
        }
        location
    }

    fn region(&self, place: &Place, span: Span) -> Option<Value> {
        let (from, to) = self.lines.range(&place.path, span)?;
        Some(json!({
            "startLine": from.line,
            "startColumn": from.column,
            "endLine": to.line,
            "endColumn": to.column,
        }))
    }

    fn fix(&self, found: &Diagnostic, fix: &Fix) -> Value {
        let replacement = |edit: &super::Edit| {
            let region = self.region(&found.place, edit.span)?;
            Some(json!({ "deletedRegion": region, "insertedContent": { "text": edit.text } }))
        };
        let replacements: Vec<Value> = fix.edits.iter().filter_map(replacement).collect();
        json!({
            "description": { "text": fix.label },
            "artifactChanges": [{ "artifactLocation": self.artifact(&found.place), "replacements": replacements }],
        })
    }
}

/// What is wrong, with notes and what to do: viewers show one text.
fn message(found: &Diagnostic) -> String {
    let mut text = found.message.clone().into_owned();
    for note in found.notes() {
        text += &format!("\nNote: {note}");
    }
    if let Some(help) = &found.help {
        text += &format!("\nHelp: {help}");
    }
    text
}
