//! Dates as readers see them.

use jiff::civil::Date;

use super::view::DateView;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `2026-03-01` and `March 1, 2026`.
pub(super) fn view(date: Date) -> DateView {
    // A month is 1 to 12.
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .expect("a month is 1 to 12");
    DateView {
        iso: date.to_string(),
        text: format!("{month} {}, {}", date.day(), date.year()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_spelled_out() {
        let view = super::view(jiff::civil::date(2026, 12, 1));
        assert_eq!(
            (view.iso.as_str(), view.text.as_str()),
            ("2026-12-01", "December 1, 2026")
        );
    }
}
