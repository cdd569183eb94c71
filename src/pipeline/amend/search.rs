//! What a few changed pages change of the search index.
//!
//! A file of the second tier is made anew from the pages that it shares with a changed one; into the first tier, as the last
//! build kept it, the new state of a page is put in the place of the old.

use super::Amendment;
use crate::output::{OutputPath, OutputRecord};
use crate::pipeline::recall::Last;
use crate::render::search::{self, FirstTier, SearchFile, Tier};
use crate::site::{PageIndex, Site};

/// What is to be made of the search index.
pub(super) struct Changes {
    parts: Vec<(OutputPath, SearchFile)>,
    first: Option<FirstTier<'static>>,
}

/// What was made of the search index.
pub(super) struct Changed {
    pub(super) files: Vec<(OutputPath, OutputRecord)>,
    /// The files of the second tier, as they are asked for.
    pub(super) parts: Vec<String>,
}

impl Changes {
    /// Where the files go that have other pages in them too.
    pub(super) fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.parts.iter().map(|(path, _)| path)
    }
}

impl Amendment<'_> {
    /// What the changed pages change; nothing where that cannot be told.
    pub(super) fn search(&self, last: &Last, pages: &[PageIndex]) -> Option<Changes> {
        if self.parts.is_empty() {
            return Some(Changes { parts: Vec::new(), first: None });
        }
        let face = |site: &Site, index: PageIndex| search::face(site, site.page(index));
        let changed: Vec<PageIndex> =
            pages.iter().copied().filter(|page| face(self.before, *page) != face(self.after, *page)).collect();
        let first = if changed.is_empty() { None } else { Some(self.first_tier(last, &changed)?) };
        Some(Changes { parts: self.parts(last)?, first })
    }

    /// The parts of the second tier with words of the changed pages.
    fn parts(&self, last: &Last) -> Option<Vec<(OutputPath, SearchFile)>> {
        let files = |site| search::files_of(site, last.parts.len()).into_iter();
        let is_wanted = |tier: Tier| matches!(tier, Tier::Part(number) if self.parts.contains(&number));
        let both = files(self.before).zip(files(self.after)).filter(|(_, (_, file))| is_wanted(file.tier()));
        let known = |((_, before), after): ((_, SearchFile), _)| {
            self.maker.knows_search(before.key(self.before)).then_some(after)
        };
        both.map(known).collect()
    }

    /// The first tier with these pages.
    fn first_tier(&self, last: &Last, pages: &[PageIndex]) -> Option<FirstTier<'static>> {
        let mut tier = self.maker.known_tier(last.record(&search::path(Tier::First)?)?)?;
        pages.iter().all(|page| tier.replace(self.after.page(*page))).then_some(tier)
    }

    /// Makes what has changed.
    pub(super) fn make_search(&self, last: &Last, changes: Changes) -> Option<Changed> {
        let (first, changed) = rayon::join(
            || changes.first.map(|tier| self.maker.first_tier(&tier)),
            || self.make_parts(last, changes.parts),
        );
        let mut changed = changed?;
        if let Some(first) = first {
            changed.files.push(first?);
        }
        Some(changed)
    }

    /// Makes parts of the second tier, and what leads to them.
    fn make_parts(&self, last: &Last, files: Vec<(OutputPath, SearchFile)>) -> Option<Changed> {
        let mut changed = Changed { files: Vec::new(), parts: last.parts.clone() };
        for (path, file) in files {
            if let Tier::Part(number) = file.tier() {
                changed.parts[number] = file.names(self.after).swap_remove(number);
            }
            let record = self.maker.search(&path, &file);
            changed.files.push((path, record));
        }
        if !changed.files.is_empty() {
            let file = search::second_tier(&changed.parts)?;
            changed.files.push((file.path.clone(), self.maker.put(file)));
        }
        Some(changed)
    }
}
