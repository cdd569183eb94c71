//! What loading remembers from one run to the next, so that only what has changed is read again.
//!
//! Whatever is remembered was read from the same bytes by the same settings, so a run with a memo
//! gives what a run without one gives.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::locations::{self, LocationList};
use super::{Document, PageFile, ProseReader, Room, document};
use crate::cache::Cache;
use crate::config::Settings;
use crate::diagnostic::Diagnostic;
use crate::source::{FILES_AT_ONCE, FileBytes, SourcePath, SourceTree};

/// The documents and locations of the last run.
#[derive(Debug, Default)]
pub struct LoadMemo {
    settings: Option<Settings>,
    documents: HashMap<SourcePath, Remembered, FixedState>,
    locations: Option<RememberedList>,
}

/// A document with the bytes that it was read from, and what was wrong with it.
#[derive(Debug)]
struct Remembered {
    bytes: FileBytes,
    document: Option<Arc<Document>>,
    found: Vec<Diagnostic>,
}

/// The list of locations with the bytes that it was read from, and what was wrong with it.
#[derive(Debug)]
struct RememberedList {
    bytes: Option<FileBytes>,
    list: Arc<LocationList>,
    found: Vec<Diagnostic>,
}

impl LoadMemo {
    /// Forgets what was read by other settings.
    pub(super) fn begin(&mut self, settings: &Settings) {
        if self.settings.as_ref() != Some(settings) {
            *self = Self {
                settings: Some(settings.clone()),
                ..Self::default()
            };
        }
    }

    /// The documents of these files, in their order.
    pub(super) fn documents(
        &mut self,
        pages: &[PageFile<'_>],
        settings: &Settings,
        cache: &Cache,
        reader: Option<ProseReader<'_>>,
        findings: &mut Vec<Diagnostic>,
    ) -> Vec<Arc<Document>> {
        let is_known = |(path, bytes): &&PageFile<'_>| {
            self.documents
                .get(*path)
                .is_some_and(|known| known.bytes == **bytes)
        };
        let changed: Vec<_> = pages.iter().filter(|page| !is_known(page)).collect();
        let room = Arc::new(Room::of(pages.len()));
        let read = |(path, bytes): &PageFile<'_>| {
            let (document, found) = document::read(path, bytes, settings, cache, &room, reader);
            (
                (*path).clone(),
                Remembered {
                    bytes: (*bytes).clone(),
                    document: document.map(Arc::new),
                    found,
                },
            )
        };
        let read: Vec<_> = changed
            .into_par_iter()
            .with_max_len(FILES_AT_ONCE)
            .map(read)
            .collect();
        self.documents.extend(read);
        if self.documents.len() > pages.len() {
            let there: HashSet<&SourcePath> = pages.iter().map(|(path, _)| *path).collect();
            self.documents.retain(|path, _| there.contains(path));
        }
        let mut documents = Vec::with_capacity(pages.len());
        for remembered in pages
            .iter()
            .filter_map(|(path, _)| self.documents.get(*path))
        {
            documents.extend(remembered.document.clone());
            findings.extend_from_slice(&remembered.found);
        }
        documents
    }

    /// The list of locations.
    pub(super) fn locations(
        &mut self,
        tree: &SourceTree,
        settings: &Settings,
        findings: &mut Vec<Diagnostic>,
    ) -> Arc<LocationList> {
        let bytes = tree.get(settings.content_path("locations.yaml").as_str());
        let known = self
            .locations
            .take()
            .filter(|known| match (&known.bytes, bytes) {
                (Some(known), Some(bytes)) => known == bytes,
                _ => false,
            });
        let remembered = known.unwrap_or_else(|| {
            let (list, found) = locations::read(tree, settings);
            RememberedList {
                bytes: bytes.cloned(),
                list: Arc::new(list),
                found,
            }
        });
        findings.extend_from_slice(&remembered.found);
        let list = remembered.list.clone();
        self.locations = Some(remembered);
        list
    }
}
