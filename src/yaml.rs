//! YAML as values, with the places of their keys and scalars found on demand.
//!
//! Owns reading YAML text into [`serde_yaml::Value`]s, and finding the span of a value from the
//! path that leads to it. A reader asks for spans only when a finding needs them, so the second
//! pass over the text costs nothing on good content. Nothing here knows a schema.

mod faults;
mod spans;

use serde::{Deserialize, Serialize};
use std::fmt::{self, Write};

pub use faults::YamlFault;
pub use serde_yaml::{Mapping, Value};
pub use spans::Spans;

/// One step from a value to a value inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'p> {
    /// To the value of a key.
    Key(&'p str),
    /// To an item of a list, by its number from 0.
    Index(&'p str),
}

/// The way from the top of a YAML text to a value: `sources[1].url`.
///
/// One text, for every value of every page has a path: each step begins with its mark, a character
/// that YAML holds only as an escape. A key with one may be pointed to in the wrong place, and no
/// more.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct YamlPath(String);

/// The marks of steps.
const KEY: char = '\u{1}';
const INDEX: char = '\u{2}';

impl YamlPath {
    /// The way to the value of a key of this value.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut path = self.with_room(key.len());
        path.0.push(KEY);
        path.0.push_str(key);
        path
    }

    /// The way to an item of this list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        let mut path = self.with_room(2);
        // A text takes whatever is written to it.
        let _ = write!(path.0, "{INDEX}{index}");
        path
    }

    fn with_room(&self, room: usize) -> Self {
        let mut path = String::with_capacity(self.0.len() + KEY.len_utf8() + room);
        path.push_str(&self.0);
        Self(path)
    }

    /// The way to the value around this one; nothing at the top.
    fn around(&self) -> Option<Self> {
        self.0
            .rfind([KEY, INDEX])
            .map(|at| Self(self.0[..at].to_owned()))
    }

    /// Whether it leads to a value of the mapping at the top.
    #[must_use]
    pub fn is_key_of_top(&self) -> bool {
        self.0.starts_with(KEY) && !self.0[KEY.len_utf8()..].contains([KEY, INDEX])
    }

    /// The steps, outermost first.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            let mark = rest.chars().next()?;
            let step = &rest[mark.len_utf8()..];
            let (step, after) = step.split_at(step.find([KEY, INDEX]).unwrap_or(step.len()));
            rest = after;
            Some(if mark == INDEX {
                Step::Index(step)
            } else {
                Step::Key(step)
            })
        })
    }
}

impl fmt::Display for YamlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In a file that is a list, the place says which entry is meant.
        let is_shown = |(at, step): &(usize, Step<'_>)| *at > 0 || matches!(step, Step::Key(_));
        for (number, (_, step)) in self.steps().enumerate().filter(is_shown).enumerate() {
            match step {
                Step::Key(key) if number == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Reads YAML text; an empty text is an empty mapping.
///
/// # Errors
/// Text that is not YAML, a key written twice in one mapping, or aliases that unfold into too much.
pub fn parse(text: &str) -> Result<Value, Box<YamlFault>> {
    if let Some(at) = control_character(text) {
        return Err(Box::new(faults::control_character(text, at)));
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => Ok(Value::Mapping(Mapping::new())),
        Ok(value) => Ok(value),
        Err(error) => Err(Box::new(faults::explain(text, &error))),
    }
}

/// Where a character stands that YAML holds only as an escape. Bytes show first that most texts
/// have none: all of them are asked, for so the processor can ask many at once.
fn control_character(text: &str) -> Option<usize> {
    let may_be = |byte: u8| (byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t')) || byte >= 0x7f;
    if !text.bytes().fold(false, |found, byte| found | may_be(byte)) {
        return None;
    }
    text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}'))
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn paths_read_as_people_write_them() {
        let top = YamlPath::default();
        let check = |path: &YamlPath, expected: &str| assert_eq!(path.to_string(), expected);
        check(&top, "");
        check(&top.key("sources").index(11).key("url"), "sources[11].url");
        check(&top.index(0), "");
        check(&top.index(0).key("id"), "id");
        check(&top.key("").key("é"), ".é");
        assert_eq!(top.key("a").index(2).around(), Some(top.key("a")));
        assert_eq!(top.around(), None);
        let steps: Vec<_> = top
            .key("a")
            .index(12)
            .steps()
            .map(|step| format!("{step:?}"))
            .collect();
        assert_eq!(steps, [r#"Key("a")"#, r#"Index("12")"#]);
    }

    #[test]
    fn spans_of_values_and_keys() {
        let text = "title: é \"x\"\nsources:\n  - title: A\n    url: 'http://x'\n  - {title: B}\n";
        let check = |path: YamlPath, key: &str, value: &str| {
            for spans in [Spans::of(text), Spans::up_to(text, &path)] {
                let (k, v) = (spans.key(&path), spans.value(&path));
                assert_eq!(
                    (&text[k.start..k.end], &text[v.start..v.end]),
                    (key, value),
                    "{path}"
                );
            }
        };
        let top = YamlPath::default();
        check(top.key("title"), "title", "é \"x\"");
        check(top.key("missing"), text.trim_end(), text.trim_end());
        check(top.key("sources").index(0).key("url"), "url", "'http://x'");
        check(top.key("sources").index(1).key("title"), "title", "B");
        check(
            top.key("sources").index(0).key("missing"),
            "title: A\n    url: 'http://x'",
            "title: A\n    url: 'http://x'",
        );
    }
}
