//! Articles: plain pages without relations of their own.

use super::RelationSpec;

pub(super) const RELATIONS: &[RelationSpec] = &[];
