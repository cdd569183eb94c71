//! Reading YAML by a schema: every key is asked for by the type that its field has, and every fault
//! is a finding.
//!
//! YAML's own guesses at types never decide: a field says that it is a text, a date or a ZIP code,
//! and a value of another type is a finding that says how to write it. What nobody asked for is an
//! unknown key. No field is known here by name; the readers of `site.yaml`, `locations.yaml` and
//! front matter say what they want.

mod fields;
mod near;
mod traps;
mod values;

use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

pub use fields::Fields;
pub use near::{NameIndex, did_you_mean};
pub use values::{Located, phone_href};

use crate::diagnostic::{Diagnostic, Fix, Place, RuleId};
use crate::source::{FileBytes, SourcePath, Span};
use crate::yaml::{self, Spans, Value, YamlFault, YamlPath};

/// A YAML text within a source file, where findings can point into it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct YamlText {
    #[serde(skip)]
    path: SourcePath,
    /// The whole file.
    #[serde(skip)]
    file: FileBytes,
    /// Where the text stands in it.
    span: Span,
    /// Whether a hash stands in it that begins no comment with a space.
    has_odd_hash: bool,
    /// Found when the first finding needs a place.
    #[serde(skip)]
    spans: Arc<OnceLock<Spans>>,
}

/// A text of fewer bytes may be read up to a key, once for each finding.
const SHORT: usize = 4096;

/// Whether a text begins with a hash and a word: comments have a space between the two.
fn is_odd_hash(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace() && c != '#'))
}

impl YamlText {
    /// The YAML at a span of the file at `path`; the span stands on the file's character
    /// boundaries.
    #[must_use]
    pub fn new(path: &SourcePath, file: &FileBytes, span: Span) -> Self {
        let (path, file) = (path.clone(), file.clone());
        let mut yaml = Self {
            path,
            file,
            span,
            has_odd_hash: false,
            spans: Arc::default(),
        };
        let text = yaml.text();
        let mut hashes = memchr_iter(b'#', text.as_bytes());
        yaml.has_odd_hash = hashes.any(|at| text[..at].ends_with(' ') && is_odd_hash(&text[at..]));
        yaml
    }

    /// The same text, of a file at a path.
    #[must_use]
    pub fn of(self, path: &SourcePath, file: &FileBytes) -> Self {
        Self {
            path: path.clone(),
            file: file.clone(),
            ..self
        }
    }

    fn text(&self) -> &str {
        self.file
            .text()
            .and_then(|text| text.get(self.span.start..self.span.end))
            .unwrap_or_default()
    }

    /// The file that it stands in.
    #[must_use]
    pub fn path(&self) -> &SourcePath {
        &self.path
    }

    /// Where the value at a YAML path stands.
    #[must_use]
    pub fn value_place(&self, path: &YamlPath) -> Place {
        self.place(self.span_at(path, Spans::value))
    }

    /// Where the key at a YAML path stands.
    #[must_use]
    pub fn key_place(&self, path: &YamlPath) -> Place {
        self.place(self.span_at(path, Spans::key))
    }

    fn span_at(&self, path: &YamlPath, find: fn(&Spans, &YamlPath) -> Span) -> Span {
        // A finding on every page has one place in each, mostly the title, which comes first. A
        // long text may have a place for each of very many findings, so it is read as a whole, and
        // once.
        if self.spans.get().is_none() && path.is_key_of_top() && self.text().len() < SHORT {
            return find(&Spans::up_to(self.text(), path), path);
        }
        find(self.spans(), path)
    }

    fn spans(&self) -> &Spans {
        self.spans.get_or_init(|| Spans::of(self.text()))
    }

    fn place(&self, span: Span) -> Place {
        Place::at(&self.path, span.shifted(self.span.start))
    }

    /// The value at a path as it is written.
    fn written(&self, path: &YamlPath) -> &str {
        let span = self.spans().value(path);
        self.text().get(span.start..span.end).unwrap_or_default()
    }

    /// The line of a plain value to its end, where a hash that is no comment of its own cuts the
    /// value off.
    fn cut_off(&self, path: &YamlPath) -> Option<Place> {
        // Nearly no text has one, and finding places takes time.
        if !self.has_odd_hash || !self.is_plain(path) {
            return None;
        }
        let span = self.spans().value(path);
        let rest = self.text().get(span.end..)?.lines().next()?;
        let hash = rest.trim_start();
        let is_cut = hash.len() < rest.len() && is_odd_hash(hash);
        is_cut.then(|| self.place(Span::new(span.start, span.end + rest.trim_end().len())))
    }

