//! Several files of any names and contents in a small site, with drafts or without.
#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro writes an input to a file where it is asked to")]

use libfuzzer_sys::fuzz_target;
use pamphlet_fuzz::input::Input;
use pamphlet_fuzz::{assertions, stay_on_one_thread};

fuzz_target!(init: stay_on_one_thread(), |input: Input| {
    assertions::hold(&input.tree(), &input.run());
});
