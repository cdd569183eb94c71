//! What a rule is.

use jiff::civil::Date;

use super::finished::FinishedFile;
use super::manuscript::Manuscript;
use super::proof::Proof;
use super::written::WrittenPage;
use crate::content::Document;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

/// What a rule looks at.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// Nothing of its own: the finding comes up when files are read.
    Reading,
    /// One document with its prose, whatever the day.
    Document(fn(&Manuscript<'_>, &mut Vec<Diagnostic>)),
    /// One document and the day of the build: what it finds today it may not find tomorrow.
    Day(fn(&Document, Date, &mut Vec<Diagnostic>)),
    /// One page of the linked site that somebody wrote: its document, what it leads to and what it
    /// is related to, and nothing of what other pages say.
    Page(fn(WrittenPage<'_>, &mut Vec<Diagnostic>)),
    /// The linked site. Of the Markdown of a page it may read headings, what the page leads to and
    /// shows, and the links in its HTML: where nothing of this has changed, it is not run again.
    Site(fn(&Site, &mut Vec<Diagnostic>)),
    /// Nothing of its own: the finding comes up when pages are rendered and put in their places.
    Build,
    /// One finished page.
    Output(fn(&Proof<'_>, &mut Vec<Diagnostic>)),
    /// One finished page, and one finished file that no template made.
    Finished(
        fn(&Proof<'_>, &mut Vec<Diagnostic>),
        fn(&FinishedFile<'_>, &mut Vec<Diagnostic>),
    ),
    /// One finished file that no template made.
    File(fn(&FinishedFile<'_>, &mut Vec<Diagnostic>)),
    /// One document, and the finished page: what was found in the document is not said of its page
    /// again.
    Both(
        fn(&Manuscript<'_>, &mut Vec<Diagnostic>),
        fn(&Proof<'_>, &mut Vec<Diagnostic>),
    ),
    /// Nothing of its own: the finding comes up when all others are graded.
    Grading,
}

impl Run {
    /// How it looks at a document.
    pub(super) fn document(self) -> Option<fn(&Manuscript<'_>, &mut Vec<Diagnostic>)> {
        match self {
            Self::Document(run) | Self::Both(run, _) => Some(run),
            _ => None,
        }
    }

    /// How it looks at a document on a day.
    pub(super) fn day(self) -> Option<fn(&Document, Date, &mut Vec<Diagnostic>)> {
        if let Self::Day(run) = self {
            Some(run)
        } else {
            None
        }
    }

    /// How it looks at a page that somebody wrote.
    pub(super) fn written(self) -> Option<fn(WrittenPage<'_>, &mut Vec<Diagnostic>)> {
        if let Self::Page(run) = self {
            Some(run)
        } else {
            None
        }
    }

    /// How it looks at the linked site.
    pub(super) fn site(self) -> Option<fn(&Site, &mut Vec<Diagnostic>)> {
        if let Self::Site(run) = self {
            Some(run)
        } else {
            None
        }
    }

    /// How it looks at a finished page.
    pub(super) fn finished(self) -> Option<fn(&Proof<'_>, &mut Vec<Diagnostic>)> {
        match self {
            Self::Output(run) | Self::Finished(run, _) | Self::Both(_, run) => Some(run),
            _ => None,
        }
    }

    /// How it looks at a finished file that no template made.
    pub(super) fn file(self) -> Option<fn(&FinishedFile<'_>, &mut Vec<Diagnostic>)> {
        match self {
            Self::File(run) | Self::Finished(_, run) => Some(run),
            _ => None,
        }
    }

    /// Whether it has looked only when a site was built.
    #[must_use]
    pub fn needs_build(self) -> bool {
        matches!(self, Self::Build | Self::Grading)
            || self.finished().is_some()
            || self.file().is_some()
    }
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
        let Self {
            id,
            summary,
            why,
            bad,
            good,
            ..
        } = self;
        let (hashes, word) = ("#".repeat(level), id.default_level().word());
        format!(
            "{hashes} {id}\n\n{summary} Level: `{word}`.\n\n{why}\n\n\
             Instead of\n\n```text\n{bad}\n```\n\nwrite\n\n```text\n{good}\n```\n"
        )
    }
}
