//! Reading `finder` in `site.yaml`.

use super::number_within;
use crate::config::{Finder, Unit};
use crate::diagnostic::RuleId;
use crate::schema::Fields;

pub(super) fn read(fields: Fields<'_>) -> Finder {
    let mut finder = Finder::default();
    if let Some(word) = fields.word("unit", "the word miles, or km") {
        match word.value.as_str() {
            "miles" => {}
            "km" => finder.unit = Unit::Kilometers,
            _ => {
                let message = format!("`{}` is not known: {:?}", word.at, word.value);
                fields.report(RuleId::BadValue, &word.at, message, "write miles, or km");
            }
        }
    }
    let (range, wanted) = match finder.unit {
        Unit::Miles => (1.0..=3000.0, "a number of miles from 1 to 3000"),
        Unit::Kilometers => (1.0..=5000.0, "a number of kilometers from 1 to 5000"),
    };
    if let Some(radius) = number_within(&fields, "radius", range, wanted) {
        finder.miles = radius / finder.unit.of_a_mile();
    }
    fields.finish();
    finder
}
