//! Conditions: diseases and health problems.

use super::{RelationKey, RelationSpec, Target};
use crate::config::Kind;

pub(super) const RELATIONS: &[RelationSpec] = &[
    RelationSpec {
        key: RelationKey::Treatments,
        target: Target::Kind(Kind::Treatment),
        inverse: RelationKey::Treats,
    },
    RelationSpec {
        key: RelationKey::Tests,
        target: Target::Kind(Kind::MedicalTest),
        inverse: RelationKey::UsedFor,
    },
    RelationSpec {
        key: RelationKey::PartOf,
        target: Target::Kind(Kind::Condition),
        inverse: RelationKey::Includes,
    },
    RelationSpec {
        key: RelationKey::Includes,
        target: Target::Kind(Kind::Condition),
        inverse: RelationKey::PartOf,
    },
];
