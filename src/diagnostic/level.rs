//! How much a rule weighs: shown with a severity, or not at all.

use super::Severity;

/// The level of a rule, as written in `site.yaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Its findings are shown with this severity.
    On(Severity),
    /// Its findings are not shown.
    Off,
}

impl Level {
    /// The level of a word: `error`, `warn`, `note` or `off`.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "error" => Some(Self::On(Severity::Error)),
            "warn" => Some(Self::On(Severity::Warning)),
            "note" => Some(Self::On(Severity::Note)),
            "off" => Some(Self::Off),
            _ => None,
        }
    }

    /// The word for it in `site.yaml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::On(Severity::Error) => "error",
            Self::On(Severity::Warning) => "warn",
            Self::On(Severity::Note) => "note",
            Self::Off => "off",
        }
    }

    /// The severity of a finding of a rule of this level, whether or not it is shown.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::On(severity) => severity,
            Self::Off => Severity::Warning,
        }
    }
}
