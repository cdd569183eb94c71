//! The line indices of the files that findings point into, each made once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::source::{LineColumn, LineIndex, SourcePath, SourceTree, Span};

/// Texts of a source tree with their lines.
pub(super) struct Lines<'s> {
    sources: &'s SourceTree,
    texts: RefCell<HashMap<SourcePath, Option<&'s str>>>,
    indices: RefCell<HashMap<SourcePath, Rc<LineIndex<'s>>>>,
}

impl<'s> Lines<'s> {
    pub(super) fn of(sources: &'s SourceTree) -> Self {
        Self { sources, texts: RefCell::default(), indices: RefCell::default() }
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &SourcePath) -> Option<&'s str> {
        *self.texts.borrow_mut().entry(path.clone()).or_insert_with(|| self.sources.text(path))
    }

    /// The lines of a file's text.
    pub(super) fn index(&self, path: &SourcePath, text: &'s str) -> Rc<LineIndex<'s>> {
        let mut indices = self.indices.borrow_mut();
        indices.entry(path.clone()).or_insert_with(|| Rc::new(LineIndex::new(text))).clone()
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
