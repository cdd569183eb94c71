//! A latitude or longitude is impossible.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadCoordinates,
    summary: "A latitude or longitude is impossible.",
    why: "Directions and distances come from these numbers: a wrong one sends people to the wrong place. \
        Latitude goes from -90 to 90, longitude from -180 to 180.",
    bad: "lat: -76.61474\nlon: 393.2904",
    good: "lat: 39.32904\nlon: -76.61474",
    looks: &[],
};
