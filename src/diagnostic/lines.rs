//! The lines of the files that findings point into, and how many findings are written at once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rayon::prelude::*;

use super::Diagnostic;
use crate::source::{LineColumn, LineIndex, SourcePath, SourceTree, Span};

/// So many findings a thread writes in one go. They stand in the order of files, so few files are
/// read twice.
const AT_ONCE: usize = 256;

/// What is made of each finding, one behind the other. A large site may have a hundred thousand
/// findings.
pub(super) fn text(
    found: &[Diagnostic],
    sources: &SourceTree,
    one: impl Fn(&Diagnostic, &Lines<'_>) -> String + Sync,
) -> String {
    each(found, sources, one).concat()
}

/// What is made of each finding.
pub(super) fn each<T: Send>(
    found: &[Diagnostic],
    sources: &SourceTree,
    one: impl Fn(&Diagnostic, &Lines<'_>) -> T + Sync,
) -> Vec<T> {
    let some = |found: &[Diagnostic]| {
        let lines = Lines::of(sources);
        found
            .iter()
            .map(|found| one(found, &lines))
            .collect::<Vec<T>>()
    };
    found.par_chunks(AT_ONCE).flat_map_iter(some).collect()
}

/// Texts of a source tree with their lines. Each is made once.
pub(super) struct Lines<'s> {
    sources: &'s SourceTree,
    texts: RefCell<HashMap<SourcePath, Option<&'s str>>>,
    indices: RefCell<HashMap<SourcePath, Rc<LineIndex<'s>>>>,
}

impl<'s> Lines<'s> {
    pub(super) fn of(sources: &'s SourceTree) -> Self {
        Self {
            sources,
            texts: RefCell::default(),
            indices: RefCell::default(),
        }
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &SourcePath) -> Option<&'s str> {
        *self
            .texts
            .borrow_mut()
            .entry(path.clone())
            .or_insert_with(|| self.sources.text(path))
    }

    /// The lines of a file's text.
    pub(super) fn index(&self, path: &SourcePath, text: &'s str) -> Rc<LineIndex<'s>> {
        let mut indices = self.indices.borrow_mut();
        indices
            .entry(path.clone())
            .or_insert_with(|| Rc::new(LineIndex::new(text)))
            .clone()
    }

    /// Where a span begins and ends, as people count; nothing for a file without text.
    pub(super) fn range(&self, path: &SourcePath, span: Span) -> Option<(LineColumn, LineColumn)> {
        let text = self.text(path)?;
        let span = span.within(text);
        let index = self.index(path, text);
        Some((index.line_column(span.start), index.line_column(span.end)))
    }

    /// The texts.
    pub(super) fn sources(&self) -> &'s SourceTree {
        self.sources
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, RuleId};

    #[test]
    fn many_findings_are_written_in_their_order() {
        let sources = SourceTree::from_files([("a.md", "x\ny")]);
        let place = Place::file(&SourcePath::new("a.md"));
        let numbered = |number: usize| {
            Diagnostic::new(RuleId::EmptyHeading, place.clone(), number.to_string())
        };
        let found: Vec<Diagnostic> = (0..=3 * AT_ONCE).map(numbered).collect();
        let expected: Vec<String> = (0..found.len())
            .map(|number| format!("{number} of {}\n", "x\ny"))
            .collect();
        let one = |found: &Diagnostic, lines: &Lines<'_>| {
            format!(
                "{} of {}\n",
                found.message,
                lines.text(&found.place.path).unwrap_or_default()
            )
        };
        assert_eq!(each(&found, &sources, one), expected);
        assert_eq!(text(&found, &sources, one), expected.concat());
    }
}
