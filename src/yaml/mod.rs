//! YAML as values, with the places of their keys and scalars found on demand.
//!
//! Owns reading YAML text into [`serde_yaml::Value`]s, and finding the span of a value from the path that leads to it. A
//! reader asks for spans only when a finding needs them, so the second pass over the text costs nothing on good content.
//! Nothing here knows a schema.

mod faults;
mod spans;

use serde::{Deserialize, Serialize};
use std::fmt;

pub use faults::YamlFault;
pub use serde_yaml::{Mapping, Value};
pub use spans::Spans;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an item of a list, from 0.
    Index(usize),
}

/// The way from the top of a YAML text to a value: `sources[1].url`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// Reads YAML text; an empty text is an empty mapping.
///
/// # Errors
/// Text that is not YAML, a key written twice in one mapping, or aliases that unfold into too much.
pub fn parse(text: &str) -> Result<Value, Box<YamlFault>> {
    if let Some(at) = text.find(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}')) {
        return Err(Box::new(faults::control_character(text, at)));
    }
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => Ok(Value::Mapping(Mapping::new())),
        Ok(value) => Ok(value),
        Err(error) => Err(Box::new(faults::explain(text, &error))),
    }
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
