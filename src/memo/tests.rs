//! What tables keep, when a value counts, and what a damaged log gives.

use std::collections::BTreeMap;
use std::sync::Mutex;

use proptest::prelude::*;

use super::*;
use crate::source::Digest;

/// Inputs that a test can change.
#[derive(Default)]
struct State(Mutex<BTreeMap<Input, usize>>);

impl State {
    fn set(&self, input: Input, value: usize) {
        self.0.lock().expect("a state").insert(input, value);
    }
}

impl Inputs for State {
    fn fingerprint(&self, input: &Input) -> Key {
        let state = self.0.lock().expect("a state");
        state.get(input).map_or(Key::ABSENT, Key::of)
    }
}

fn page(name: &str) -> Input {
    Input::Summary(name.into())
}

fn open(bytes: &[u8]) -> Arc<Log> {
    Arc::new(Log::open(bytes.to_vec(), Digest::of(b"a program")))
}

fn save(bytes: &mut Vec<u8>, log: &Log) {
    match log.save() {
        Save::Nothing => {}
        Save::Append(more) => bytes.extend(more),
        Save::Replace(all) => *bytes = all,
    }
}

fn pages(log: &Arc<Log>) -> Table<String> {
    Table::in_log(Query::Page, log.clone())
}

fn put(table: &Table<String>, numbers: impl IntoIterator<Item = usize>) {
    for number in numbers {
        let value = format!("value {number}");
        table.put(Key::of(&number), Vec::new(), &State::default(), value);
    }
}

fn get(table: &Table<String>, number: usize) -> Option<String> {
    let found = table.get(Key::of(&number), &State::default());
    found.map(|value| value.to_string())
}

/// The bytes of a log after a run that puts some numbers.
fn kept(numbers: impl IntoIterator<Item = usize>) -> Vec<u8> {
    let (mut bytes, log) = (Vec::new(), open(&[]));
    put(&pages(&log), numbers);
    save(&mut bytes, &log);
    bytes
}

#[test]
fn a_value_counts_as_long_as_all_that_was_read_is_the_same() {
    let check = |table: &Table<usize>| {
        let state = State::default();
        state.set(page("a"), 1);
        let key = Key::of("key");
        let ask = || table.get(key, &state).map(|value| *value);
        table.put(key, vec![page("a"), page("absent")], &state, 7);
        assert_eq!(ask(), Some(7));
        state.set(page("other"), 1);
        assert_eq!(ask(), Some(7), "it was not read");
        state.set(page("a"), 2);
        assert_eq!(ask(), None, "it was read");
        state.set(page("a"), 1);
        assert_eq!(ask(), Some(7), "it is as it was");
        state.set(page("absent"), 1);
        assert_eq!(ask(), None, "what was not there was read too");
        table.put(key, vec![page("absent")], &state, 8);
        assert_eq!(ask(), Some(8));
        assert_eq!(table.counts(), Counts { hits: 4, misses: 2 });
    };
    check(&Table::in_memory(Query::Page, None));
    check(&Table::in_memory(Query::Page, Some(open(&[]))));
    check(&Table::in_log(Query::Page, open(&[])));
}

#[test]
fn the_next_run_finds_what_was_put_in_its_own_table() {
    let log = open(&kept(0..3));
    assert_eq!(get(&pages(&log), 1).as_deref(), Some("value 1"));
    assert_eq!(get(&pages(&log), 3), None);
    assert_eq!(get(&Table::in_log(Query::Build, log.clone()), 1), None);
    let in_memory = Table::in_memory(Query::Page, Some(log.clone()));
    assert_eq!(get(&in_memory, 1).as_deref(), Some("value 1"));
    assert_eq!(log.save(), Save::Nothing, "nothing is new");
}

#[test]
fn another_program_finds_nothing() {
    let log = Log::open(kept(0..3), Digest::of(b"another program"));
    assert_eq!((get(&pages(&Arc::new(log)), 1)), None);
}

#[test]
fn what_was_put_last_counts() {
    let mut bytes = kept(0..3);
    for text in ["one", "other"] {
        let log = open(&bytes);
        let (table, state) = (pages(&log), State::default());
        table.put(Key::of(&1_usize), Vec::new(), &state, text.to_owned());
        assert_eq!(get(&table, 1).as_deref(), Some(text));
        assert!(get(&table, 0).is_some() && get(&table, 2).is_some());
        save(&mut bytes, &log);
        assert_eq!(get(&pages(&open(&bytes)), 1).as_deref(), Some(text));
    }
}

#[test]
fn a_log_is_added_to_while_most_of_it_is_in_use() {
    let check = |used: usize, is_added_to: bool| {
        let log = open(&kept(0..100));
        let table = pages(&log);
        (0..used).for_each(|number| assert!(get(&table, number).is_some()));
        put(&table, [100]);
        let save = log.save();
        assert_eq!(matches!(save, Save::Append(_)), is_added_to, "{used}");
        let mut bytes = kept(0..100);
        self::save(&mut bytes, &log);
        let next = pages(&open(&bytes));
        assert!(get(&next, 100).is_some() && get(&next, used - 1).is_some());
        assert_eq!(get(&next, 99).is_some(), is_added_to || used == 100);
    };
    check(100, true);
    check(60, true);
    check(40, false);
}

#[test]
fn nothing_is_added_behind_a_record_that_is_cut() {
    let whole = kept(0..10);
    for cut in 1..whole.len() {
        let mut bytes = whole[..cut].to_vec();
        let log = open(&bytes);
        let table = pages(&log);
        (0..10).for_each(|number| drop(get(&table, number)));
        put(&table, [10]);
        save(&mut bytes, &log);
        assert_eq!(
            get(&pages(&open(&bytes)), 10).as_deref(),
            Some("value 10"),
            "{cut}"
        );
    }
}

#[test]
fn memory_keeps_what_somebody_asks_for() {
    let table: Table<String> = Table::in_memory(Query::Page, None);
    put(&table, 0..2);
    table.sweep();
    assert!(get(&table, 1).is_some());
    table.sweep();
    assert_eq!((get(&table, 0), get(&table, 1).is_some()), (None, true));
}

proptest! {
    #[test]
    fn a_damaged_log_gives_what_was_put_or_nothing(
        at in any::<prop::sample::Index>(),
        byte: u8,
        is_cut: bool,
    ) {
        let mut bytes = kept(0..100);
        let at = at.index(bytes.len());
        if is_cut { bytes.truncate(at) } else { bytes[at] = byte }
        let table = pages(&open(&bytes));
        for number in 0..100 {
            let found = get(&table, number);
            let put = format!("value {number}");
            prop_assert!(found.is_none_or(|found| found == put));
        }
    }
}
