//! A location has no coordinates.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingCoordinates,
    summary: "A location has no coordinates.",
    why: "Without them there are no directions, and the place cannot be sorted by distance.",
    bad: "- id: harbor\n  name: Harbor Hospital",
    good: "- id: harbor\n  name: Harbor Hospital\n  lat: 39.25216\n  lon: -76.61417",
    looks: &[],
};
