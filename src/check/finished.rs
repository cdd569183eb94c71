//! What was made for readers, as the rules get it: pages, and files that no template made.

use std::ops::Range;

use super::weight::Subresources;
use crate::config::Budgets;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::output::{Origin, OutputPath};
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
    pub subresources: &'p Subresources,
    /// What it may weigh.
    pub budgets: Budgets,
}

/// How a finished file is to its sources: whether a place in one is a place in the other.
#[derive(Clone, Copy, Debug)]
pub enum SourceMapping<'f> {
    /// It is a copy, byte for byte.
    Copy,
    /// It was made; its lines may be lines of these sources, with their texts.
    Made(&'f [(&'f SourcePath, &'f str)]),
}

impl SourceMapping<'_> {
    /// Where in a source a place in the finished text comes from, where that can only be one.
    fn place(self, source: &SourcePath, text: &str, at: Range<usize>) -> Option<Place> {
        let Self::Made(parts) = self else {
            return Some(Place::at(source, Span::new(at.start, at.end)));
        };
        let start = text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let within = at.start - start..at.end.min(start + line.len()) - start;
        let mut found = parts.iter().flat_map(|(path, part)| {
            let all = part.match_indices(line).map(|(offset, _)| offset);
            all.filter(|offset| stands_alone(part, *offset..offset + line.len()))
                .map(move |offset| (*path, offset))
        });
        let (path, offset) = found.next().filter(|_| found.next().is_none())?;
        Some(Place::at(
            path,
            Span::new(offset + within.start, offset + within.end),
        ))
    }
}

/// Whether some text is all that its line has.
fn stands_alone(text: &str, at: Range<usize>) -> bool {
    let before = text[..at.start]
        .rsplit('\n')
        .next()
        .expect("a split has a part");
    let after = text[at.end..]
        .split('\n')
        .next()
        .expect("a split has a part");
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
    pub mapping: SourceMapping<'f>,
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
            (Origin::Source(path), Some(at)) => self
                .mapping
                .place(path, self.text, at)
                .unwrap_or_else(|| Place::file(path)),
            (Origin::Source(path) | Origin::Alias(path, _), _) => Place::file(path),
            (Origin::Generated(_), _) => Place::file(&SourcePath::new("templates")),
        };
        Diagnostic::new(rule, place, message)
    }
}
