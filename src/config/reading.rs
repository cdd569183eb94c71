//! How easy the pages of a site must be to read.

use std::collections::BTreeMap;

use super::Kind;

/// How temperatures are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Temperatures {
    /// In any unit.
    #[default]
    Any,
    /// In degrees Fahrenheit and Celsius.
    Both,
}

/// What a site asks of its words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The highest school grade by kind, where the site sets one.
    pub grades: BTreeMap<Kind, f64>,
    /// How temperatures are written.
    pub temperatures: Temperatures,
    /// Words and acronyms that the site's readers know.
    pub familiar: Vec<String>,
}

impl Reading {
    /// The highest school grade of a page of a kind.
    ///
    /// Without a word from the site, pages about care aim at grade 8, the upper end of what
    /// guidance on patient materials asks for (grades 6 to 8). Articles may be one grade harder.
    #[must_use]
    pub fn grade(&self, kind: Kind) -> f64 {
        let default = if kind == Kind::Article { 9.0 } else { 8.0 };
        self.grades.get(&kind).copied().unwrap_or(default)
    }
}
