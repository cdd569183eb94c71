//! How long `check` takes, without reading from disk and without printing: load, link and all rules
//! on sources in memory, and the same with every page rendered and checked.
//!
//! `cargo bench --bench check` prints the table that `benches/README.md` keeps. The pages are made
//! here, the same in every run: about 5 kB of Markdown each, with links, relations, a care card, a
//! list and a table.

#[path = "corpus/mod.rs"]
mod corpus;

use pamphlet::host::memory::Memory;
use pamphlet::pipeline;

const PAGES: [usize; 2] = [1_000, 10_000];

fn main() {
    divan::main();
}

/// Load, link and the rules on documents and on the site.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn analyze(bencher: divan::Bencher<'_, '_>, pages: usize) {
    let tree = corpus::tree(pages, "");
    bencher.bench(|| {
        pipeline::analyze(&tree, corpus::run_options())
            .diagnostics()
            .len()
    });
}

/// The same with the plain-language rules off.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn analyze_without_plain_language(bencher: divan::Bencher<'_, '_>, pages: usize) {
    let tree = corpus::tree(pages, &corpus::plain_language_off());
    bencher.bench(|| {
        pipeline::analyze(&tree, corpus::run_options())
            .diagnostics()
            .len()
    });
}

/// All that `pamphlet check` does: every page is rendered too, and its HTML checked.
#[divan::bench(args = PAGES, sample_count = 5, sample_size = 1)]
fn check(bencher: divan::Bencher<'_, '_>, pages: usize) {
    let tree = corpus::tree(pages, "");
    bencher.bench(|| {
        pipeline::build(&tree, corpus::run_options(), &Memory::default())
            .diagnostics
            .len()
    });
}