    /// The text at a place of this file.
    fn text_at(&self, place: &Place) -> &str {
        let span = place
            .span
            .map_or(Span::default(), |span| span.back(self.span.start));
        self.text().get(span.start..span.end).unwrap_or_default()
    }

    fn is_plain(&self, path: &YamlPath) -> bool {
        self.spans().is_plain(path)
    }

    /// Reads the text as YAML.
    ///
    /// # Errors
    /// The finding that says where and why it is not YAML.
    pub fn parse(&self) -> Result<Value, Box<Diagnostic>> {
        yaml::parse(self.text()).map_err(|fault| Box::new(self.fault(*fault)))
    }

    fn fault(&self, fault: YamlFault) -> Diagnostic {
        let place = self.place(fault.span);
        let mut found = Diagnostic::new(RuleId::InvalidYaml, place, fault.message);
        if let Some(first) = fault.first {
            found = found.related(self.place(first), "first written here");
        }
        if let Some(help) = fault.help {
            found = found.help(help);
        }
        let edit = fault
            .edit
            .map(|(span, text)| (span.shifted(self.span.start), text));
        found =
            found.maybe_fix(edit.map(|(span, text)| Fix::suggested("fix the YAML", span, text)));
        found
    }
}

/// Reads the values of one YAML text and gathers what is wrong with them.
#[derive(Debug)]
pub struct Reader {
    source: YamlText,
    findings: RefCell<Vec<Diagnostic>>,
}

impl Reader {
    /// A reader over one text.
    #[must_use]
    pub fn new(source: YamlText) -> Self {
        Self {
            source,
            findings: RefCell::default(),
        }
    }

    /// The fields of the whole text, if it is a mapping; `what` names it in a finding ("the front
    /// matter").
    #[must_use]
    pub fn fields<'r>(&'r self, value: &'r Value, what: &str) -> Option<Fields<'r>> {
        self.mapping(value, YamlPath::default(), |_| what.to_owned())
    }

    /// The items of the whole text, if it is a list.
    #[must_use]
    pub fn items<'r>(&'r self, value: &'r Value, what: &str) -> Vec<Fields<'r>> {
        let Value::Sequence(items) = value else {
            let empty = matches!(value, Value::Mapping(map) if map.is_empty());
            if !empty {
                let wanted = "a list, each item after `- `";
                self.mismatch(
                    self.source.value_place(&YamlPath::default()),
                    what,
                    wanted,
                    value,
                );
            }
            return Vec::new();
        };
        let paths = (0..items.len()).map(|index| YamlPath::default().index(index));
        items
            .iter()
            .zip(paths)
            .filter_map(|(item, path)| self.mapping(item, path, |_| "each item".to_owned()))
            .collect()
    }

    /// The fields of a mapping; `name` says what is none, where it is none.
    fn mapping<'r>(
        &'r self,
        value: &'r Value,
        path: YamlPath,
        name: impl FnOnce(&YamlPath) -> String,
    ) -> Option<Fields<'r>> {
        if let Value::Mapping(map) = value {
            return Some(Fields::new(self, map, path));
        }
        let wanted = "`key: value` lines, with a space after the colon";
        self.mismatch(self.source.value_place(&path), &name(&path), wanted, value);
        None
    }

    /// Reports that the value at a path is none of those that its field takes.
    fn wrong_type(&self, path: &YamlPath, wanted: &str, value: &Value) {
        self.mismatch(
            self.source.value_place(path),
            &format!("`{path}`"),
            wanted,
            value,
        );
    }

    fn mismatch(&self, place: Place, name: &str, wanted: &str, value: &Value) {
        let message = format!(
            "{name} takes {wanted}, and this is {}",
            values::kind_of(value)
        );
        self.report(Diagnostic::new(RuleId::WrongType, place, message));
    }

    fn report(&self, found: Diagnostic) {
        self.findings.borrow_mut().push(found);
    }

    /// What was wrong, and the text for findings that come later.
    #[must_use]
    pub fn finish(self) -> (YamlText, Vec<Diagnostic>) {
        (self.source, self.findings.into_inner())
    }
}
