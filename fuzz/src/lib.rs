//! What the fuzz targets share: the sites that their input goes into, and what must hold for every
//! site.
//!
//! A target only turns bytes into a site. Nothing here looks for faults of its own in the bytes,
//! and nothing reads a file or the clock, so that an input always does the same.
#![forbid(unsafe_code)]

pub mod assertions;
pub mod input;
mod pieces;
pub mod sites;

/// Keeps all work on the thread of the fuzzer: its counters are of one thread, and so are the
/// stacks of its crashes.
pub fn stay_on_one_thread() {
    // A pool that is there already was made by an earlier call of this function.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
}
