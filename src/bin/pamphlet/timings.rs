//! How long each phase of a command takes.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use pamphlet::pipeline::Phase;

/// A watch that is told as each phase begins.
#[derive(Debug)]
pub struct Timings {
    start: Instant,
    begun: RefCell<Vec<(&'static str, Instant)>>,
}

impl Timings {
    /// Starts the watch.
    pub fn start() -> Self {
        Self {
            start: Instant::now(),
            begun: RefCell::default(),
        }
    }

    /// Ends the last phase and begins another.
    pub fn begin(&self, phase: &'static str) {
        self.begun.borrow_mut().push((phase, Instant::now()));
    }

    /// Begins a phase of the pipeline.
    pub fn begin_phase(&self, phase: Phase) {
        self.begin(match phase {
            Phase::Load => "load pages and locations",
            Phase::Link => "link",
            Phase::Theme => "theme: templates, files",
            Phase::Check => "check documents and site",
            Phase::Render => "render, check and stage pages",
            Phase::Grade => "grade findings",
        });
    }

    /// How long it all took, until now.
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// A line for each phase, the last of which ends now.
    pub fn lines(&self) -> Vec<String> {
        let begun = self.begun.borrow();
        let ends = begun
            .iter()
            .skip(1)
            .map(|(_, moment)| *moment)
            .chain([Instant::now()]);
        let times = begun
            .iter()
            .zip(ends)
            .map(|((name, start), end)| (*name, end - *start));
        times
            .map(|(name, time)| format!("{:>9.1} ms  {name}", time.as_secs_f64() * 1000.0))
            .collect()
    }
}
