//! A baseline: the findings that a site had on the day when it was written, so that only new ones
//! count.
//!
//! A finding is known by its rule, its file, the words that it points to and its message without
//! the numbers in it. So it is still known after lines have moved, and new when the words
//! themselves change. Equal findings are counted. The file is JSON, sorted, an entry a line, so
//! that it reads well in a review.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Diagnostic, RuleId};
use crate::source::{Digest, SourceTree};

/// The only version of the format.
const VERSION: u32 = 1;

/// The longest excerpt that is kept, in characters: enough to know it again, and to read.
const EXCERPT: usize = 80;

/// What makes a finding the same as before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The file.
    pub path: String,
    /// The rule's name.
    pub rule: String,
    /// The words that it points to, cut after some; nothing for a finding about a whole file.
    pub text: String,
    /// What stands for all of it.
    pub fingerprint: String,
}

/// Known findings with how often each was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Entry, usize>);

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    entry: Entry,
    count: usize,
}

#[derive(Deserialize)]
struct Stored {
    version: u32,
    findings: Vec<Line>,
}

/// What a baseline makes of today's findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// The findings that are new.
    pub new: Vec<Diagnostic>,
    /// How many are known.
    pub known: usize,
    /// The entries that are found no longer, each with how many of it are gone.
    pub paid: Vec<(Entry, usize)>,
}

impl Baseline {
    /// The baseline of findings.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic], sources: &SourceTree) -> Self {
        let mut counts = BTreeMap::new();
        for found in diagnostics {
            *counts.entry(entry(found, sources)).or_insert(0) += 1;
        }
        Self(counts)
    }

    /// Reads a baseline.
    ///
    /// # Errors
    /// Why the text is no baseline.
    pub fn parse(text: &str) -> Result<Self, String> {
        let stored: Stored = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if stored.version != VERSION {
            return Err(format!(
                "it has version {}, and this program reads version {VERSION}",
                stored.version
            ));
        }
        let mut counts = BTreeMap::new();
        for line in stored.findings {
            *counts.entry(line.entry).or_insert(0) += line.count;
        }
        Ok(Self(counts))
    }

    /// Writes the baseline.
    #[must_use]
    pub fn write(&self) -> String {
        let line = |(entry, count): (&Entry, &usize)| {
            // Strings and numbers under string keys always serialise.
            serde_json::to_string(&Line {
                entry: entry.clone(),
                count: *count,
            })
            .unwrap_or_default()
        };
        let lines: Vec<String> = self.0.iter().map(line).collect();
        let mut text = format!("{{\n\"version\": {VERSION},\n\"findings\": [");
        // Writing to a `String` cannot fail.
        let _ = write!(
            text,
            "{}{}",
            if lines.is_empty() { "" } else { "\n" },
            lines.join(",\n")
        );
        text + "\n]\n}\n"
    }

    /// How many findings it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tells new findings from known ones.
    #[must_use]
    pub fn compare(&self, diagnostics: Vec<Diagnostic>, sources: &SourceTree) -> Compared {
        let mut left = self.0.clone();
        let mut compared = Compared::default();
        for found in diagnostics {
            match left.get_mut(&entry(&found, sources)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    compared.known += 1;
                }
                _ => compared.new.push(found),
            }
        }
        compared.paid = left.into_iter().filter(|(_, count)| *count > 0).collect();
        compared
    }
}

fn entry(found: &Diagnostic, sources: &SourceTree) -> Entry {
    let words = words(found, sources);
    let text: String = words.chars().take(EXCERPT).collect();
    Entry {
        path: found.place.path.to_string(),
        rule: found.rule.name().to_owned(),
        text,
        fingerprint: fingerprint_of(
            found.rule,
            found.place.path.as_str(),
            &words,
            &found.message,
        ),
    }
}

