//! What a finished file would make a browser ask for, beyond what the policy allows.
//!
//! One reader for each form: tags of HTML and SVG ([`tag`]), style sheets ([`style`]), scripts
//! ([`script`]). Each gives what is wrong with the place, and none knows a rule. An address is read
//! as a browser reads it ([`address`]).

mod address;
pub(super) mod file;
pub(super) mod script;
pub(super) mod style;
pub(super) mod tag;

use std::ops::Range;

pub(super) use address::{Own, Target};

/// Something in a file that the policy would block, or that would tell somebody of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Breach {
    /// What is wrong, as the end of a sentence about the file.
    pub(super) what: String,
    /// Where in the text, where that is known.
    pub(super) at: Option<Range<usize>>,
}

/// The most characters of an excerpt.
const EXCERPT: usize = 100;

/// A text of a finding on one line, cut where it is long.
pub(super) fn excerpt(text: &str) -> String {
    let mut words = text.split_whitespace().flat_map(|word| [" ", word]).skip(1);
    let mut line = String::new();
    while let Some(word) = words.next().filter(|_| line.chars().count() < EXCERPT) {
        line.push_str(word);
    }
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}\u{2026}", &line[..end]),
        None => line,
    }
}
