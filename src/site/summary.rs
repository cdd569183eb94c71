//! What others may read of a page.

use std::sync::Arc;

use super::{Page, PageKind};
use crate::content::DocumentId;
use crate::content::kinds::TestCategory;

/// What a page is called, and where it is: what links, breadcrumbs and indexes show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageName<'s> {
    /// Its identity.
    pub id: &'s DocumentId,
    /// What it is.
    pub kind: &'s PageKind,
    /// Its heading.
    pub title: &'s str,
    /// Its root-relative URL.
    pub url: &'s Arc<str>,
    /// Its other names.
    pub also_called: &'s [String],
}

/// What other pages and lists show of a page, and nothing else of it.
///
/// Whatever is added here is a part of the fingerprint by which the pages that show it are rendered
/// again: the fingerprint is the hash of this value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Summary<'s> {
    /// What it is called.
    pub name: PageName<'s>,
    /// One or two sentences.
    pub text: Option<&'s str>,
    /// What sort of examination it is, for tests.
    pub category: Option<TestCategory>,
}

impl<'s> PageName<'s> {
    /// The name of a page.
    #[must_use]
    pub fn of(page: &'s Page) -> Self {
        let front = page.document.as_ref().map(|document| &document.front);
        Self {
            id: &page.id,
            kind: &page.kind,
            title: &page.title,
            url: &page.url,
            also_called: front.map_or(&[], |front| &front.also_called),
        }
    }
}

impl<'s> Summary<'s> {
    /// The summary of a page.
    #[must_use]
    pub fn of(page: &'s Page) -> Self {
        let front = page.document.as_ref().map(|document| &document.front);
        Self {
            name: PageName::of(page),
            text: page.summary.as_deref(),
            category: front.and_then(|front| front.category),
        }
    }
}