/// What makes a finding known again: 16 hexadecimal digits.
#[must_use]
pub(super) fn fingerprint(found: &Diagnostic, sources: &SourceTree) -> String {
    fingerprint_of(
        found.rule,
        found.place.path.as_str(),
        &words(found, sources),
        &found.message,
    )
}

fn fingerprint_of(rule: RuleId, path: &str, words: &str, message: &str) -> String {
    let message: String = message.chars().filter(|c| !c.is_ascii_digit()).collect();
    Digest::of_parts([rule.name(), path, words, &message].map(str::as_bytes)).to_string()[..16]
        .to_owned()
}

/// The words that a finding points to, with one space for any white space, and without what makes
/// them links: a text is the same when its phone number can be tapped.
fn words(found: &Diagnostic, sources: &SourceTree) -> String {
    let text = sources.text(&found.place.path).zip(found.place.span);
    let words = text.map(|(text, span)| {
        let span = span.within(text);
        &text[span.start..span.end]
    });
    let words = words
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    without_links(&words)
}

/// A Markdown text without the brackets and targets of its links.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['[', ']']) {
        plain.push_str(&rest[..at]);
        let target = rest[at..]
            .strip_prefix("](")
            .and_then(|target| target.split_once(')'));
        rest = target.map_or(&rest[at + 1..], |(_, rest)| rest);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::source::{SourcePath, Span};

    fn found(text: &str, at: &str, message: &'static str) -> Diagnostic {
        let start = text.find(at).expect("the words");
        let place = Place::at(&SourcePath::new("a.md"), Span::new(start, start + at.len()));
        Diagnostic::new(RuleId::LongSentence, place, message)
    }

    #[test]
    fn findings_are_known_after_lines_have_moved() {
        let old = "One long\nsentence.\n";
        let sources = |text: &str| SourceTree::from_files([("a.md", text)]);
        let baseline = Baseline::of(
            &[found(old, "One long\nsentence.", "it has 21 words")],
            &sources(old),
        );
        let check = |text: &str, at: &str, message: &'static str, new: usize, paid: usize| {
            let compared = baseline.compare(vec![found(text, at, message)], &sources(text));
            assert_eq!(
                (compared.new.len(), compared.paid.len()),
                (new, paid),
                "{text:?}"
            );
        };
        check(
            "New.\n\nOne long sentence.\n",
            "One long sentence.",
            "it has 21 words",
            0,
            0,
        );
        check(old, "One long\nsentence.", "it has 22 words", 0, 0);
        check(
            "One [long](tel:911) sentence.\n",
            "One [long](tel:911) sentence.",
            "it has 21 words",
            0,
            0,
        );
        check(
            "One other sentence.\n",
            "One other sentence.",
            "it has 21 words",
            1,
            1,
        );
        let twice = "One long sentence. One long sentence.\n";
        let both = vec![found(twice, "One long sentence.", "it has 21 words"); 2];
        assert_eq!(baseline.compare(both, &sources(twice)).new.len(), 1);
    }

    #[test]
    fn a_baseline_is_read_as_it_was_written() {
        let text = "A \"quoted\" sentence.\n";
        let sources = SourceTree::from_files([("a.md", text)]);
        let baseline = Baseline::of(
            &[
                found(text, "\"quoted\"", "x"),
                found(text, "\"quoted\"", "x"),
            ],
            &sources,
        );
        assert_eq!(Baseline::parse(&baseline.write()), Ok(baseline.clone()));
        assert_eq!((baseline.len(), baseline.write().lines().count()), (2, 6));
        assert_eq!(
            Baseline::parse(&Baseline::default().write()),
            Ok(Baseline::default())
        );
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        let check = |text: &str, expected: &str| {
            let error = Baseline::parse(text).expect_err("no baseline");
            assert!(error.contains(expected), "{error}");
        };
        check("", "EOF");
        check("{\"version\": 2, \"findings\": []}", "version 2");
        check("[]", "expected");
    }
}
