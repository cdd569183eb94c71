//! What a few changed pages change of the search index.
//!
//! A file of the second tier is made anew from the pages that it shares with a changed one; into
//! the first tier, as the last build kept it, the new state of a page is put in the place of the
//! old.

use std::collections::BTreeSet;

use super::excerpted::Excerpt;
use crate::cache::{Cache, Key};
use crate::output::{OutputFile, OutputPath, OutputRecord};
use crate::pipeline::make::{Maker, knows_search};
use crate::pipeline::recall::{Last, keep_tier, known_tier};
use crate::render::search::{self, SearchFile, Tier};
use crate::site::{PageIndex, Site};

/// What has changed of the search index.
#[derive(Default)]
pub(super) struct Changes {
    /// Files of the second tier, and what leads to them.
    files: Vec<(Key, OutputFile)>,
    second: Option<OutputFile>,
    first: Option<(OutputFile, OutputRecord)>,
    /// The files of the second tier, as they are asked for.
    pub(super) parts: Vec<String>,
}

impl Changes {
    /// What the changed pages change, where these parts have their words; nothing where that cannot
    /// be told.
    pub(super) fn new(
        excerpt: &Excerpt,
        last: &Last,
        parts: &BTreeSet<usize>,
        cache: &Cache,
    ) -> Option<Self> {
        if parts.is_empty() {
            return Some(Self {
                parts: last.parts.clone(),
                ..Self::default()
            });
        }
        let search = Search {
            excerpt,
            last,
            cache,
        };
        let face = |site: &Site, index: PageIndex| search::face(site, site.page(index));
        let is_same =
            |page: &&PageIndex| face(&excerpt.before, **page) == face(&excerpt.after, **page);
        let changed: Vec<&PageIndex> = excerpt
            .indices
            .iter()
            .filter(|page| !is_same(page))
            .collect();
        let first = || (!changed.is_empty()).then(|| search.first_tier(&changed));
        let (first, changes) = rayon::join(first, || search.second_tier(parts));
        let changes = changes?;
        match first {
            Some(first) => Some(Self {
                first: Some(first?),
                ..changes
            }),
            None => Some(changes),
        }
    }

    /// Hands everything to the sink.
    pub(super) fn put(&self, maker: &Maker<'_>) -> Vec<(OutputPath, OutputRecord)> {
        let files = self
            .files
            .iter()
            .map(|(key, file)| (file.path.clone(), maker.put_search(*key, file.clone())));
        let second = self
            .second
            .iter()
            .map(|file| (file.path.clone(), maker.put(file.clone())));
        let first = self.first.iter().map(|file| maker.put_recorded(file));
        files.chain(second).chain(first).collect()
    }
}

/// How the changes are found.
struct Search<'a> {
    excerpt: &'a Excerpt,
    last: &'a Last,
    cache: &'a Cache,
}

impl Search<'_> {
    /// The parts of the second tier, and what leads to them.
    fn second_tier(&self, parts: &BTreeSet<usize>) -> Option<Changes> {
        let files = |site| search::files_of(site, self.last.parts.len()).into_iter();
        let mut changes = Changes {
            parts: self.last.parts.clone(),
            ..Changes::default()
        };
        for ((_, before), (path, after)) in
            files(&self.excerpt.before).zip(files(&self.excerpt.after))
        {
            let Tier::Part(number) = after.tier() else {
                continue;
            };
            if !parts.contains(&number) {
                continue;
            }
            if !knows_search(self.cache, before.key(&self.excerpt.before)) {
                return None;
            }
            changes.parts[number] = after.names(&self.excerpt.after).swap_remove(number);
            changes.files.push(self.part(&path, &after));
        }
        changes.second = Some(search::second_tier(
            &changes.parts,
            &search::path(Tier::Second)?,
        ));
        Some(changes)
    }

    fn part(&self, path: &OutputPath, file: &SearchFile) -> (Key, OutputFile) {
        (
            file.key(&self.excerpt.after),
            file.make(&self.excerpt.after, path),
        )
    }

    /// The first tier with these pages. It is kept at once, while others work: a tier that no build
    /// has belongs to no record.
    fn first_tier(&self, pages: &[&PageIndex]) -> Option<(OutputFile, OutputRecord)> {
        let (site, path) = (&self.excerpt.after, search::path(Tier::First)?);
        let mut tier = known_tier(self.cache, site, self.last.record(&path)?)?;
        if !pages
            .iter()
            .all(|page| tier.replace(site, site.page(**page)))
        {
            return None;
        }
        let file = tier.file(site, &path);
        let record = OutputRecord::of(&file);
        keep_tier(self.cache, site, &tier, record);
        Some((file, record))
    }
}
