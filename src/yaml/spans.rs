//! Where the keys and values of a YAML text stand: one pass over the parser's events.
//!
//! This pass runs only when a finding has to point somewhere. It never decides what a value is.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::YamlPath;
use crate::source::Span;

/// Where one value stands, and its key.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    key: Option<Span>,
    value: Span,
    is_plain: bool,
}

/// The places of all values of a text.
#[derive(Clone, Debug, Default)]
pub struct Spans {
    found: HashMap<YamlPath, Found>,
    first_line: Span,
}

impl Spans {
    /// Finds all values of a text, up to its first fault.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self::read(text, |_| false)
    }

    /// Finds the values of a text up to the one at a path, and all where there is none. Only that
    /// path may be asked for.
    #[must_use]
    pub fn up_to(text: &str, path: &YamlPath) -> Self {
        Self::read(text, |spans| spans.found.contains_key(path))
    }

    fn read(text: &str, is_enough: impl Fn(&Self) -> bool) -> Self {
        let mut levels: Vec<Level> = Vec::new();
        let mut spans = Self {
            first_line: first_line(text),
            ..Self::default()
        };
        for (event, span) in events(text) {
            match event {
                Event::Scalar(name, ..) if expects_key(&levels) => {
                    take_key(&mut levels, name.into_owned(), span);
                }
                Event::Scalar(_, style, ..) => {
                    spans.value_ends(&mut levels, span, style == ScalarStyle::Plain);
                }
                Event::Alias(_) => spans.value_ends(&mut levels, span, false),
                Event::MappingStart(..) | Event::SequenceStart(..) => {
                    levels.push(Level::new(
                        span.start,
                        matches!(event, Event::MappingStart(..)),
                    ));
                }
                Event::MappingEnd | Event::SequenceEnd => {
                    let start = levels.pop().map_or(span.start, |level| level.start);
                    let end = start + text[start..span.end.max(start)].trim_end().len();
                    spans.value_ends(&mut levels, Span::new(start, end), false);
                }
                _ => {}
            }
            if is_enough(&spans) {
                break;
            }
        }
        spans
    }

    /// The span of the value at a path; of the nearest value around it where the path leads
    /// nowhere.
    #[must_use]
    pub fn value(&self, path: &YamlPath) -> Span {
        self.nearest(path).value
    }

    /// The span of the key whose value stands at a path; of the value itself for items of a list.
    #[must_use]
    pub fn key(&self, path: &YamlPath) -> Span {
        let found = self.nearest(path);
        found.key.unwrap_or(found.value)
    }

    /// Whether the value at a path is a plain scalar, without quotes.
    #[must_use]
    pub fn is_plain(&self, path: &YamlPath) -> bool {
        self.found.get(path).is_some_and(|found| found.is_plain)
    }

    fn nearest(&self, path: &YamlPath) -> Found {
        if let Some(found) = self.found.get(path) {
            return *found;
        }
        let mut around = std::iter::successors(path.around(), YamlPath::around);
        let around = around.find_map(|path| self.found.get(&path));
        around.map_or(
            Found {
                value: self.first_line,
                ..Found::default()
            },
            |found| Found {
                key: None,
                ..*found
            },
        )
    }

    /// Records a value that has been read whole: the next event is a key or the next item.
    fn value_ends(&mut self, levels: &mut [Level], value: Span, is_plain: bool) {
        let path = levels
            .iter()
            .fold(YamlPath::default(), |path, level| level.step(path));
        let key = levels
            .last()
            .filter(|level| level.is_mapping)
            .and_then(|level| level.key.as_ref());
        let key = key.map(|(_, span)| *span);
        self.found.entry(path).or_insert(Found {
            key,
            value,
            is_plain,
        });
        value_ends(levels);
    }
}

/// Two equal keys in one mapping.
pub(super) struct DuplicateKey {
    pub(super) first: Span,
    pub(super) second: Span,
}

/// The events of a text with byte spans, up to the first fault.
fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Span)> {
    // The parser counts characters.
    let offsets =
        (!text.is_ascii()).then(|| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>());
    let byte = move |chars: usize| match &offsets {
        Some(offsets) => offsets.get(chars).copied().unwrap_or(text.len()),
        None => chars.min(text.len()),
    };
    let read = Parser::new_from_str(text).map_while(Result::ok);
    read.map(move |(event, span)| {
        (
            event,
            Span::new(byte(span.start.index()), byte(span.end.index())),
        )
    })
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
        Self {
            start,
            key: None,
            expects_key: is_mapping,
            index: 0,
            is_mapping,
            seen: HashMap::new(),
        }
    }

    /// The way to the value that is being read, from the way to this one.
    fn step(&self, path: YamlPath) -> YamlPath {
        match &self.key {
            Some((key, _)) if self.is_mapping => path.key(key),
            _ if self.is_mapping => path,
            _ => path.index(self.index),
        }
    }

    /// A whole value has been read: the next event is a key or the next item.
    fn advance(&mut self) {
        self.index += 1;
        self.expects_key = self.is_mapping;
    }
}

/// Finds the first key that one mapping has twice.
pub(super) fn duplicate_key(text: &str) -> Option<DuplicateKey> {
    let mut levels: Vec<Level> = Vec::new();
    for (event, span) in events(text) {
        match event {
            Event::Scalar(name, ..) if expects_key(&levels) => {
                let level = levels.last_mut()?;
                if let Some(first) = level.seen.insert(name.to_string(), span) {
                    return Some(DuplicateKey {
                        first,
                        second: span,
                    });
                }
                take_key(&mut levels, name.into_owned(), span);
            }
            Event::Scalar(..) | Event::Alias(_) => value_ends(&mut levels),
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                levels.push(Level::new(
                    span.start,
                    matches!(event, Event::MappingStart(..)),
                ));
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

fn first_line(text: &str) -> Span {
    Span::new(0, text.find(['\n', '\r']).unwrap_or(text.len()))
}
