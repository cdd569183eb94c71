//! How the distance finder measures.

/// What a site asks of the distance finder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finder {
    /// How far around the locations it knows places, in miles.
    pub miles: f64,
    /// In what it tells distances.
    pub unit: Unit,
}

impl Default for Finder {
    fn default() -> Self {
        Self {
            miles: 150.0,
            unit: Unit::Miles,
        }
    }
}

/// A measure of distances.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// International miles.
    #[default]
    Miles,
    /// Kilometers.
    Kilometers,
}

impl Unit {
    /// How many of it are a mile.
    #[must_use]
    pub fn of_a_mile(self) -> f64 {
        match self {
            Self::Miles => 1.0,
            Self::Kilometers => 1.609_344,
        }
    }

    /// Its name after a number.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Miles => "miles",
            Self::Kilometers => "km",
        }
    }
}
