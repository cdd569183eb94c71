//! What a page can be.

use serde::{Deserialize, Serialize};

/// The kind of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A therapy, procedure or medicine.
    Treatment,
    /// A disease or health problem.
    Condition,
    /// An examination.
    MedicalTest,
    /// A hospital or clinic.
    Location,
    /// Any other page.
    Article,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Treatment,
        Self::Condition,
        Self::MedicalTest,
        Self::Location,
        Self::Article,
    ];

    /// The name that `site.yaml` and the command line use; also the name of the template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Treatment => "treatment",
            Self::Condition => "condition",
            Self::MedicalTest => "test",
            Self::Location => "location",
            Self::Article => "article",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The folder and title of the collection of this kind in a site that declares none.
    #[must_use]
    pub fn default_collection(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Treatment => Some(("treatments", "Treatments")),
            Self::Condition => Some(("conditions", "Conditions")),
            Self::MedicalTest => Some(("tests", "Tests")),
            Self::Location => Some(("locations", "Locations")),
            Self::Article => None,
        }
    }

    /// Whether its pages hold statements that a clinician should review.
    #[must_use]
    pub fn is_clinical(self) -> bool {
        matches!(self, Self::Treatment | Self::Condition | Self::MedicalTest)
    }
}
