//! Findings for people: the look of a compiler's, with the source line underlined.
//!
//! Owns the words and the layout of a finding in a terminal. Colours are left in; whoever prints strips them where the
//! terminal cannot show them.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::lines::Lines;
use super::{Diagnostic, Place, Severity};
use crate::source::{SourceTree, Span};

/// The longest piece of one source line that is shown on either side of a span, in bytes.
const CONTEXT: usize = 240;

/// Writes findings for a terminal, in the order given, with a blank line after each.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &SourceTree) -> String {
    let lines = Lines::of(sources);
    diagnostics.iter().map(|found| one(found, &lines) + "\n\n").collect()
}

fn one(found: &Diagnostic, lines: &Lines<'_>) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let primary = excerpt(&found.place, lines);
    let related: Vec<_> = found.related.iter().map(|other| (other, excerpt(&other.place, lines))).collect();
    let title = level.primary_title(one_line(&found.message)).id(found.rule.name());
    let mut group = Group::with_title(title);
    group = match &primary {
        Some(excerpt) => group.element(excerpt.snippet(AnnotationKind::Primary, &found.label)),
        None => group.element(Origin::path(found.place.path.as_str())),
    };
    for (other, excerpt) in &related {
        group = match excerpt {
            Some(excerpt) => group.element(excerpt.snippet(AnnotationKind::Context, &other.text)),
            None => group.element(Level::NOTE.message(format!("{}: {}", other.place.path, one_line(&other.text)))),
        };
    }
    for note in &found.notes {
        group = group.element(Level::NOTE.message(visible(note)));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    Renderer::styled().render(&[group])
}

/// The lines around a span, cut so that one enormous line does not fill the screen.
struct Excerpt<'a> {
    path: &'a str,
    text: &'a str,
    first_line: usize,
    span: Span,
}

impl<'a> Excerpt<'a> {
    fn snippet(&'a self, kind: AnnotationKind, label: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let range = self.span.start..self.span.end;
        let annotation = kind.span(range);
        let annotation = if label.is_empty() { annotation } else { annotation.label(one_line(label)) };
        Snippet::source(self.text).path(self.path).line_start(self.first_line).annotation(annotation)
    }
}

fn excerpt<'a, 's: 'a>(place: &'a Place, lines: &Lines<'s>) -> Option<Excerpt<'a>> {
    let text = lines.text(&place.path)?;
    let span = first_line_of(place.span?.within(text), text);
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = after.find(['\r', '\n']).map_or(text.len(), |at| span.end + at);
    let start = text.ceil_char_boundary(line_start.max(span.start.saturating_sub(CONTEXT)));
    let end = text.floor_char_boundary(line_end.min(span.end + CONTEXT));
    let first_line = lines.index(&place.path, text).line(span.start);
    let within = Span::new(span.start - start, span.end - start);
    Some(Excerpt { path: place.path.as_str(), text: &text[start..end], first_line, span: within })
}

/// A span over many lines is shown by its first line: what is wrong begins there.
fn first_line_of(span: Span, text: &str) -> Span {
    let shown = &text[span.start..span.end];
    let line = shown.find(['\r', '\n']).unwrap_or(shown.len()).min(text_limit(shown));
    Span::new(span.start, span.start + line)
}

fn text_limit(shown: &str) -> usize {
    shown.floor_char_boundary(CONTEXT)
}

fn one_line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// Control characters out of a page must not reach the terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
}
