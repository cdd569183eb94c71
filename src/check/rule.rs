//! What a rule is.

use jiff::civil::Date;

use super::manuscript::Manuscript;
use crate::content::Document;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::output::Origin;
use crate::site::Site;

/// A finished page, as it will be written.
#[derive(Clone, Copy, Debug)]
pub struct FinishedPage<'p> {
    /// Where it comes from.
    pub origin: &'p Origin,
    /// Its root-relative URL.
    pub url: &'p str,
    /// The address of the site, where it is known.
    pub base_url: Option<&'p str>,
    /// The site's Content-Security-Policy.
    pub csp: &'p str,
    /// Its HTML.
    pub html: &'p str,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// Nothing of its own: the finding comes up when files are read.
    Reading,
    /// One document with its prose, whatever the day.
    Document(fn(&Manuscript<'_>, &mut Vec<Diagnostic>)),
    /// One document and the day of the build: what it finds today it may not find tomorrow.
    Day(fn(&Document, Date, &mut Vec<Diagnostic>)),
    /// The linked site.
    Site(fn(&Site, &mut Vec<Diagnostic>)),
    /// Nothing of its own: the finding comes up when pages are rendered and put in their places.
    Build,
    /// One finished page.
    Output(fn(&FinishedPage<'_>, &mut Vec<Diagnostic>)),
    /// Nothing of its own: the finding comes up when all others are graded.
    Grading,
}

/// A rule with its documentation.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its identity.
    pub id: RuleId,
    /// What a finding says, in one sentence.
    pub summary: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// An example that breaks it.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// What it looks at.
    pub run: Run,
}

/// Rules that belong together.
#[derive(Debug)]
pub struct Topic {
    /// Its name.
    pub title: &'static str,
    /// What its rules are about.
    pub about: &'static str,
    /// Its rules, in order of name.
    pub rules: &'static [&'static Rule],
}

impl Rule {
    /// The rule's documentation in Markdown, with its name as a heading of a level.
    #[must_use]
    pub fn documentation(&self, level: usize) -> String {
        let Self { id, summary, why, bad, good, .. } = self;
        let (hashes, word) = ("#".repeat(level), id.default_level().word());
        format!(
            "{hashes} {id}\n\n{summary} Level: `{word}`.\n\n{why}\n\n\
             Instead of\n\n```text\n{bad}\n```\n\nwrite\n\n```text\n{good}\n```\n"
        )
    }
}
