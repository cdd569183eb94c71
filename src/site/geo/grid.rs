//! Whether a place has one of many others near it, without measuring the way to each.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::{Coordinates, EARTH_MILES};

/// A cell of a degree each way.
type Cell = (i32, i32);

/// Places by the cells from which they may be reached.
pub(super) struct Grid {
    miles: f64,
    cells: HashMap<Cell, Vec<Coordinates>, FixedState>,
}

impl Grid {
    /// Places that are to be found from some miles away.
    pub(super) fn new(places: &[Coordinates], miles: f64) -> Self {
        let mut cells: HashMap<Cell, Vec<Coordinates>, FixedState> = HashMap::default();
        for place in places {
            for cell in around(*place, miles) {
                cells.entry(cell).or_default().push(*place);
            }
        }
        Self { miles, cells }
    }

    /// Whether one of the places is near another.
    pub(super) fn is_near(&self, from: Coordinates) -> bool {
        let places = self.cells.get(&cell(from));
        places.is_some_and(|places| {
            places
                .iter()
                .any(|place| from.miles_to(*place) <= self.miles)
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees are below 360")]
fn cell(place: Coordinates) -> Cell {
    (place.lat.floor() as i32, place.lon.floor() as i32)
}

/// The cells that a circle of some miles around a place touches.
#[expect(clippy::cast_possible_truncation, reason = "degrees are below 360")]
fn around(from: Coordinates, miles: f64) -> impl Iterator<Item = Cell> {
    let (lat, lon) = cell(from);
    let angle = (miles / EARTH_MILES).to_degrees();
    let rows = (angle.ceil() as i32).min(180);
    // Circles of longitude come together towards the poles; near these the circle may go all
    // around.
    let narrowest = (from.lat.abs() + angle).min(90.0).to_radians().cos();
    let columns = if narrowest > 0.01 {
        ((angle / narrowest).ceil() as i32).min(180)
    } else {
        180
    };
    let wrapped = move |lon: i32| (lon + 180).rem_euclid(360) - 180;
    (-rows..=rows).flat_map(move |row| {
        (-columns..=columns).map(move |column| (lat + row, wrapped(lon + column)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::geo::table;
    use crate::site::geo::tests::hospitals;

    #[test]
    fn the_grid_finds_what_measuring_each_place_finds() {
        // The last two stand on both sides of the date line.
        let far = [
            (71.3, -156.8),
            (-14.3, -170.7),
            (51.9, 179.9),
            (52.9, -179.5),
        ];
        let places: Vec<Coordinates> = hospitals()
            .into_iter()
            .chain(
                far.iter()
                    .filter_map(|(lat, lon)| Coordinates::new(*lat, *lon)),
            )
            .collect();
        for miles in [1.0, 40.0, 150.0, 900.0] {
            let grid = Grid::new(&places, miles);
            let more = far
                .iter()
                .filter_map(|(lat, lon)| Coordinates::new(lat - 0.4, -lon));
            for from in table()
                .step_by(31)
                .map(super::super::Zip::place)
                .chain(more)
            {
                let expected = places.iter().any(|place| place.miles_to(from) <= miles);
                assert_eq!(grid.is_near(from), expected, "{from:?} {miles}");
            }
        }
    }
}
