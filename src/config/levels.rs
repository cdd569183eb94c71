//! How much each rule weighs on a site.

use std::collections::BTreeMap;

use crate::diagnostic::{RuleId, Severity};

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
}

/// The levels that a site set; every other rule has its default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<RuleId, Level>);

impl Levels {
    /// Sets the level of a rule.
    pub fn insert(&mut self, rule: RuleId, level: Level) {
        self.0.insert(rule, level);
    }

    /// The level of a rule.
    #[must_use]
    pub fn of(&self, rule: RuleId) -> Level {
        self.0.get(&rule).copied().unwrap_or(Level::On(rule.default_severity()))
    }
}
