//! Treatments: therapies, procedures and medicines.

use super::{RelationKey, RelationSpec, Target};
use crate::config::Kind;
use crate::schema::{Fields, Located};
use serde::{Deserialize, Serialize};

pub(super) const RELATIONS: &[RelationSpec] = &[
    RelationSpec {
        key: RelationKey::Treats,
        target: Target::Kind(Kind::Condition),
        inverse: RelationKey::Treatments,
    },
    RelationSpec {
        key: RelationKey::Tests,
        target: Target::Kind(Kind::MedicalTest),
        inverse: RelationKey::Treatments,
    },
];

/// A medicine of a treatment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drug {
    /// Its non-proprietary name.
    pub name: String,
    /// Its RxNorm number.
    pub rxnorm: Option<Located<String>>,
}

pub(in crate::content) fn drugs(fields: &Fields<'_>) -> Vec<Drug> {
    let drug = |fields: Fields<'_>| {
        let name = fields.required_text("name");
        let rxnorm = fields.text("rxnorm");
        fields.finish();
        name.map(|name| Drug {
            name: name.value,
            rxnorm,
        })
    };
    fields
        .groups("drugs")
        .into_iter()
        .filter_map(drug)
        .collect()
}
