//! The table of cities, in the form that `scripts/make-zips` describes.

use super::unsigned;

const TABLE: &[u8] = include_bytes!("../../../data/cities.bin");

/// A city with the ZIP code at which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct City<'t> {
    pub(super) name: &'t str,
    /// The two letters of its state.
    pub(super) state: &'t str,
    pub(super) zip: i64,
}

/// Gives every city, in the order of state and name.
pub(super) fn each(mut give: impl FnMut(City<'_>)) {
    let mut bytes = TABLE;
    let mut name: Vec<u8> = Vec::new();
    // The table ends with a whole city, and its names are UTF-8.
    while next(&mut bytes, &mut name, &mut give).is_some() {}
}

fn next(bytes: &mut &[u8], name: &mut Vec<u8>, give: &mut impl FnMut(City<'_>)) -> Option<()> {
    let shared = unsigned(bytes)?;
    let own = unsigned(bytes)?;
    name.truncate(usize::try_from(shared).ok()?);
    name.extend_from_slice(take(bytes, own)?);
    let state = std::str::from_utf8(take(bytes, 2)?).ok()?;
    let zip = unsigned(bytes)?;
    give(City {
        name: std::str::from_utf8(name).ok()?,
        state,
        zip,
    });
    Some(())
}

fn take<'b>(bytes: &mut &'b [u8], length: i64) -> Option<&'b [u8]> {
    let (taken, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_table_is_whole_and_each_city_has_a_place() {
        let zips: HashSet<i64> = crate::site::geo::table().map(|zip| zip.code).collect();
        let (mut count, mut baltimore) = (0, None);
        each(|city| {
            count += 1;
            assert!(zips.contains(&city.zip), "{city:?}");
            assert!(
                city.state.bytes().all(|byte| byte.is_ascii_uppercase()),
                "{city:?}"
            );
            assert!(
                !city.name.contains(['|', '"', '\\', '<', '\n']) && !city.name.is_empty(),
                "{city:?}"
            );
            if (city.name, city.state) == ("Baltimore", "MD") {
                baltimore = Some(city.zip);
            }
        });
        assert_eq!((count, baltimore), (29_542, Some(21_201)));
    }
}
