//! Locations: hospitals and clinics. Their address stands in `locations.yaml`; a page adds words to
//! it.

use super::{RelationKey, RelationSpec, Target};

pub(super) const RELATIONS: &[RelationSpec] = &[RelationSpec {
    key: RelationKey::Services,
    target: Target::Any,
    inverse: RelationKey::Locations,
}];
