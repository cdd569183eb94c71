//! What each kind of page adds to the front matter: one file a kind.
//!
//! A kind's file lists its relation fields and reads whatever else is its own. Relations have two
//! sides; [`RelationSpec`] says which field on the other page is the same relation seen from there.

mod article;
mod condition;
mod location;
mod medical_test;
mod treatment;

pub use medical_test::TestCategory;
pub(super) use medical_test::category;
pub use treatment::Drug;
pub(super) use treatment::drugs;

use crate::config::Kind;
use serde::{Deserialize, Serialize};

/// A field that names other pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RelationKey {
    /// Conditions that a treatment treats.
    Treats,
    /// Treatments of a condition, or related to a test.
    Treatments,
    /// Tests of a condition or around a treatment.
    Tests,
    /// Conditions that a test is used for.
    UsedFor,
    /// The condition that a condition is a form of.
    PartOf,
    /// Forms of a condition.
    Includes,
    /// What a location offers.
    Services,
    /// Where something is offered.
    Locations,
}

impl RelationKey {
    /// The field's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Treats => "treats",
            Self::Treatments => "treatments",
            Self::Tests => "tests",
            Self::UsedFor => "used_for",
            Self::PartOf => "part_of",
            Self::Includes => "includes",
            Self::Services => "services",
            Self::Locations => "locations",
        }
    }
}

/// What a relation field may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Pages of one kind.
    Kind(Kind),
    /// Pages of any kind but locations.
    Any,
}

/// One relation field of a kind.
#[derive(Clone, Copy, Debug)]
pub struct RelationSpec {
    /// The field.
    pub key: RelationKey,
    /// What it names.
    pub target: Target,
    /// The field on the named page that says the same.
    pub inverse: RelationKey,
}

/// The relation fields of a kind, in the order of its schema, without `locations`, which every page
/// may have.
#[must_use]
pub fn relations(kind: Kind) -> &'static [RelationSpec] {
    match kind {
        Kind::Treatment => treatment::RELATIONS,
        Kind::Condition => condition::RELATIONS,
        Kind::MedicalTest => medical_test::RELATIONS,
        Kind::Location => location::RELATIONS,
        Kind::Article => article::RELATIONS,
    }
}

/// The relation of `locations`, which every page may have.
pub const LOCATIONS: RelationSpec = RelationSpec {
    key: RelationKey::Locations,
    target: Target::Kind(Kind::Location),
    inverse: RelationKey::Services,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_seen_from_both_sides() {
        for kind in Kind::ALL {
            for spec in relations(kind) {
                let Target::Kind(target) = spec.target else {
                    continue;
                };
                let back = relations(target)
                    .iter()
                    .find(|other| other.key == spec.inverse);
                let sound = back.is_some_and(|back| {
                    back.inverse == spec.key && back.target == Target::Kind(kind)
                });
                assert!(sound, "{}.{}", kind.name(), spec.key.name());
            }
        }
    }
}
