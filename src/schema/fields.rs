//! The fields of one mapping, each asked for by name and type.

use std::borrow::Cow;
use std::cell::RefCell;

use jiff::civil::Date;

use super::values::{self, Located};
use super::{Reader, did_you_mean, phone_href};
use crate::diagnostic::{Diagnostic, Fix, RuleId};
use crate::yaml::{Mapping, Step, Value, YamlPath};

/// The years that a page can speak of; any other is a slip.
const YEARS: std::ops::Range<i16> = 1900..2200;

/// One mapping, read field by field; [`Fields::finish`] reports the keys that nobody asked for.
#[derive(Debug)]
pub struct Fields<'r> {
    pub(super) reader: &'r Reader,
    map: &'r Mapping,
    path: YamlPath,
    known: RefCell<Vec<&'static str>>,
}

impl<'r> Fields<'r> {
    pub(super) fn new(reader: &'r Reader, map: &'r Mapping, path: YamlPath) -> Self {
        Self {
            reader,
            map,
            path,
            known: RefCell::default(),
        }
    }

    /// The way to this mapping.
    #[must_use]
    pub fn path(&self) -> &YamlPath {
        &self.path
    }

    /// The value of a key: a mapping has so few that to look at each is faster than to hash the
    /// key.
    fn at(&self, key: &str) -> Option<&'r Value> {
        self.map
            .iter()
            .find(|(name, _)| name.as_str() == Some(key))
            .map(|(_, value)| value)
    }

    fn value(&self, key: &'static str) -> Option<&'r Value> {
        self.known.borrow_mut().push(key);
        self.at(key).filter(|value| !value.is_null())
    }

    /// Whether a key is there with a value.
    #[must_use]
    pub fn has_value(&self, key: &str) -> bool {
        self.at(key).is_some_and(|value| !value.is_null())
    }

    /// A text, if there is one.
    #[must_use]
    pub fn text(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.value(key)?;
        self.as_text(value, self.path.key(key))
    }

    /// A text that must be there and not be blank.
    #[must_use]
    pub fn required_text(&self, key: &'static str) -> Option<Located<String>> {
        let found = self.text(key);
        match &found {
            None if self.at(key).is_none_or(Value::is_null) => self.missing(key),
            Some(text) if text.value.trim().is_empty() => {
                let message = format!("`{}` is empty", text.at);
                self.report_key(
                    RuleId::MissingField,
                    key,
                    message,
                    "write it, on the same line after the colon",
                );
            }
            _ => {}
        }
        found
    }

    /// A list of texts; one text alone is a list of one.
    #[must_use]
    pub fn texts(&self, key: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let path = self.path.key(key);
        let Value::Sequence(items) = value else {
            return self.as_text(value, path).into_iter().collect();
        };
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| self.as_text(item, path.index(index)))
            .collect()
    }

    /// `true` or `false`.
    #[must_use]
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        match self.value(key)? {
            Value::Bool(value) => Some(*value),
            other => {
                let path = self.path.key(key);
                self.reader
                    .wrong_type(&path, "true or false, without quotes", other);
                None
            }
        }
    }

    /// A number.
    #[must_use]
    pub fn number(&self, key: &'static str) -> Option<Located<f64>> {
        let at = self.path.key(key);
        match self.value(key)? {
            Value::Number(number) => number.as_f64().map(|value| Located { value, at }),
            other => {
                self.reader
                    .wrong_type(&at, "a number, without quotes", other);
                None
            }
        }
    }

    /// A date, `YYYY-MM-DD`.
    #[must_use]
    pub fn date(&self, key: &'static str) -> Option<Date> {
        let text = self.word(key, "a date, as 2026-03-01")?;
        let well_formed = text.value.len() == 10;
        let date = text.value.parse::<Date>().ok().filter(|_| well_formed);
        if let Some(date) = date.filter(|date| !YEARS.contains(&date.year())) {
            let message = format!("`{}` is in the year {}", text.at, date.year());
            self.report(RuleId::BadDate, &text.at, message, "check the year");
            return None;
        }
        if date.is_none() {
            self.no_date(&text);
        }
        date
    }

    fn no_date(&self, text: &Located<String>) {
        let message = format!("`{}` is no date: {:?}", text.at, text.value);
        let place = self.reader.source.value_place(&text.at);
        let found = Diagnostic::new(RuleId::BadDate, place.clone(), message);
        let day = text
            .value
            .get(..10)
            .filter(|day| day.parse::<Date>().is_ok());
        let has_time = text
            .value
            .get(10..)
            .is_some_and(|rest| rest.starts_with([' ', 'T', 't']));
        self.reader
            .report(match (day.filter(|_| has_time), place.span) {
                (Some(day), Some(span)) => {
                    let fix = Fix::suggested("write the day only", span, day);
                    found.help(format!("write the day only: {day}")).fix(fix)
                }
                _ => found.help("write a day that exists as YYYY-MM-DD: 2026-03-01"),
            });
    }

    /// A date that must be there.
    #[must_use]
    pub fn required_date(&self, key: &'static str) -> Option<Date> {
        if !self.has_value(key) {
            // Asked for, so that it is no unknown key.
            let _ = self.value(key);
            self.missing(key);
            return None;
        }
        self.date(key)
    }

    /// A text of one of a few forms, as it is written: a date, a level. No trap of YAML can change
    /// it, for whoever asks knows the form; `wanted` says what belongs there.
    #[must_use]
    pub fn word(&self, key: &'static str, wanted: &str) -> Option<Located<String>> {
        self.as_written(self.value(key)?, self.path.key(key), wanted)
    }

    fn as_written(&self, value: &Value, at: YamlPath, wanted: &str) -> Option<Located<String>> {
        match value {
            Value::String(text) => Some(Located {
                value: self.without_padding(text, &at).to_owned(),
                at,
            }),
            Value::Number(_) | Value::Bool(_) => {
                let value = self.reader.source.written(&at).to_owned();
                Some(Located { value, at })
            }
            other => {
                self.reader.wrong_type(&at, wanted, other);
                None
            }
        }
    }

    /// A ZIP code; one that is not quoted is a finding, for YAML may read it as a number and drop
    /// its zeros.
    #[must_use]
    pub fn zip(&self, key: &'static str) -> Option<Located<String>> {
        let at = self.path.key(key);
        let Some(value) = self.value(key) else {
            self.missing(key);
            return None;
        };
        let text = self.as_written(value, at, "a ZIP code, in quotes")?;
        let is_plain = self.reader.source.is_plain(&text.at);
        let lost_a_zero = is_plain
            && matches!(text.value.len(), 3 | 4)
            && text.value.bytes().all(|b| b.is_ascii_digit());
        if is_plain && (values::is_zip(&text.value) || lost_a_zero) {
            self.unquoted_zip(&text);
        } else if !values::is_zip(&text.value) {
            let message = format!("`{}` is no ZIP code: {:?}", text.at, text.value);
            self.report(
                RuleId::BadZip,
                &text.at,
                message,
                "write five digits (\"21218\") or ZIP+4 (\"21218-1234\")",
            );
        }
        Some(text)
    }

    /// A phone number, as people write it.
    #[must_use]
    pub fn phone(&self, key: &'static str) -> Option<Located<String>> {
        let text = self.text(key)?;
        if phone_href(&text.value).is_none() {
            let message = format!("`{}` is no phone number: {:?}", text.at, text.value);
            self.report(
                RuleId::BadValue,
                &text.at,
                message,
                "write digits and hyphens: 410-555-0100",
            );
        }
        Some(text)
    }

    /// A web address with `http` or `https`.
    #[must_use]
    pub fn web_address(&self, key: &'static str) -> Option<Located<String>> {
        let text = self.text(key)?;
        let scheme = |scheme: &str| {
            text.value
                .get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        };
        let rest = ["https://", "http://"]
            .into_iter()
            .find(|known| scheme(known))
            .map(|known| &text.value[known.len()..]);
        if rest.is_none_or(|rest| {
            rest.is_empty() || rest.contains(char::is_whitespace) || rest.starts_with('/')
        }) {
            let message = format!("`{}` is no web address: {:?}", text.at, text.value);
            self.report(
                RuleId::UnsafeUrl,
                &text.at,
                message,
                "write the whole address: https://example.org/page",
            );
            return None;
        }
        Some(text)
    }

    /// A mapping inside this one.
    #[must_use]
    pub fn group(&self, key: &'static str) -> Option<Fields<'r>> {
        let value = self.value(key)?;
        self.reader
            .mapping(value, self.path.key(key), |path| format!("`{path}`"))
    }

    /// A list of mappings.
    #[must_use]
    pub fn groups(&self, key: &'static str) -> Vec<Fields<'r>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let path = self.path.key(key);
        let Value::Sequence(items) = value else {
            self.reader
                .wrong_type(&path, "a list, each item on its own line after `- `", value);
            return Vec::new();
        };
        let of_list = |_: &YamlPath| format!("each item of `{path}`");
        let of_item = |(index, item)| self.reader.mapping(item, path.index(index), of_list);
        items.iter().enumerate().filter_map(of_item).collect()
    }

    /// Every key with its text, for mappings whose keys are names that the site chose.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, Option<Located<String>>)> {
        let text_key = |key: &Value| key.as_str().map(str::to_owned);
        let keys = self
            .map
            .iter()
            .filter_map(|(key, value)| text_key(key).map(|key| (key, value)));
        let text = |value: &Value, at: YamlPath| self.as_written(value, at, "one word");
        keys.map(|(key, value)| (key.clone(), text(value, self.path.key(&key))))
            .collect()
    }

    /// Reports the keys that nobody asked for; `elsewhere` are keys of other programs, each with
    /// what to do about it.
    pub fn finish_with(self, elsewhere: &[(&str, &str)]) {
        let known = self.known.borrow();
        let of_others = |key: &str| {
            elsewhere
                .iter()
                .find(|(name, _)| *name == key)
                .map(|(_, help)| *help)
        };
        for key in self.map.keys() {
            match key.as_str() {
                Some(key) if known.contains(&key) => {}
                Some(key) => self.unknown(key, &known, of_others(key)),
                None => self.odd_key(key),
            }
        }
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self) {
        self.finish_with(&[]);
    }

    fn unknown(&self, key: &str, known: &[&'static str], of_others: Option<&str>) {
        let path = self.path.key(key);
        let found = Diagnostic::new(
            RuleId::UnknownKey,
            self.reader.source.key_place(&path),
            format!("`{path}` is not a key that is known here"),
        );
        let help = match (of_others, did_you_mean(key, known.iter().copied())) {
            (Some(help), _) => help.to_owned(),
            (None, Some(near)) => format!("did you mean `{near}`?"),
            (None, None) => format!("known keys: {}", known.join(", ")),
        };
        self.reader.report(found.help(help));
    }

    /// A key that is a number, a truth value or nothing at all.
    fn odd_key(&self, key: &Value) {
        let written = match key {
            Value::Bool(key) => key.to_string(),
            Value::Number(key) => key.to_string(),
            _ => String::new(),
        };
        let place = self.reader.source.key_place(&self.path.key(&written));
        let found = Diagnostic::new(
            RuleId::WrongType,
            place,
            format!("a key is a word, and this is {}", values::kind_of(key)),
        );
        self.reader
            .report(found.help("write the name of a field before the colon"));
    }

    fn as_text(&self, value: &Value, at: YamlPath) -> Option<Located<String>> {
        match value {
            Value::String(text) => Some(self.looked_at(text, at)),
            Value::Number(_) => {
                self.unquoted_number(&at);
                None
            }
            Value::Bool(_) => {
                let help =
                    "put the text in quotes, so that YAML does not take it for something else";
                let message = format!(
                    "`{at}` is a text, but YAML reads this as {}",
                    values::kind_of(value)
                );
                self.report(RuleId::WrongType, &at, message, help);
                None
            }
            other => {
                self.reader.wrong_type(&at, "a text", other);
                None
            }
        }
    }

    fn missing(&self, key: &'static str) {
        if self.map.contains_key(key) {
            let message = format!("`{}` is empty", self.path.key(key));
            return self.report_key(
                RuleId::MissingField,
                key,
                message,
                "write it, on the same line after the colon",
            );
        }
        let place = self.reader.source.value_place(&self.path);
        let mut steps = self.path.steps();
        let message = match (steps.next(), steps.next()) {
            (None, _) => format!("`{key}` is missing"),
            (Some(Step::Index(_)), None) => format!("this entry has no `{key}`"),
            _ => format!("`{}` has no `{key}`", self.path),
        };
        self.reader.report(
            Diagnostic::new(RuleId::MissingField, place, message)
                .help(format!("add a line `{key}: …`")),
        );
    }

    /// Reports a finding about the value at a path.
    pub fn report(
        &self,
        rule: RuleId,
        at: &YamlPath,
        message: String,
        help: impl Into<Cow<'static, str>>,
    ) {
        let place = self.reader.source.value_place(at);
        self.reader
            .report(Diagnostic::new(rule, place, message).help(help));
    }

    /// Reports a finding about a key of this mapping.
    pub fn report_key(
        &self,
        rule: RuleId,
        key: &str,
        message: String,
        help: impl Into<Cow<'static, str>>,
    ) {
        let place = self.reader.source.key_place(&self.path.key(key));
        self.reader
            .report(Diagnostic::new(rule, place, message).help(help));
    }
}
