//! Distances, ZIP codes and cities: where they are, and which are near a place.
//!
//! Owns the tables of ZIP codes and cities (`data/zips.bin` and `data/cities.bin`, see
//! `data/README.md`), and what the distance finder of a site is given of them ([`modules`]). A ZIP
//! code's place is the center of its Census area, where it has one, so distances are those of a
//! straight line from there.

mod cities;
mod grid;
pub mod modules;

use std::sync::LazyLock;

/// The radius of the Earth in miles, as the mean of its axes (2a + b) / 3.
const EARTH_MILES: f64 = 3958.8;

/// The table: unsigned LEB128 numbers, three a ZIP code, as `scripts/make-zips` writes them.
const TABLE: &[u8] = include_bytes!("../../data/zips.bin");

/// Steps a degree in the table.
const TABLE_SCALE: f64 = 10_000.0;

/// A place on Earth in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    lat: f64,
    lon: f64,
}

impl Coordinates {
    /// The place at a latitude of -90 to 90 and a longitude of -180 to 180 degrees.
    #[must_use]
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        (lat.abs() <= 90.0 && lon.abs() <= 180.0).then_some(Self { lat, lon })
    }

    /// The straight-line distance to another place in miles (haversine formula).
    #[must_use]
    pub fn miles_to(self, other: Self) -> f64 {
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let cosines = self.lat.to_radians().cos() * other.lat.to_radians().cos();
        let chord = half(self.lat, other.lat) + cosines * half(self.lon, other.lon);
        2.0 * EARTH_MILES * chord.sqrt().min(1.0).asin()
    }
}

/// A ZIP code of the table with its place in steps of a degree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Zip {
    code: i64,
    lat: i64,
    lon: i64,
}

impl Zip {
    fn place(self) -> Coordinates {
        Coordinates {
            lat: degrees(self.lat, TABLE_SCALE),
            lon: degrees(self.lon, TABLE_SCALE),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "steps of a degree are below 2^22"
)]
fn degrees(steps: i64, scale: f64) -> f64 {
    steps as f64 / scale
}

/// Every ZIP code, in order.
static ZIPS: LazyLock<Vec<Zip>> = LazyLock::new(|| table().collect());

/// The ZIP codes of the table as it is read.
fn table() -> impl Iterator<Item = Zip> {
    let mut bytes = TABLE;
    let mut last = Zip::default();
    std::iter::from_fn(move || {
        let code = last.code + unsigned(&mut bytes)?;
        let lat = last.lat + unzigzag(unsigned(&mut bytes)?);
        let lon = last.lon + unzigzag(unsigned(&mut bytes)?);
        last = Zip { code, lat, lon };
        Some(last)
    })
}

/// Takes an unsigned LEB128 number from the head of some bytes.
fn unsigned(bytes: &mut &[u8]) -> Option<i64> {
    let (mut value, mut shift) = (0i64, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= i64::from(byte & 0x7F) << shift;
        if *byte < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}

fn unzigzag(value: i64) -> i64 {
    if value % 2 == 0 {
        value / 2
    } else {
        -(value + 1) / 2
    }
}

/// Where a ZIP code is, given its five digits or ZIP+4; nothing for one that is not known.
#[must_use]
pub fn center(zip: &str) -> Option<Coordinates> {
    let code: i64 = zip.get(..5)?.parse().ok()?;
    let at = ZIPS.binary_search_by_key(&code, |zip| zip.code).ok()?;
    Some(ZIPS[at].place())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Union Memorial, Good Samaritan, Franklin Square, Harbor, Washington.
    pub(super) const HOSPITALS: [(f64, f64); 5] = [
        (39.32904, -76.61474),
        (39.35840, -76.58728),
        (39.35079, -76.47991),
        (39.25216, -76.61417),
        (38.92965, -77.01565),
    ];

    pub(super) fn hospitals() -> Vec<Coordinates> {
        HOSPITALS
            .iter()
            .filter_map(|(lat, lon)| Coordinates::new(*lat, *lon))
            .collect()
    }

    #[test]
    fn the_table_is_whole_and_in_order() {
        let all: Vec<Zip> = table().collect();
        assert_eq!(all.len(), 41_128);
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(
            all.iter()
                .all(|zip| Coordinates::new(zip.place().lat, zip.place().lon).is_some())
        );
    }

    #[test]
    fn distances_are_those_of_the_haversine_formula() {
        let check = |zip: &str, expected: [f64; 5]| {
            let from = center(zip).expect("a ZIP code");
            for (to, expected) in hospitals().into_iter().zip(expected) {
                let found = from.miles_to(to);
                assert!(
                    (found - expected).abs() < 0.02,
                    "{zip}: {found} is not {expected}"
                );
            }
        };
        check("21218", [0.71, 2.10, 6.65, 5.43, 35.47]);
        check("21225", [7.11, 9.27, 11.27, 1.80, 29.66]);
        check("20010-1234", [35.34, 37.84, 41.34, 31.44, 0.90]);
        assert_eq!(center("99998"), None);
    }
}
