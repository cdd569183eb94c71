//! How much each rule weighs on a site.

use std::collections::BTreeMap;

use crate::diagnostic::{Level, RuleId};

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
        self.0.get(&rule).copied().unwrap_or(rule.default_level())
    }

    /// Whether the findings of a rule are shown.
    #[must_use]
    pub fn is_on(&self, rule: RuleId) -> bool {
        self.of(rule) != Level::Off
    }
}
