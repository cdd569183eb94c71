//! The line indices of the files that findings point into, each made once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::source::{LineIndex, SourcePath, SourceTree};

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
}
