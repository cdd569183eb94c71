//! What a rule is.

use super::document_context::DocumentContext;
use super::finished::FinishedFile;
use super::linked_page::LinkedPage;
use super::parsed_page::ParsedPage;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;

/// Something that a rule looks at. A rule can read no more than what it is given here, so this is
/// also when its findings are found anew.
#[derive(Clone, Copy, Debug)]
pub enum Look {
    /// One document with its prose and the settings, whatever the day: while the document is read.
    Document(fn(&DocumentContext<'_>, &mut Vec<Diagnostic>)),
    /// One page that somebody wrote, with what it leads to and is related to: in every linked site.
    Page(fn(LinkedPage<'_>, &mut Vec<Diagnostic>)),
    /// All pages and documents, and the day: in every linked site.
    Site(fn(&Site, &mut Vec<Diagnostic>)),
    /// One finished page or file: when it is made.
    Output(fn(Output<'_>, &mut Vec<Diagnostic>)),
}

/// What was made for readers.
#[derive(Clone, Copy)]
pub enum Output<'o> {
    /// A page that a template made.
    Page(&'o ParsedPage<'o>),
    /// Another file.
    File(&'o FinishedFile<'o>),
}

impl Look {
    pub(super) fn document(self) -> Option<fn(&DocumentContext<'_>, &mut Vec<Diagnostic>)> {
        match self {
            Self::Document(look) => Some(look),
            _ => None,
        }
    }

    pub(super) fn page(self) -> Option<fn(LinkedPage<'_>, &mut Vec<Diagnostic>)> {
        match self {
            Self::Page(look) => Some(look),
            _ => None,
        }
    }

    pub(super) fn site(self) -> Option<fn(&Site, &mut Vec<Diagnostic>)> {
        match self {
            Self::Site(look) => Some(look),
            _ => None,
        }
    }

    pub(super) fn output(self) -> Option<fn(Output<'_>, &mut Vec<Diagnostic>)> {
        match self {
            Self::Output(look) => Some(look),
            _ => None,
        }
    }
}

/// Rules whose findings come up while a site is built, though they look at nothing of their own.
const FOUND_WHILE_BUILDING: [RuleId; 3] = [
    RuleId::TemplateFault,
    RuleId::UrlCollision,
    RuleId::UnusedAllow,
];

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
    /// The same, fixed.
    pub good: &'static str,
    /// What it looks at; nothing where its findings come up while files are read or a site is built.
    pub looks: &'static [Look],
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
    /// Whether all of its findings are there only when a site was built.
    #[must_use]
    pub fn needs_build(&self) -> bool {
        let is_output = |look: &Look| matches!(look, Look::Output(_));
        self.looks.iter().any(is_output) || FOUND_WHILE_BUILDING.contains(&self.id)
    }

    /// Whether it looks at documents and at finished pages: what it found in a document is not said
    /// of its page again.
    pub(super) fn looks_twice(&self) -> bool {
        let has = |is: fn(&Look) -> bool| self.looks.iter().any(is);
        has(|look| matches!(look, Look::Document(_))) && has(|look| matches!(look, Look::Output(_)))
    }

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
