//! Distances and ZIP codes: where a ZIP code is, and which are near a place.
//!
//! Owns the table of ZIP codes (`data/zips.bin`, see `data/README.md`) and the ES module with those of them that the
//! distance finder of a site knows. A ZIP code's place is the center of its Census area, so distances are those of a
//! straight line from there.

use std::fmt::Write as _;

/// The radius of the Earth in miles, as the mean of its axes (2a + b) / 3.
const EARTH_MILES: f64 = 3958.8;

/// The table: unsigned LEB128 numbers, three a ZIP code, as `scripts/make-zips` writes them.
const TABLE: &[u8] = include_bytes!("../../data/zips.bin");

/// Steps a degree in the table.
const TABLE_SCALE: f64 = 10_000.0;

/// Steps a degree in the module: a thousandth of a degree is 0.07 miles at most, so a place is off by 0.05 at most.
const MODULE_SCALE: f64 = 1000.0;

/// The digits of the module's numbers: characters that a string in a script and a page can hold as they are.
const DIGITS: &[u8] = b"#%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~!$ ";

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

impl Coordinates {
    /// Whether another place is within some miles; the difference of latitude alone rules most places out.
    fn is_within(self, miles: f64, other: Self) -> bool {
        let north_south = (self.lat - other.lat).abs().to_radians() * EARTH_MILES;
        north_south <= miles && self.miles_to(other) <= miles
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
        Coordinates { lat: degrees(self.lat, TABLE_SCALE), lon: degrees(self.lon, TABLE_SCALE) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "steps of a degree are below 2^22")]
fn degrees(steps: i64, scale: f64) -> f64 {
    steps as f64 / scale
}

#[expect(clippy::cast_possible_truncation, reason = "steps of a degree are below 2^22")]
fn steps(degrees: f64, scale: f64) -> i64 {
    (degrees * scale).round() as i64
}

/// Every ZIP code of the table, in order.
fn table() -> impl Iterator<Item = Zip> {
    let mut bytes = TABLE.iter();
    let mut last = Zip::default();
    std::iter::from_fn(move || {
        let mut unsigned = || {
            let (mut value, mut shift) = (0i64, 0);
            loop {
                let byte = *bytes.next()?;
                value |= i64::from(byte & 0x7F) << shift;
                if byte < 0x80 {
                    return Some(value);
                }
                shift += 7;
            }
        };
        let code = last.code + unsigned()?;
        let lat = last.lat + unzigzag(unsigned()?);
        let lon = last.lon + unzigzag(unsigned()?);
        last = Zip { code, lat, lon };
        Some(last)
    })
}

fn unzigzag(value: i64) -> i64 {
    if value % 2 == 0 { value / 2 } else { -(value + 1) / 2 }
}

fn zigzag(value: i64) -> i64 {
    if value >= 0 { value * 2 } else { -value * 2 - 1 }
}

/// Where a ZIP code is, given its five digits or ZIP+4; nothing for one that the Census does not know.
#[must_use]
pub fn center(zip: &str) -> Option<Coordinates> {
    let code: i64 = zip.get(..5)?.parse().ok()?;
    table().find(|zip| zip.code == code).map(Zip::place)
}

/// The ES module of the ZIP codes within `miles` of any of the places.
///
/// It exports `find(zip)`, which gives `[latitude, longitude]` for five digits that it knows. The numbers of the table,
/// in steps of a thousandth of a degree, are written in base 43 with the lowest digit first; a digit of 43 or more says
/// that another follows.
#[must_use]
pub fn zips_module(places: &[Coordinates], miles: f64) -> String {
    let mut data = String::new();
    let mut last = Zip::default();
    for zip in table().filter(|zip| places.iter().any(|place| place.is_within(miles, zip.place()))) {
        let place = zip.place();
        let zip = Zip { code: zip.code, lat: steps(place.lat, MODULE_SCALE), lon: steps(place.lon, MODULE_SCALE) };
        for value in [zip.code - last.code, zigzag(zip.lat - last.lat), zigzag(zip.lon - last.lon)] {
            write_number(&mut data, value);
        }
        last = zip;
    }
    let mut module = String::new();
    let digits = String::from_utf8_lossy(DIGITS);
    // Writing to a `String` cannot fail.
    let _ = write!(
        module,
        "// ZIP codes near the locations of this site (US Census Bureau, 2021).\n\
         const digits = \"{digits}\";\n\
         const data = \"{data}\";\n\
         const base = digits.length / 2;\n\
         const places = new Map();\n\
         let at = 0;\n\
         const number = () => {{\n  let value = 0;\n  for (let unit = 1; ; unit *= base) {{\n    \
         const digit = digits.indexOf(data[at++]);\n    value += (digit % base) * unit;\n    \
         if (digit < base) return value;\n  }}\n}};\n\
         const signed = () => {{\n  const value = number();\n  return value % 2 ? -(value + 1) / 2 : value / 2;\n}};\n\
         let [zip, lat, lon] = [0, 0, 0];\n\
         while (at < data.length) {{\n  [zip, lat, lon] = [zip + number(), lat + signed(), lon + signed()];\n  \
         places.set(String(zip).padStart(5, '0'), [lat / 1000, lon / 1000]);\n}}\n\
         export const find = (code) => places.get(code);\n"
    );
    module
}

fn write_number(text: &mut String, mut value: i64) {
    let base = i64::try_from(DIGITS.len() / 2).unwrap_or(1);
    loop {
        let (rest, digit) = (value / base, value % base);
        let digit = if rest > 0 { digit + base } else { digit };
        // A digit is below the number of digits.
        let digit = usize::try_from(digit).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or(b'#');
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

    /// Union Memorial, Good Samaritan, Franklin Square, Harbor, Washington.
    const HOSPITALS: [(f64, f64); 5] = [
        (39.32904, -76.61474),
        (39.35840, -76.58728),
        (39.35079, -76.47991),
        (39.25216, -76.61417),
        (38.92965, -77.01565),
    ];

    fn hospitals() -> Vec<Coordinates> {
        HOSPITALS.iter().filter_map(|(lat, lon)| Coordinates::new(*lat, *lon)).collect()
    }

    /// Reads the data of a module back, as its script does.
    fn read(module: &str) -> Vec<Zip> {
        let data = module.split("const data = \"").nth(1).and_then(|rest| rest.split('"').next()).expect("the data");
        let base = DIGITS.len() / 2;
        let mut digits = data.bytes().map(|byte| DIGITS.iter().position(|digit| *digit == byte).expect("a digit"));
        let mut number = || {
            let (mut value, mut unit) = (0, 1);
            loop {
                let digit = digits.next()?;
                value += (digit % base) * unit;
                if digit < base {
                    return i64::try_from(value).ok();
                }
                unit *= base;
            }
        };
        let mut last = Zip::default();
        std::iter::from_fn(|| {
            let code = last.code + number()?;
            last = Zip { code, lat: last.lat + unzigzag(number()?), lon: last.lon + unzigzag(number()?) };
            Some(last)
        })
        .collect()
    }

    #[test]
    fn the_table_is_whole_and_in_order() {
        let all: Vec<Zip> = table().collect();
        assert_eq!(all.len(), 33_791);
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(all.iter().all(|zip| Coordinates::new(zip.place().lat, zip.place().lon).is_some()));
    }

    #[test]
    fn distances_are_those_of_the_haversine_formula() {
        let check = |zip: &str, expected: [f64; 5]| {
            let from = center(zip).expect("a ZIP code");
            for (to, expected) in hospitals().into_iter().zip(expected) {
                let found = from.miles_to(to);
                assert!((found - expected).abs() < 0.02, "{zip}: {found} is not {expected}");
            }
        };
        check("21218", [0.71, 2.10, 6.65, 5.43, 35.47]);
        check("21225", [7.11, 9.27, 11.27, 1.80, 29.66]);
        check("20010-1234", [35.34, 37.84, 41.34, 31.44, 0.90]);
        assert_eq!(center("99999"), None);
    }

    #[test]
    fn the_module_knows_what_is_near_and_nothing_else() {
        let places = hospitals();
        let module = read(&zips_module(&places, 150.0));
        let near: Vec<Zip> =
            table().filter(|zip| places.iter().any(|place| place.miles_to(zip.place()) <= 150.0)).collect();
        assert_eq!(module.len(), near.len());
        for (found, zip) in module.iter().zip(&near) {
            let place = Coordinates { lat: degrees(found.lat, MODULE_SCALE), lon: degrees(found.lon, MODULE_SCALE) };
            assert_eq!(found.code, zip.code);
            assert!(place.miles_to(zip.place()) < 0.05, "{}", zip.code);
        }
    }

    #[test]
    fn the_module_stands_safely_in_a_script() {
        let module = zips_module(&hospitals(), 150.0);
        assert!(module.is_ascii() && module.len() < 20_000, "{}", module.len());
        assert_eq!(DIGITS.len() % 2, 0);
        assert!(!DIGITS.iter().any(|digit| b"\"'\\<>&`".contains(digit)));
    }
}
