//! What a cache keeps, and what it lets go.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Mutex;

use proptest::prelude::*;

use super::*;
use crate::source::Digest;

#[derive(Clone, Debug, Default)]
struct Kept(BTreeMap<String, Vec<u8>>);

impl Store for Kept {
    fn shelf(&self, name: &str) -> Option<Box<dyn Blob>> {
        self.0
            .get(name)
            .map(|bytes| Box::new(bytes.clone()) as Box<dyn Blob>)
    }
}

fn program(name: &str) -> Digest {
    Digest::of(name.as_bytes())
}

fn open(kept: &Kept) -> Cache {
    Cache::new(Box::new(kept.clone()), program("a"))
}

fn close(kept: &mut Kept, cache: Cache) {
    kept.0.extend(changed(cache));
}

/// What is to be kept, by name.
fn changed(cache: Cache) -> BTreeMap<String, Vec<u8>> {
    let changed: Mutex<BTreeMap<String, Vec<u8>>> = Mutex::default();
    let write = |name: &str, parts: &[&[u8]]| {
        changed
            .lock()
            .expect("the shelves")
            .insert(name.to_owned(), parts.concat());
        Ok::<(), Infallible>(())
    };
    let Ok(()) = cache.keep(write);
    changed.into_inner().expect("the shelves")
}

fn key(number: usize) -> Key {
    KeyHasher::default().add(&number).key()
}

fn ask(cache: &Cache, number: usize) -> Option<String> {
    cache.get(Step::Page, key(number))
}

/// What is kept after a run that puts some numbers.
fn kept(numbers: impl IntoIterator<Item = usize>) -> Kept {
    let (mut kept, cache) = (Kept::default(), open(&Kept::default()));
    numbers
        .into_iter()
        .for_each(|number| cache.put(Step::Page, key(number), &format!("value {number}")));
    close(&mut kept, cache);
    kept
}

#[test]
fn what_was_put_is_there_in_the_next_run_and_on_its_own_shelf() {
    let cache = open(&kept(0..3));
    assert_eq!(ask(&cache, 1).as_deref(), Some("value 1"));
    assert_eq!(ask(&cache, 3), None);
    assert_eq!(cache.get::<String>(Step::Check, key(1)), None);
    assert_eq!(changed(cache).len(), 0, "nothing new is nothing to keep");
}

#[test]
fn what_was_put_last_counts() {
    let (mut kept, cache) = (kept(0..3), open(&kept(0..3)));
    cache.put(Step::Page, key(1), &"one");
    cache.put(Step::Page, key(1), &"other");
    close(&mut kept, cache);
    assert_eq!(ask(&open(&kept), 1).as_deref(), Some("other"));
}

#[test]
fn another_program_remembers_nothing() {
    let cache = Cache::new(Box::new(kept(0..3)), program("b"));
    assert_eq!(ask(&cache, 1), None);
}

#[test]
fn a_cache_of_nothing_takes_and_gives_nothing() {
    let cache = Cache::none();
    cache.put(Step::Page, key(1), &1);
    assert_eq!(ask(&cache, 1), None);
    assert_eq!(changed(cache).len(), 0);
}

#[test]
fn many_large_values_are_read_block_by_block() {
    let (mut kept, cache) = (Kept::default(), open(&Kept::default()));
    let value = |number: usize| number.to_string().repeat(number % 90 * 100);
    (0..1000).for_each(|number| cache.put(Step::Page, key(number), &value(number)));
    close(&mut kept, cache);
    assert!(kept.0["pages"].len() > 8 << 20, "many blocks");
    let cache = open(&kept);
    // The first ones are read by themselves, the second time all of them from blocks.
    for number in (0..1000).chain(0..1000) {
        assert_eq!(ask(&cache, number), Some(value(number)), "{number}");
    }
}

#[test]
fn what_nobody_asks_for_goes_after_some_runs() {
    let mut kept = kept([0, 1]);
    for run in 0..3 {
        let cache = open(&kept);
        assert!(ask(&cache, 1).is_some(), "run {run}");
        cache.put(Step::Page, key(100 + run), &"new");
        close(&mut kept, cache);
    }
    let cache = open(&kept);
    assert_eq!(
        (ask(&cache, 0), ask(&cache, 1).as_deref()),
        (None, Some("value 1"))
    );
}

#[test]
fn a_run_that_asks_for_a_part_lets_nothing_go() {
    let mut kept = kept([0, 1]);
    for run in 0..10 {
        let cache = open(&kept);
        cache.spare();
        cache.put(Step::Page, key(100 + run), &"new");
        close(&mut kept, cache);
    }
    assert_eq!(ask(&open(&kept), 0).as_deref(), Some("value 0"));
}

#[test]
fn a_large_shelf_is_kept_whole_when_enough_of_it_is_new() {
    let check = |size: usize, new: usize, expected: &str| {
        let cache = open(&kept(0..size));
        (size..size + new).for_each(|number| cache.put(Step::Page, key(number), &"new"));
        let changed: Vec<_> = changed(cache).into_keys().collect();
        assert_eq!(changed, [expected], "{new} beside {size}");
    };
    check(1000, 1, "pages-since");
    check(1000, 4, "pages");
    check(100, 1, "pages");
}

#[test]
fn what_is_new_since_is_there_too_until_enough_has_come_together() {
    let mut kept = kept(0..1000);
    for number in 1000..1010 {
        let cache = open(&kept);
        cache.put(Step::Page, key(number), &format!("value {number}"));
        close(&mut kept, cache);
        let cache = open(&kept);
        (0..=number)
            .for_each(|number| assert_eq!(ask(&cache, number), Some(format!("value {number}"))));
    }
}

#[test]
fn what_is_new_since_belongs_to_the_shelf_beneath() {
    let mut kept = kept(0..1000);
    let cache = open(&kept);
    cache.put(Step::Page, key(1000), &"value 1000");
    close(&mut kept, cache);
    kept.0
        .insert("pages".to_owned(), self::kept(0..999).0["pages"].clone());
    assert_eq!(ask(&open(&kept), 1000), None);
}

proptest! {
    #[test]
    fn a_damaged_shelf_gives_what_was_put_or_nothing(
        name in prop::sample::select(vec!["pages", "pages-since"]),
        at in any::<prop::sample::Index>(),
        byte: u8,
        cut: bool,
    ) {
        let (mut kept, size) = (kept(0..300), 301);
        let cache = open(&kept);
        cache.put(Step::Page, key(300), &"value 300");
        close(&mut kept, cache);
        let bytes = kept.0.get_mut(name).expect("a layer");
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let cache = open(&kept);
        for number in 0..size {
            let (found, put) = (ask(&cache, number), format!("value {number}"));
            prop_assert!(found.is_none_or(|found| found == put));
        }
    }
}
