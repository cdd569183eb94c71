//! Whether and how a site can be searched.

/// What a site asks of its search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Whether there is a search.
    pub presence: SearchPresence,
    /// Groups of names for the same thing, besides those of the language.
    pub synonyms: Vec<Vec<String>>,
}

/// Whether a site has a search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SearchPresence {
    /// It has.
    #[default]
    On,
    /// It has neither a search page nor an index.
    Off,
}

impl Search {
    /// Whether the site has a search.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.presence == SearchPresence::On
    }
}
