//! Properties of sequences of edits: how many sequences are tried, from which seeds, side by side.
//!
//! A sequence builds its site twice after every edit, so one property takes longer than all other
//! tests together. It is split into parts, each of which is a test, so that they run on all cores.
//! Each part has a seed of its own, so that two runs try the same sequences: a failure is never a
//! matter of luck. `PROPTEST_CASES` asks for more (256 is the default, and `scripts/test` and
//! `scripts/soak` set it), `PROPTEST_RNG_SEED` for others.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseResult, TestError, TestRunner};

/// Into how many tests a property is split.
const PARTS: u32 = 4;

/// Runs the part with this number, which counts from 1. One sequence is tried for every `cost`
/// cases that a property of a single value has.
pub(crate) fn run_part<T: Clone + Debug>(
    part: u32,
    cost: u32,
    sequences: impl Strategy<Value = Vec<T>>,
    check: fn(&[T]) -> TestCaseResult,
) {
    let usual = ProptestConfig::default();
    let first = match usual.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => 0,
    };
    let config = ProptestConfig {
        cases: (usual.cases / cost / PARTS).max(1),
        rng_seed: RngSeed::Fixed(first.wrapping_add(u64::from(part))),
        failure_persistence: None,
        ..usual
    };
    println!("{} sequences, seed {:?}", config.cases, config.rng_seed);
    match TestRunner::new(config).run(&sequences, |sequence| check(&sequence)) {
        Ok(()) => {}
        Err(TestError::Fail(reason, sequence)) => panic!("{reason}\nthe shortest: {sequence:#?}"),
        Err(error) => panic!("{error}"),
    }
}

/// Declares a property of sequences as one test for each part: its name, its cost (see
/// [`run_part`]), what the sequences are made of, and the function that tries one of them.
macro_rules! property_of_sequences {
    ($name:ident, $cost:literal, $sequences:expr, $check:expr) => {
        property_of_sequences!($name, $cost, $sequences, $check, part_1 1, part_2 2, part_3 3, part_4 4);
    };
    ($name:ident, $cost:literal, $sequences:expr, $check:expr, $($test:ident $part:literal),+) => {
        mod $name {
            use super::*;

            $(
                #[test]
                fn $test() {
                    crate::sequences::run_part($part, $cost, $sequences, $check);
                }
            )+
        }
    };
}
pub(crate) use property_of_sequences;
