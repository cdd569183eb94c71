//! Medical tests: examinations of the body, in or out of the laboratory.

use super::{RelationKey, RelationSpec, Target};
use crate::config::Kind;
use crate::diagnostic::RuleId;
use crate::schema::{Fields, did_you_mean};
use serde::{Deserialize, Serialize};

pub(super) const RELATIONS: &[RelationSpec] = &[
    RelationSpec {
        key: RelationKey::UsedFor,
        target: Target::Kind(Kind::Condition),
        inverse: RelationKey::Tests,
    },
    RelationSpec {
        key: RelationKey::Treatments,
        target: Target::Kind(Kind::Treatment),
        inverse: RelationKey::Tests,
    },
];

/// What sort of examination a test is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum TestCategory {
    /// Pictures of the inside of the body.
    Imaging,
    /// A sample of blood, tissue or fluid.
    Laboratory,
    /// An instrument enters the body.
    Procedure,
    /// Signals and functions of the body are measured.
    Physiologic,
}

impl TestCategory {
    const ALL: [Self; 4] = [
        Self::Imaging,
        Self::Laboratory,
        Self::Procedure,
        Self::Physiologic,
    ];

    /// The word for it in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Imaging => "imaging",
            Self::Laboratory => "laboratory",
            Self::Procedure => "procedure",
            Self::Physiologic => "physiologic",
        }
    }
}

pub(in crate::content) fn category(fields: &Fields<'_>) -> Option<TestCategory> {
    let text = fields.text("category")?;
    let found = TestCategory::ALL
        .into_iter()
        .find(|category| category.name() == text.value);
    if found.is_none() {
        let names = TestCategory::ALL.map(TestCategory::name);
        let help = match did_you_mean(&text.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", names.join(", ")),
        };
        fields.report(
            RuleId::BadValue,
            &text.at,
            format!("there is no category {:?}", text.value),
            help,
        );
    }
    found
}
