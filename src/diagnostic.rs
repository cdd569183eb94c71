//! Findings as data: what is wrong, where, why and what to do.
//!
//! Owns [`Diagnostic`], the edits that fix one ([`fix`]), the [`baseline`] of a site, and the ways
//! to write a list out ([`human`], [`json`], [`sarif`], [`github`]). A finding is made wherever the
//! fault shows itself, carries its rule's default severity, and is graded once, by the checks, with
//! the levels that the site asks for. Nothing here decides whether something is a fault.

pub mod baseline;
pub mod fix;
pub mod github;
pub mod human;
pub mod json;
mod level;
mod lines;
mod rule_id;
pub mod sarif;

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use fix::{Edit, Fix, Safety};
pub use level::Level;
pub use rule_id::RuleId;

use crate::source::{SourcePath, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; never fails a build.
    Note,
    /// Should be fixed; fails a build only with `--strict`.
    Warning,
    /// Must be fixed before the site is written.
    Error,
}

impl Severity {
    /// The word for people and machines: `error`, `warning`, `note`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in a source file; without a span it is the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// The bytes of the file that are meant.
    pub span: Option<Span>,
}

impl Place {
    /// A range of bytes in a file.
    #[must_use]
    pub fn at(path: &SourcePath, span: Span) -> Self {
        Self {
            path: path.clone(),
            span: Some(span),
        }
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(path: &SourcePath) -> Self {
        Self {
            path: path.clone(),
            span: None,
        }
    }
}

/// Another place that explains a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What is there, such as "first written here".
    pub text: String,
}

/// One finding. A site may have hundreds of thousands: what few of them have is boxed, and texts
/// that a rule always says are not copied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule that it breaks.
    pub rule: RuleId,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, one sentence without a full stop.
    pub message: Cow<'static, str>,
    /// Where: the smallest span that shows it.
    pub place: Place,
    /// What to do.
    pub help: Option<Cow<'static, str>>,
    /// Edits of the same file that fix it.
    pub fix: Option<Box<Fix>>,
    details: Option<Box<Details>>,
}

/// What few findings have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Details {
    /// What stands under the underline; may be empty.
    label: Cow<'static, str>,
    /// Other places that explain it.
    related: Vec<Related>,
    /// Facts that help to understand it.
    notes: Vec<String>,
}

impl Diagnostic {
    /// A finding of `rule` at `place`, with the rule's default severity.
    #[must_use]
    pub fn new(rule: RuleId, place: Place, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            rule,
            severity: rule.default_level().severity(),
            message: message.into(),
            place,
            help: None,
            fix: None,
            details: None,
        }
    }

    fn details(&mut self) -> &mut Details {
        self.details.get_or_insert_default()
    }

    /// Says what stands under the underline.
    #[must_use]
    pub fn label(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.details().label = text.into();
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Offers edits that fix it.
    #[must_use]
    pub fn fix(self, fix: Fix) -> Self {
        self.maybe_fix(Some(fix))
    }

    /// Offers edits that fix it, where there are any.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.map(Box::new);
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.details().notes.push(text.into());
        self
    }

    /// Points to another place.
    #[must_use]
    pub fn related(mut self, place: Place, text: impl Into<String>) -> Self {
        let text = text.into();
        self.details().related.push(Related { place, text });
        self
    }

    /// What stands under the underline; may be empty.
    #[must_use]
    pub fn underline(&self) -> &str {
        self.details.as_ref().map_or("", |details| &details.label)
    }

    /// Facts that help to understand it.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        self.details.as_ref().map_or(&[], |details| &details.notes)
    }

    /// Other places that explain it.
    #[must_use]
    pub fn related_places(&self) -> &[Related] {
        self.details
            .as_ref()
            .map_or(&[], |details| &details.related)
    }

    /// The order in which findings are shown: by file, place, rule, message.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        (&self.place, self.rule, &self.message).cmp(&(&other.place, other.rule, &other.message))
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Tally {
    /// Counts findings.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|found| found.severity == severity)
                .count()
        };
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let part = |count: usize, word: &str| {
            format!("{count} {word}{}", if count == 1 { "" } else { "s" })
        };
        let counts = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.notes, "note"),
        ];
        let said: Vec<String> = counts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| part(*n, word))
            .collect();
        if said.is_empty() {
            f.write_str("no findings")
        } else {
            f.write_str(&said.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_small() {
        assert!(
            size_of::<Diagnostic>() <= 128,
            "{}",
            size_of::<Diagnostic>()
        );
    }

    #[test]
    fn tally_speaks_of_what_there_is() {
        let check = |errors, warnings, notes, expected: &str| {
            assert_eq!(
                Tally {
                    errors,
                    warnings,
                    notes
                }
                .to_string(),
                expected
            );
        };
        check(0, 0, 0, "no findings");
        check(1, 0, 0, "1 error");
        check(2, 1, 7, "2 errors, 1 warning, 7 notes");
    }
}
