//! Decides when a burst of file events is over. It reads no clock: the caller passes the time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Change;

/// How long it must be quiet when every file is whole: the events of one save come within less.
const WRITTEN: Duration = Duration::from_millis(1);

/// How long it must be quiet when a file may be half written, or is gone and may come back under
/// its name.
const OPEN: Duration = Duration::from_millis(25);

/// So soon after a change of one file nobody saves another by hand: a program writes them, and has
/// more to write.
const SAME_BURST: Duration = Duration::from_millis(250);

/// How long it must be quiet in the middle of a burst.
const BURST: Duration = Duration::from_millis(100);

/// The longest that a change that never rests is waited for.
const PATIENCE: Duration = Duration::from_millis(250);

/// The longest that a burst is waited for.
const BURST_PATIENCE: Duration = Duration::from_secs(20);

/// What is known of a file that changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It is whole.
    Written,
    /// It may be half written.
    Open,
    /// It is not there, perhaps for a moment only.
    Gone,
}

/// A change that is on its way.
#[derive(Debug, Default)]
pub(super) struct Debouncer {
    files: BTreeMap<PathBuf, State>,
    is_anything: bool,
    /// When the first and the last of it happened.
    times: Option<(Instant, Instant)>,
    /// When a change was last handed out, and of which files.
    before: Option<(Instant, BTreeSet<PathBuf>)>,
}

impl Debouncer {
    /// Something happened to a file.
    pub(super) fn file(&mut self, path: PathBuf, state: State, now: Instant) {
        self.files.insert(path, state);
        self.happened(now);
    }

    /// Something happened that may concern any file.
    pub(super) fn anything(&mut self, now: Instant) {
        self.is_anything = true;
        self.happened(now);
    }

    fn happened(&mut self, now: Instant) {
        let first = self.times.map_or(now, |(first, _)| first);
        self.times = Some((first, now));
    }

    /// When the change will be over if nothing more happens.
    pub(super) fn rests_at(&self) -> Option<Instant> {
        let (first, last) = self.times?;
        if self.continues(first) {
            return Some((last + BURST).min(first + BURST_PATIENCE));
        }
        let is_whole =
            !self.is_anything && self.files.values().all(|state| *state == State::Written);
        Some((last + if is_whole { WRITTEN } else { OPEN }).min(first + PATIENCE))
    }

    /// Whether what began at a moment goes on with the change before it, in other files.
    fn continues(&self, first: Instant) -> bool {
        let Some((before, files)) = &self.before else {
            return false;
        };
        first < *before + SAME_BURST
            && (self.is_anything || self.files.keys().any(|file| !files.contains(file)))
    }

    /// The change, if it is over.
    pub(super) fn at_rest(&mut self, now: Instant) -> Option<Change> {
        if self.rests_at()? > now {
            return None;
        }
        let files: BTreeSet<PathBuf> = std::mem::take(&mut self.files).into_keys().collect();
        self.before = Some((now, files.clone()));
        self.times = None;
        Some(if std::mem::take(&mut self.is_anything) {
            Change::Anything
        } else {
            Change::Files(files)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many changes come of these events: milliseconds, name of the file, state.
    fn changes(events: &[(u64, &str, State)]) -> Vec<(u64, usize)> {
        let start = Instant::now();
        let at = |time: u64| start + Duration::from_millis(time);
        let (mut debounce, mut found, mut events) =
            (Debouncer::default(), Vec::new(), events.iter().peekable());
        for time in 0..30_000 {
            while let Some((_, name, state)) = events.next_if(|(when, ..)| *when == time) {
                debounce.file(PathBuf::from(name), *state, at(time));
            }
            match debounce.at_rest(at(time)) {
                Some(Change::Files(files)) => found.push((time, files.len())),
                Some(other) => panic!("{other:?}"),
                None => {}
            }
        }
        found
    }

    #[test]
    fn one_save_is_one_change() {
        let check = |events: &[(u64, &str, State)], expected: &[(u64, usize)]| {
            assert_eq!(changes(events), expected, "{events:?}");
        };
        check(&[(0, "a", State::Written)], &[(1, 1)]);
        check(
            &[
                (0, "a", State::Open),
                (0, "a", State::Open),
                (2, "a", State::Written),
            ],
            &[(3, 1)],
        );
        // A file that goes and comes back, as editors save.
        check(
            &[
                (0, "a", State::Gone),
                (8, "a", State::Open),
                (9, "a", State::Written),
            ],
            &[(10, 1)],
        );
        check(&[(0, "a", State::Gone)], &[(25, 1)]);
        // A system that never says that a file was closed.
        check(&[(0, "a", State::Open), (10, "a", State::Open)], &[(35, 1)]);
        check(
            &[(0, "a", State::Written), (100, "a", State::Written)],
            &[(1, 1), (101, 1)],
        );
    }

    #[test]
    fn a_burst_is_at_most_three_changes() {
        let names: Vec<String> = (0..5_000).map(|number| format!("f{number}")).collect();
        let burst = |gap: u64| -> Vec<(u64, &str, State)> {
            names
                .iter()
                .enumerate()
                .map(|(at, name)| (at as u64 * gap / 10, name.as_str(), State::Written))
                .collect()
        };
        for gap in [1, 2, 5, 20] {
            let found = changes(&burst(gap));
            assert!(found.len() <= 3, "{gap}: {} changes", found.len());
            assert_eq!(
                found.iter().map(|(_, files)| files).sum::<usize>(),
                5_000,
                "{gap}"
            );
        }
    }

    #[test]
    fn what_never_rests_is_shown_all_the_same() {
        let events: Vec<_> = (0..1_000).map(|time| (time, "a", State::Open)).collect();
        assert!(changes(&events).len() >= 3);
    }
}
