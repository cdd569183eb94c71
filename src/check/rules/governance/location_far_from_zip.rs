//! A location far away from its ZIP code.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;
use crate::site::geo::{self, Coordinates};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LocationFarFromZip,
    summary: "A location is more than 30 miles from its ZIP code.",
    why: "The coordinates or the ZIP code are wrong, and the distance finder or the directions would send patients to \
        another place.",
    bad: "{zip: \"21218\", lat: 39.329, lon: 76.615}   # east for west",
    good: "{zip: \"21218\", lat: 39.329, lon: -76.615}",
    looks: &[Look::Site(run)],
};

/// The largest ZIP codes of the West reach further, but nobody builds a hospital at their edge.
const MOST_MILES: f64 = 30.0;

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for (location, _) in site.locations.iter() {
        let place = location
            .coordinates
            .and_then(|(lat, lon)| Coordinates::new(lat, lon));
        let Some((place, center)) = place.zip(geo::center(&location.zip)) else {
            continue;
        };
        let miles = place.miles_to(center);
        if miles > MOST_MILES {
            let message = format!(
                "{} is {miles:.0} miles from the ZIP code {}",
                location.name, location.zip
            );
            let help = "check `zip`, `lat` and `lon`; in America `lon` is negative";
            found.push(Diagnostic::new(RULE.id, location.zip_place.clone(), message).help(help));
        }
    }
}
