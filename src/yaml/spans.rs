//! Where the keys and values of a YAML text stand: one pass over the parser's events.
//!
//! This pass runs only when a finding has to point somewhere. It never decides what a value is.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::{Step, YamlPath};
use crate::source::Span;

/// What the pass found at the end of a path.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) key: Option<Span>,
    pub(super) value: Span,
    pub(super) plain: bool,
}

/// Two equal keys in one mapping.
pub(super) struct DuplicateKey {
    pub(super) first: Span,
    pub(super) second: Span,
}

/// The events of a text with byte spans, up to the first fault.
fn events(text: &str) -> Vec<(Event<'_>, Span)> {
    let mut offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    offsets.push(text.len());
    let byte = |chars: usize| offsets.get(chars).copied().unwrap_or(text.len());
    let read = Parser::new_from_str(text).map_while(Result::ok);
    read.map(|(event, span)| (event, Span::new(byte(span.start.index()), byte(span.end.index())))).collect()
}

/// An open mapping or list.
struct Level {
    start: usize,
    key: Option<(String, Span)>,
    expects_key: bool,
    index: usize,
    is_mapping: bool,
    seen: HashMap<String, Span>,
}

impl Level {
    fn new(start: usize, is_mapping: bool) -> Self {
        Self { start, key: None, expects_key: is_mapping, index: 0, is_mapping, seen: HashMap::new() }
    }

    fn matches(&self, step: &Step) -> bool {
        match (step, &self.key) {
            (Step::Key(wanted), Some((key, _))) => self.is_mapping && wanted == key,
            (Step::Index(wanted), _) => !self.is_mapping && *wanted == self.index,
            (Step::Key(_), None) => false,
        }
    }

    /// A whole value has been read: the next event is a key or the next item.
    fn advance(&mut self) {
        self.index += 1;
        self.expects_key = self.is_mapping;
    }
}

/// Finds the value at a path, or the nearest one around it.
pub(super) fn locate(text: &str, path: &YamlPath) -> Found {
    let mut levels: Vec<Level> = Vec::new();
    let mut best = (0, Found { value: first_line(text), ..Found::default() });
    for (event, span) in events(text) {
        match event {
            Event::Scalar(name, ..) if expects_key(&levels) => take_key(&mut levels, name.into_owned(), span),
            Event::Scalar(_, style, ..) => {
                improve(&mut best, &levels, path, span, style == ScalarStyle::Plain);
                value_ends(&mut levels);
            }
            Event::Alias(_) => {
                improve(&mut best, &levels, path, span, false);
                value_ends(&mut levels);
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                levels.push(Level::new(span.start, matches!(event, Event::MappingStart(..))));
            }
            Event::MappingEnd | Event::SequenceEnd => {
                let start = levels.pop().map_or(span.start, |level| level.start);
                let end = start + text[start..span.end.max(start)].trim_end().len();
                improve(&mut best, &levels, path, Span::new(start, end), false);
                value_ends(&mut levels);
            }
            _ => {}
        }
    }
    best.1
}

/// Finds the first key that one mapping has twice.
pub(super) fn duplicate_key(text: &str) -> Option<DuplicateKey> {
    let mut levels: Vec<Level> = Vec::new();
    for (event, span) in events(text) {
        match event {
            Event::Scalar(name, ..) if expects_key(&levels) => {
                let level = levels.last_mut()?;
                if let Some(first) = level.seen.insert(name.to_string(), span) {
                    return Some(DuplicateKey { first, second: span });
                }
                take_key(&mut levels, name.into_owned(), span);
            }
            Event::Scalar(..) | Event::Alias(_) => value_ends(&mut levels),
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                levels.push(Level::new(span.start, matches!(event, Event::MappingStart(..))));
            }
            Event::MappingEnd | Event::SequenceEnd => {
                levels.pop();
                value_ends(&mut levels);
            }
            _ => {}
        }
    }
    None
}

fn expects_key(levels: &[Level]) -> bool {
    levels.last().is_some_and(|level| level.expects_key)
}

fn take_key(levels: &mut [Level], name: String, span: Span) {
    if let Some(level) = levels.last_mut() {
        level.key = Some((name, span));
        level.expects_key = false;
    }
}

fn value_ends(levels: &mut [Level]) {
    if let Some(level) = levels.last_mut() {
        level.advance();
    }
}

/// Keeps a value if it lies on the path and deeper than what was found so far.
fn improve(best: &mut (usize, Found), levels: &[Level], path: &YamlPath, value: Span, plain: bool) {
    let steps = path.steps();
    let on_path = levels.len() <= steps.len() && levels.iter().zip(steps).all(|(level, step)| level.matches(step));
    if on_path && (levels.len() > best.0 || best.0 == 0) {
        let key = (levels.len() == steps.len()).then(|| levels.last()?.key.as_ref().map(|(_, span)| *span)).flatten();
        let key = if levels.last().is_some_and(|level| level.is_mapping) { key } else { None };
        *best = (levels.len(), Found { key, value, plain });
    }
}

fn first_line(text: &str) -> Span {
    Span::new(0, text.find(['\n', '\r']).unwrap_or(text.len()))
}
