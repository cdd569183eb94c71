//! YAML as values, with the places of their keys and scalars found on demand.
//!
//! Owns reading YAML text into [`serde_yaml::Value`]s, and finding the span of a value from the path that leads to it. A
//! reader asks for spans only when a finding needs them, so the second pass over the text costs nothing on good content.
//! Nothing here knows a schema.

mod spans;

use std::fmt;

pub use serde_yaml::{Mapping, Value};
pub use spans::Spans;

use crate::source::Span;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list, from 0.
    Index(usize),
}

/// The way from the top of a YAML text to a value: `sources[1].url`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YamlPath(Vec<Step>);

impl YamlPath {
    /// The way to the value of a key of this value.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Step::Key(key.to_owned()))
    }

    /// The way to an item of this list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    fn then(&self, step: Step) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }

    /// The steps, outermost first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl fmt::Display for YamlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In a file that is a list, the place says which entry is meant.
        let steps = if let [Step::Index(_), rest @ ..] = self.0.as_slice() { rest } else { &self.0 };
        for (at, step) in steps.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlFault {
    /// What is wrong, in a few words.
    pub message: String,
    /// Where the reader stumbled.
    pub span: Span,
    /// What to do, where that is known.
    pub help: Option<&'static str>,
    /// Where the first of two equal keys stands.
    pub first: Option<Span>,
}

/// Reads YAML text; an empty text is an empty mapping.
///
/// # Errors
/// Text that is not YAML, a key written twice in one mapping, or aliases that unfold into too much.
pub fn parse(text: &str) -> Result<Value, YamlFault> {
    if let Some(at) = text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')) {
        return Err(control_character(text, at));
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => Ok(Value::Mapping(Mapping::new())),
        Ok(value) => Ok(value),
        Err(error) => Err(explain(text, &error)),
    }
}

fn control_character(text: &str, at: usize) -> YamlFault {
    let found = text[at..].chars().next().map_or(0, u32::from);
    YamlFault {
        message: format!("a control character (U+{found:04X}) stands in the YAML"),
        span: Span::new(at, at + 1).within(text),
        help: Some("delete it; it may have come with a copied text"),
        first: None,
    }
}

fn explain(text: &str, error: &serde_yaml::Error) -> YamlFault {
    if let Some(twice) = spans::duplicate_key(text) {
        let key = text.get(twice.second.start..twice.second.end).unwrap_or_default();
        return YamlFault {
            message: format!("the key `{key}` is written twice"),
            span: twice.second,
            help: Some("keep one of the two"),
            first: Some(twice.first),
        };
    }
    let at = error.location().map_or(0, |place| byte_offset(text, place.line(), place.column()));
    if let Some(fault) = tab_fault(text, at) {
        return fault;
    }
    let message = plain_words(&error.to_string());
    let end = text[at..].find(['\n', '\r']).map_or(text.len(), |line| at + line);
    let help = help(&message);
    YamlFault { message, span: Span::new(at, end).within(text), help, first: None }
}

/// A tab among the spaces that begin a line is the commonest fault, and the parser's words for it help nobody.
fn tab_fault(text: &str, at: usize) -> Option<YamlFault> {
    let from = text[..at].rfind('\n').map_or(0, |line| text[..line].rfind('\n').map_or(0, |line| line + 1));
    let mut start = from;
    for line in text[from..].split_inclusive('\n').take(3) {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            let span = Span::new(start + tab, start + tab + 1);
            let help = Some("indent with spaces: YAML allows no tabs there");
            return Some(YamlFault { message: "a tab stands in the indentation".into(), span, help, first: None });
        }
        start += line.len();
    }
    None
}

/// What the commonest of the parser's messages come from.
fn help(message: &str) -> Option<&'static str> {
    if message.contains("unexpected end of stream") {
        return Some("a quote or a bracket above is never closed; close it");
    }
    let of_texts = ["mapping values are not allowed", "did not find expected", "cannot start any token"];
    let is_text = of_texts.iter().any(|part| message.contains(part));
    is_text.then_some("put the whole text in double quotes, if it has a colon, a quote or another sign of YAML in it")
}

/// Takes the place off the end of a parser's message, for the finding has its own.
fn plain_words(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or(message);
    message.strip_prefix(": ").unwrap_or(message).to_owned()
}

/// The byte offset of a line and column, both from 1 and the column in characters.
fn byte_offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start..];
    let column = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    start + column
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (String, String) {
        let fault = parse(text).expect_err("a fault");
        (fault.message.clone(), text[fault.span.start..fault.span.end].to_owned())
    }

    #[test]
    fn faults_are_named_and_placed() {
        let check = |text: &str, message: &str, spanned: &str| {
            assert_eq!(fault(text), (message.to_owned(), spanned.to_owned()), "{text:?}");
        };
        check("a: 1\nb: 2\na: 3\n", "the key `a` is written twice", "a");
        check("x:\n  é: 1\n  y: {b: 1, b: 2}\n", "the key `b` is written twice", "b");
        check("a: \u{0}\n", "a control character (U+0000) stands in the YAML", "\u{0}");
        check("list:\n\t- a\n", "a tab stands in the indentation", "\t");
    }

    #[test]
    fn an_alias_bomb_is_a_fault() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let item = format!("*a{}, ", level - 1).repeat(9);
            text += &format!("a{level}: &a{level} [{}]\n", item.trim_end_matches(", "));
        }
        assert!(parse(&text).is_err());
    }

    #[test]
    fn spans_of_values_and_keys() {
        let text = "title: é \"x\"\nsources:\n  - title: A\n    url: 'http://x'\n  - {title: B}\n";
        let check = |path: YamlPath, key: &str, value: &str| {
            let spans = Spans::of(text);
            let (k, v) = (spans.key(&path), spans.value(&path));
            assert_eq!((&text[k.start..k.end], &text[v.start..v.end]), (key, value), "{path}");
        };
        let top = YamlPath::default();
        check(top.key("title"), "title", "é \"x\"");
        check(top.key("sources").index(0).key("url"), "url", "'http://x'");
        check(top.key("sources").index(1).key("title"), "title", "B");
        check(
            top.key("sources").index(0).key("missing"),
            "title: A\n    url: 'http://x'",
            "title: A\n    url: 'http://x'",
        );
    }
}
