//! A `site.yaml` of any bytes in a sound site.
#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro writes an input to a file where it is asked to")]

use libfuzzer_sys::fuzz_target;
use pamphlet::config::Drafts;
use pamphlet_fuzz::{assertions, sites, stay_on_one_thread};

fuzz_target!(init: stay_on_one_thread(), |bytes: &[u8]| {
    assertions::hold(&sites::with("content/site.yaml", bytes), &sites::run(Drafts::Excluded));
});
