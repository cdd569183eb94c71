//! Any text as the Markdown of a sound page.
#![no_main]
#![expect(clippy::disallowed_methods, reason = "the macro writes an input to a file where it is asked to")]

use libfuzzer_sys::fuzz_target;
use pamphlet::config::Drafts;
use pamphlet_fuzz::{assertions, sites, stay_on_one_thread};

fuzz_target!(init: stay_on_one_thread(), |markdown: &str| {
    let page = format!("---\ntitle: Angina\nsummary: Pain.\n---\n{markdown}");
    assertions::hold(&sites::with(sites::PAGE, page.as_bytes()), &sites::run(Drafts::Excluded));
});
