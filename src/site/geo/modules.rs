//! What the distance finder of a site is given: ES modules with the ZIP codes and cities around its
//! locations, and the middles of all regions.
//!
//! Numbers are written in base 43 with the lowest digit first; a digit of 43 or more says that
//! another follows. `static/assets/components/finder/places.js` reads them.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::LazyLock;

use foldhash::fast::FixedState;

use super::grid::Grid;
use super::{Coordinates, TABLE_SCALE, ZIPS, Zip, cities, degrees};

/// The digits of numbers: characters that a string in a script and a page can hold as they are.
const DIGITS: &[u8] =
    b"#%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~!$ ";

/// Steps a degree: a thousandth of a degree is 0.07 miles at most, so a place is off by 0.05 at
/// most.
const SCALE: f64 = 1000.0;

/// Steps a degree of the middle of a region, which is miles away from most of it.
const REGION_SCALE: f64 = 10.0;

/// The ZIP codes of a region begin with the same three digits.
const REGION: i64 = 100;

/// So many bytes of ZIP codes and cities are the most; compressed they are some 100 kB.
const MOST_BYTES: usize = 150_000;

/// How the circle around the locations shrinks where it holds too much.
const SHRINK: f64 = 0.85;

/// The module of the regions, which is the same for every site.
static REGIONS: LazyLock<String> = LazyLock::new(|| regions(&ZIPS));

/// The modules, and within how many miles of a location they know places.
#[derive(Clone, Debug, PartialEq)]
pub struct Modules {
    /// The ZIP codes near the locations.
    pub zips: String,
    /// The cities near the locations, each with the number of its ZIP code among those.
    pub cities: String,
    /// The middle of each region of the country.
    pub regions: String,
    /// The miles; fewer than were asked for where that would be too much.
    pub miles: f64,
}

/// The modules for some locations, with the places within some miles of any of them.
#[must_use]
pub fn modules(locations: &[Coordinates], miles: f64) -> Modules {
    let mut miles = miles;
    loop {
        let grid = Grid::new(locations, miles);
        let near: Vec<Zip> = ZIPS
            .iter()
            .filter(|zip| grid.is_near(zip.place()))
            .copied()
            .collect();
        let (zips, cities) = (zips(&near), cities(&near));
        // One location alone has never so many places within a mile.
        if zips.len() + cities.len() <= MOST_BYTES || miles < 1.0 {
            return Modules {
                zips,
                cities,
                regions: REGIONS.clone(),
                miles,
            };
        }
        miles *= SHRINK;
    }
}

fn zips(near: &[Zip]) -> String {
    let mut data = String::new();
    let mut last = Zip::default();
    for zip in near {
        let zip = Zip {
            code: zip.code,
            lat: rescaled(zip.lat, SCALE),
            lon: rescaled(zip.lon, SCALE),
        };
        for value in [
            zip.code - last.code,
            zigzag(zip.lat - last.lat),
            zigzag(zip.lon - last.lon),
        ] {
            write_number(&mut data, value);
        }
        last = zip;
    }
    format!(
        "// ZIP codes near the locations of this site (US Census Bureau, 2021; GeoNames).\nexport default \"{data}\";\n"
    )
}

/// The names of cities by state, and the numbers of their ZIP codes in the same order.
fn cities(near: &[Zip]) -> String {
    let numbers: HashMap<i64, i64, FixedState> = near.iter().map(|zip| zip.code).zip(0..).collect();
    let mut states: BTreeMap<String, String> = BTreeMap::new();
    let mut data = String::new();
    cities::each(|city| {
        let Some(number) = numbers.get(&city.zip) else {
            return;
        };
        let names = states.entry(city.state.to_owned()).or_default();
        if !names.is_empty() {
            names.push('|');
        }
        names.push_str(city.name);
        write_number(&mut data, *number);
    });
    let mut module =
        "// Cities near the locations of this site (GeoNames).\nexport const names = {\n"
            .to_owned();
    for (state, names) in states {
        // Writing to a `String` cannot fail.
        let _ = writeln!(module, "{state}: \"{names}\",");
    }
    let _ = writeln!(module, "}};\nexport const zips = \"{data}\";");
    module
}

/// The means of the places of each region.
fn regions(all: &[Zip]) -> String {
    let mut data = String::new();
    let mut last = Zip::default();
    for region in all.chunk_by(|one, other| one.code / REGION == other.code / REGION) {
        let count = i64::try_from(region.len()).unwrap_or(1).max(1);
        let mean = |pick: fn(&Zip) -> i64| {
            rescaled(region.iter().map(pick).sum::<i64>() / count, REGION_SCALE)
        };
        let zip = Zip {
            code: region[0].code / REGION,
            lat: mean(|zip| zip.lat),
            lon: mean(|zip| zip.lon),
        };
        for value in [
            zip.code - last.code,
            zigzag(zip.lat - last.lat),
            zigzag(zip.lon - last.lon),
        ] {
            write_number(&mut data, value);
        }
        last = zip;
    }
    format!(
        "// The middles of the regions of ZIP codes (US Census Bureau, 2021; GeoNames).\nexport default \"{data}\";\n"
    )
}

/// Steps of the table in steps of another scale.
#[expect(
    clippy::cast_possible_truncation,
    reason = "steps of a degree are below 2^22"
)]
fn rescaled(steps: i64, scale: f64) -> i64 {
    (degrees(steps, TABLE_SCALE) * scale).round() as i64
}

fn zigzag(value: i64) -> i64 {
    if value >= 0 {
        value * 2
    } else {
        -value * 2 - 1
    }
}

fn write_number(text: &mut String, mut value: i64) {
    let base = i64::try_from(DIGITS.len() / 2).unwrap_or(1);
    loop {
        let (rest, digit) = (value / base, value % base);
        let digit = if rest > 0 { digit + base } else { digit };
        // A digit is below the number of digits.
        let digit = usize::try_from(digit)
            .ok()
            .and_then(|at| DIGITS.get(at))
            .copied()
            .unwrap_or(b'#');
        text.push(char::from(digit));
        value = rest;
        if value == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::geo::tests::hospitals;

    #[test]
    fn the_modules_stand_safely_in_a_script() {
        let Modules {
            zips,
            cities,
            regions,
            miles,
        } = modules(&hospitals(), 150.0);
        assert!(zips.is_ascii() && regions.is_ascii() && miles.total_cmp(&150.0).is_eq());
        assert!(zips.len() < 25_000 && cities.len() < 40_000 && regions.len() < 6_000);
        assert_eq!(DIGITS.len() % 2, 0);
        assert!(!DIGITS.iter().any(|digit| b"\"'\\<>&`".contains(digit)));
    }

    #[test]
    fn what_is_too_much_shrinks() {
        let all: Vec<Coordinates> = ZIPS.iter().step_by(8).map(|zip| zip.place()).collect();
        let found = modules(&all, 150.0);
        assert!(found.miles < 150.0 && found.miles > 1.0, "{}", found.miles);
        assert!(found.zips.len() + found.cities.len() <= MOST_BYTES);
    }
}
