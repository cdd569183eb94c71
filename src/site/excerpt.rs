//! Excerpts: some pages of a site as the whole site has them, with no more of the others than these
//! pages show.
//!
//! An excerpt is linked like any other content, so there is one way to link. It holds what
//! [`frame`] and [`around`] name, and of the pages that are there for others' sake only what they
//! say of those. It is for whoever knows what a page came to in the whole site and sees that it
//! comes to the same here: an excerpt alone proves nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{PageIndex, PageKind, Site, assemble, navigation};
use crate::config::{Kind, Settings};
use crate::content::{Content, Document, LocationsField};
use crate::source::{SourcePath, SourceTree};

/// The pages that somebody wrote and that stand, or are counted, in the frame of every page: those
/// that are lists by themselves, those of the footer, one of each collection, and one with a date.
#[must_use]
pub fn frame(site: &Site) -> BTreeSet<PageIndex> {
    let written = || {
        site.pages()
            .filter_map(|(index, page)| Some((index, page, page.document.as_deref()?)))
    };
    let lists = written().filter(|(_, page, _)| !matches!(page.kind, PageKind::Entry(_)));
    let root = written()
        .filter(|(_, page, _)| page.id.folder().is_none())
        .take(navigation::FOOTER_ARTICLES + 1);
    let of_each = site.settings.collections.iter().filter_map(|collection| {
        written().find(|(_, page, _)| page.id.folder() == Some(&collection.folder))
    });
    let dated = written().find(|(_, _, document)| document.front.day().is_some());
    lists
        .chain(root)
        .chain(of_each)
        .chain(dated)
        .map(|(index, ..)| index)
        .collect()
}

/// The pages that a page leads to, is related to, or stands under.
#[must_use]
pub fn around(site: &Site, index: PageIndex) -> BTreeSet<PageIndex> {
    let page = site.page(index);
    let above = navigation::ancestors(site, index);
    page.links
        .pages()
        .chain(page.relations.pages())
        .chain(above)
        .filter(|other| *other != index)
        .collect()
}

/// Links an excerpt in which the documents of these paths, sorted, are whole.
#[must_use]
pub fn link(
    tree: &SourceTree,
    settings: &Settings,
    mut content: Content,
    whole: &[&SourcePath],
) -> Site {
    let is_whole = |document: &Document| whole.binary_search(&&document.path).is_ok();
    let names: Vec<_> = content
        .documents
        .iter()
        .filter(|document| is_whole(document))
        .cloned()
        .collect();
    for document in content
        .documents
        .iter_mut()
        .filter(|document| !is_whole(document))
    {
        keep_relations_to(&names, document);
    }
    let mut site = assemble(settings, content);
    let speaks = |page: &super::Page| page.document.as_deref().is_some_and(is_whole);
    let speaking = site
        .pages()
        .filter(|(_, page)| speaks(page))
        .map(|(index, _)| index)
        .collect();
    site.resolve_links(tree, speaking);
    site
}

/// Leaves a document the relations to some others alone.
fn keep_relations_to(others: &[Arc<Document>], document: &mut Arc<Document>) {
    let document = Arc::make_mut(document);
    for (_, targets) in &mut document.front.relations {
        targets.retain(|target| {
            others
                .iter()
                .any(|other| [other.id.as_str(), other.id.name()].contains(&&*target.value))
        });
    }
    if !others.iter().any(|other| other.kind == Kind::Location) {
        document.front.locations = LocationsField::None;
    }
}
