//! What a rule is.

use std::ops::Range;

use jiff::civil::Date;

use super::manuscript::Manuscript;
use super::proof::Proof;
use super::weight::Companions;
use crate::config::Budgets;
use crate::content::Document;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::output::{Origin, OutputPath};
use crate::site::Site;
use crate::source::{SourcePath, Span};

/// A finished page, as it will be written.
#[derive(Clone, Copy, Debug)]
pub struct FinishedPage<'p> {
    /// Where it comes from.
    pub origin: &'p Origin,
    /// Its root-relative URL.
    pub url: &'p str,
    /// The name of its template, without folder and ending.
    pub template: &'p str,
    /// The address of the site, where it is known.
    pub base_url: Option<&'p str>,
    /// The site's Content-Security-Policy.
    pub csp: &'p str,
    /// Its HTML.
    pub html: &'p str,
    /// What it may load.
    pub companions: &'p Companions,
    /// What it may weigh.
    pub budgets: Budgets,
}

/// How a finished file is to its sources: whether a place in one is a place in the other.
#[derive(Clone, Copy, Debug)]
pub enum Likeness<'f> {
    /// It is a copy, byte for byte.
    Copy,
    /// It was made; its lines may be lines of these sources, with their texts.
    Made(&'f [(&'f SourcePath, &'f str)]),
}

impl Likeness<'_> {
    /// Where in a source a place in the finished text comes from, where that can only be one.
    fn place(self, source: &SourcePath, text: &str, at: Range<usize>) -> Option<Place> {
        let Self::Made(parts) = self else { return Some(Place::at(source, Span::new(at.start, at.end))) };
        let start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let within = at.start - start..at.end.min(start + line.len()) - start;
        let mut found = parts.iter().flat_map(|(path, part)| {
            let all = part.match_indices(line).map(|(offset, _)| offset);
            all.filter(|offset| stands_alone(part, *offset..offset + line.len())).map(move |offset| (*path, offset))
        });
        let (path, offset) = found.next().filter(|_| found.next().is_none())?;
        Some(Place::at(path, Span::new(offset + within.start, offset + within.end)))
    }
}

/// Whether some text is all that its line has.
fn stands_alone(text: &str, at: Range<usize>) -> bool {
    let before = text[..at.start].rsplit('\n').next().unwrap_or_default();
    let after = text[at.end..].split('\n').next().unwrap_or_default();
    before.trim().is_empty() && after.trim().is_empty()
}

/// A finished file that no template made, as text.
#[derive(Clone, Copy, Debug)]
pub struct FinishedFile<'f> {
    /// Where it goes.
    pub path: &'f OutputPath,
    /// Where it comes from.
    pub origin: &'f Origin,
    /// How it is to its source.
    pub likeness: Likeness<'f>,
    /// The address of the site, where it is known.
    pub base_url: Option<&'f str>,
    /// Its text.
    pub text: &'f str,
}

impl FinishedFile<'_> {
    /// A finding about the file, at a place in its text where that is known.
    pub(super) fn finding(&self, rule: RuleId, what: &str, at: Option<Range<usize>>) -> Diagnostic {
        let message = format!("the file /{} {what}", self.path);
        let place = match (self.origin, at) {
            (Origin::Source(path), Some(at)) => {
                self.likeness.place(path, self.text, at).unwrap_or_else(|| Place::file(path))
            }
            (Origin::Source(path) | Origin::Alias(path, _), _) => Place::file(path),
            (Origin::Generated(_), _) => Place::file(&SourcePath::new("templates")),
        };
        Diagnostic::new(rule, place, message)
    }
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
    Output(fn(&Proof<'_>, &mut Vec<Diagnostic>)),
    /// One finished page, and one finished file that no template made.
    Finished(fn(&Proof<'_>, &mut Vec<Diagnostic>), fn(&FinishedFile<'_>, &mut Vec<Diagnostic>)),
    /// One finished file that no template made.
    File(fn(&FinishedFile<'_>, &mut Vec<Diagnostic>)),
    /// One document, and the finished page: what was found in the document is not said of its page again.
    Both(fn(&Manuscript<'_>, &mut Vec<Diagnostic>), fn(&Proof<'_>, &mut Vec<Diagnostic>)),
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

    /// How it looks at a finished page.
    pub(super) fn page(self) -> Option<fn(&Proof<'_>, &mut Vec<Diagnostic>)> {
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
        matches!(self, Self::Build | Self::Grading) || self.page().is_some() || self.file().is_some()
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
        let Self { id, summary, why, bad, good, .. } = self;
        let (hashes, word) = ("#".repeat(level), id.default_level().word());
        format!(
            "{hashes} {id}\n\n{summary} Level: `{word}`.\n\n{why}\n\n\
             Instead of\n\n```text\n{bad}\n```\n\nwrite\n\n```text\n{good}\n```\n"
        )
    }
}
