//! What a cache keeps, and what it lets go.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug, Default)]
struct Kept(BTreeMap<String, Vec<u8>>);

impl Store for Kept {
    fn shelf(&self, name: &str) -> Option<Vec<u8>> {
        self.0.get(name).cloned()
    }
}

fn program(name: &str) -> blake3::Hash {
    blake3::hash(name.as_bytes())
}

fn open(kept: &Kept) -> Cache {
    Cache::new(Box::new(kept.clone()), program("a"))
}

fn close(kept: &mut Kept, cache: Cache) {
    kept.0.extend(cache.changed().into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
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
    numbers.into_iter().for_each(|number| cache.put(Step::Page, key(number), &format!("value {number}")));
    close(&mut kept, cache);
    kept
}

#[test]
fn what_was_put_is_there_in_the_next_run_and_on_its_own_shelf() {
    let cache = open(&kept(0..3));
    assert_eq!(ask(&cache, 1).as_deref(), Some("value 1"));
    assert_eq!(ask(&cache, 3), None);
    assert_eq!(cache.get::<String>(Step::Check, key(1)), None);
    assert_eq!(cache.changed().len(), 0, "nothing new is nothing to keep");
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
    assert_eq!(cache.changed().len(), 0);
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
    assert_eq!((ask(&cache, 0), ask(&cache, 1).as_deref()), (None, Some("value 1")));
}

#[test]
fn a_large_shelf_is_not_kept_again_for_the_sake_of_little() {
    let check = |size: usize, new: usize, expected: usize| {
        let cache = open(&kept(0..size));
        (size..size + new).for_each(|number| cache.put(Step::Page, key(number), &"new"));
        assert_eq!(cache.changed().len(), expected, "{new} beside {size}");
    };
    check(1000, 1, 0);
    check(1000, 4, 1);
    check(100, 1, 1);
}

proptest! {
    #[test]
    fn a_damaged_shelf_gives_what_was_put_or_nothing(at in any::<prop::sample::Index>(), byte: u8, cut: bool) {
        let mut kept = kept(0..20);
        let bytes = kept.0.get_mut("pages").expect("a shelf");
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let cache = open(&kept);
        for number in 0..20 {
            let (found, put) = (ask(&cache, number), format!("value {number}"));
            prop_assert!(found.is_none_or(|found| found == put));
        }
    }
}
