//! What day it is, and how time passes.

use std::time::Instant;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Today in UTC, so that a build is the same wherever it runs.
#[must_use]
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// This moment, to measure how long something takes.
#[must_use]
pub fn moment() -> Instant {
    Instant::now()
}
