//! Findings for people: the look of a compiler's, with the source line underlined.
//!
//! Owns the words and the layout of a finding in a terminal, with colors or without.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use memchr::memchr;

use super::lines::{self, Lines};
use super::{Diagnostic, Place, RuleId, Severity};
use crate::source::{SourceTree, Span};

/// The longest piece of one source line that is shown on either side of a span, in bytes.
const CONTEXT: usize = 240;

/// How findings look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// In colors, as the codes of a terminal.
    Colored,
    /// In letters alone.
    Plain,
}

impl Look {
    fn renderer(self) -> Renderer {
        match self {
            Self::Colored => Renderer::styled(),
            Self::Plain => Renderer::plain(),
        }
    }
}

/// Writes findings for a terminal, in the order given, with a blank line after each; `root` is the
/// site's folder as seen from where the command runs, with a `/` at its end, or nothing.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &SourceTree, root: &str, look: Look) -> String {
    let renderer = look.renderer();
    lines::text(diagnostics, sources, |found, lines| {
        one(found, lines, root, &renderer) + "\n\n"
    })
}

/// Each finding by itself, without colors.
#[must_use]
pub fn render_each(diagnostics: &[Diagnostic], sources: &SourceTree) -> Vec<String> {
    let renderer = Look::Plain.renderer();
    lines::each(diagnostics, sources, |found, lines| {
        one(found, lines, "", &renderer)
    })
}

/// How often each rule was broken, the gravest and most frequent first, a line each.
#[must_use]
pub fn counts(diagnostics: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<(Reverse<Severity>, RuleId), usize> = BTreeMap::new();
    for found in diagnostics {
        *counts
            .entry((Reverse(found.severity), found.rule))
            .or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((severity, rule), count)| (*severity, Reverse(*count), *rule));
    let width = counts
        .iter()
        .map(|((_, rule), _)| rule.name().len())
        .max()
        .unwrap_or_default();
    let line = |((severity, rule), count): &((Reverse<Severity>, RuleId), usize)| {
        format!(
            "{count:>6}  {:width$}  {}\n",
            rule.name(),
            severity.0.word()
        )
    };
    counts.iter().map(line).collect()
}

fn one(found: &Diagnostic, lines: &Lines<'_>, root: &str, renderer: &Renderer) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let primary = excerpt(&found.place, lines, root);
    let related: Vec<_> = found
        .related_places()
        .iter()
        .map(|other| (other, excerpt(&other.place, lines, root)))
        .collect();
    let title = level
        .primary_title(one_line(&found.message))
        .id(found.rule.name());
    let mut group = Group::with_title(title);
    group = match &primary {
        Some(excerpt) => excerpt.put(group, AnnotationKind::Primary, found.underline()),
        None => group.element(Origin::path(visible(&format!(
            "{root}{}",
            found.place.path
        )))),
    };
    for (other, excerpt) in &related {
        group = match excerpt {
            Some(excerpt) => excerpt.put(group, AnnotationKind::Context, &other.text),
            None => group.element(Level::NOTE.message(one_line(&format!(
                "{root}{}: {}",
                other.place.path, other.text
            )))),
        };
    }
    for note in found.notes() {
        group = group.element(Level::NOTE.message(visible(note)));
    }
    if let Some(help) = &found.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    renderer.render(&[group])
}

/// The lines around a span, cut so that one enormous line does not fill the screen, and fit for a
/// terminal.
struct Excerpt {
    path: String,
    text: String,
    first_line: usize,
    span: Span,
    /// The column of the span, where the line is cut before it.
    column: Option<usize>,
}

impl Excerpt {
    /// Puts the excerpt into a group.
    fn put<'a>(&'a self, group: Group<'a>, kind: AnnotationKind, label: &'a str) -> Group<'a> {
        let snippet = self.snippet(kind, label);
        match self.column {
            None => group.element(snippet.path(self.path.as_str())),
            // The renderer counts columns from the beginning of what it is shown.
            Some(column) => {
                let place = Origin::path(self.path.as_str())
                    .line(self.first_line)
                    .char_column(column);
                group.element(place).element(snippet)
            }
        }
    }

    fn snippet<'a>(
        &'a self,
        kind: AnnotationKind,
        label: &'a str,
    ) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let range = self.span.start..self.span.end;
        let annotation = kind.span(range);
        let annotation = if label.is_empty() {
            annotation
        } else {
            annotation.label(one_line(label))
        };
        Snippet::source(self.text.as_str())
            .line_start(self.first_line)
            .annotation(annotation)
    }
}

fn excerpt(place: &Place, lines: &Lines<'_>, root: &str) -> Option<Excerpt> {
    let text = lines.text(&place.path)?;
    let span = first_line_of(place.span?.within(text), text);
    let (before, after) = (&text[..span.start], &text[span.end..]);
    // Looks no further than what is shown: a line may be enormous.
    let near = &before[text.ceil_char_boundary(span.start.saturating_sub(CONTEXT))..];
    let start = span.start
        - near
            .rfind('\n')
            .map_or(near.len(), |at| near.len() - at - 1);
    let near = &after[..after.floor_char_boundary(CONTEXT)];
    let end = span.end + near.find(['\r', '\n']).unwrap_or(near.len());
    let at = lines.index(&place.path, text).line_column(span.start);
    let is_cut = start > 0 && !text[..start].ends_with('\n');
    let path = visible(&format!("{root}{}", place.path));
    let before = visible_source(&text[start..span.start]);
    let shown = visible_source(&text[span.start..span.end]);
    let after = visible_source(&text[span.end..end]);
    let span = Span::new(before.len(), before.len() + shown.len());
    let column = is_cut.then_some(at.column);
    Some(Excerpt {
        path,
        text: before + &shown + &after,
        first_line: at.line,
        span,
        column,
    })
}

/// A span over many lines is shown by its first line: what is wrong begins there.
fn first_line_of(span: Span, text: &str) -> Span {
    let shown = &text[span.start..span.end];
    let line = shown
        .find(['\r', '\n'])
        .unwrap_or(shown.len())
        .min(text_limit(shown));
    Span::new(span.start, span.start + line)
}

fn text_limit(shown: &str) -> usize {
    shown.floor_char_boundary(CONTEXT)
}

fn one_line(text: &str) -> String {
    visible(text).replace('\n', " ")
}

/// The first byte of the control characters beyond ASCII, U+0080 to U+009F, in UTF-8.
const CONTROLS_BEYOND_ASCII: u8 = 0xc2;

/// Control characters out of a page must not reach the terminal.
fn visible(text: &str) -> String {
    let is_visible = |byte: u8| {
        (byte == b'\n' || byte >= b' ') && byte != b'\x7f' && byte != CONTROLS_BEYOND_ASCII
    };
    if text.bytes().all(is_visible) {
        return text.to_owned();
    }
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

/// A piece of a source file as it is shown: the renderer has signs of its own for ASCII's control
/// characters and spaces for tabs, and lets the others through.
fn visible_source(text: &str) -> String {
    if memchr(CONTROLS_BEYOND_ASCII, text.as_bytes()).is_none() {
        return text.to_owned();
    }
    text.chars()
        .map(|c| {
            if c.is_control() && !c.is_ascii() {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}
