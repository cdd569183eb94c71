//! An excerpt of a site with the pages that have changed, as they were and as they are.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::check;
use crate::config::{self, RunOptions, Settings};
use crate::content::{self, Allow, Document, FrontMatter, Publication, Room};
use crate::diagnostic::{Diagnostic, Place};
use crate::pipeline::recall::{Last, Number, written};
use crate::site::{Page, PageIndex, Resolution, ResolvedLink, Site, excerpt};
use crate::source::{Digest, FileBytes, ReadLater, SourcePath, SourceTree, Span};

/// Where more pages have changed, or an excerpt would hold more, the whole site is built.
const MOST_CHANGED: usize = 64;
const MOST_IN_EXCERPT: usize = 4096;

/// A page in the state in which it was built last, and as it is.
pub(super) struct Changed {
    before: Arc<Document>,
    pub(super) after: Arc<Document>,
    /// What was found when it was read, last and now.
    found_before: Vec<Diagnostic>,
    pub(super) found: Vec<Diagnostic>,
}

impl Changed {
    /// Whether a finding in the page would come up again here, if it were still true.
    pub(super) fn finds(&self, found: &Diagnostic) -> bool {
        let is_it = |other: &Diagnostic| {
            (other.rule, &other.place, &other.message) == (found.rule, &found.place, &found.message)
        };
        check::is_of_one_page(found.rule) || self.found_before.iter().any(is_it)
    }

    /// Whether nothing of it has changed that others see, as far as the document can tell.
    fn has_same_outside(&self, last: &Last, number: Number, settings: &Settings) -> bool {
        let Self { before, after, .. } = self;
        // Without a title the first heading may be the title.
        let are_headings_free = !last.written[number].is_sought
            && !last.has_lost_anchors
            && after.front.title.is_some();
        before.has_same_outside(after)
            && (are_headings_free || before.has_same_headings(after))
            && before.is_plain()
            && after.is_plain()
            && after.publication(settings) == Publication::Public
            && are_allowances_its_own(&before.front)
            && are_allowances_its_own(&after.front)
    }

    /// Whether its day is another.
    pub(super) fn has_another_day(&self) -> bool {
        self.before.front.day() != self.after.front.day()
    }

    /// Whether what stood at a place may stand at another now.
    pub(super) fn has_moved(&self, place: &Place) -> bool {
        let stays = |span: Span| self.after.keeps_place(&self.before, span);
        place.path == self.after.path && !place.span.is_none_or(stays)
    }
}

/// Whether a page alone says what it allows in vain: that depends on all that is found in it and in
/// its old addresses.
fn are_allowances_its_own(front: &FrontMatter) -> bool {
    let is_its_own = |allow: &Allow| !check::is_of_the_site(allow.rule) && front.aliases.is_empty();
    front.allow.iter().all(is_its_own)
}

/// The last state of a file that has changed: nobody has its bytes any more.
#[derive(Debug)]
struct Gone;

impl ReadLater for Gone {
    fn read(&self) -> Vec<u8> {
        Vec::new()
    }
}

/// The excerpt.
pub(super) struct Excerpt {
    pub(super) before: Site,
    pub(super) after: Arc<Site>,
    pub(super) pages: Vec<Changed>,
    /// The changed pages in both states.
    pub(super) indices: Vec<PageIndex>,
}

impl Excerpt {
    /// Nothing where the documents show that others see what has changed.
    pub(super) fn new(
        last: &Last,
        changed: &[Number],
        tree: &SourceTree,
        run: RunOptions,
        cache: &Cache,
    ) -> Option<Self> {
        let wanted = wanted(last, changed)?;
        let (settings, _) = config::read(tree, run);
        let files: Vec<_> = written(tree).collect();
        let read_changed =
            |number: &Number| read(files[*number], last.written[*number].hash, &settings, cache);
        let pages = changed
            .iter()
            .map(read_changed)
            .collect::<Option<Vec<Changed>>>()?;
        if !pages
            .iter()
            .zip(changed)
            .all(|(page, number)| page.has_same_outside(last, *number, &settings))
        {
            return None;
        }
        let others: Vec<_> = wanted
            .into_iter()
            .filter(|number| !changed.contains(number))
            .collect();
        let read_other = |number: Number| {
            let (path, bytes) = files[number];
            content::read(path, bytes, &settings, cache, &Arc::new(Room::of(1)), None)
                .0
                .map(Arc::new)
        };
        let others: Vec<Arc<Document>> = others.into_par_iter().filter_map(read_other).collect();
        let surroundings = content::surroundings(tree, &settings);
        let whole: Vec<&SourcePath> = changed.iter().map(|number| files[*number].0).collect();
        let link = |state: fn(&Changed) -> &Arc<Document>| {
            let mut content = surroundings.clone();
            content.documents = others
                .iter()
                .chain(pages.iter().map(state))
                .cloned()
                .collect();
            content
                .documents
                .sort_by(|one, other| one.path.cmp(&other.path));
            excerpt::link(tree, &settings, content, &whole)
        };
        let (before, after) = (
            link(|page| &page.before),
            Arc::new(link(|page| &page.after)),
        );
        let indices = pages
            .iter()
            .map(|page| find(page, &before, &after))
            .collect::<Option<_>>()?;
        let excerpt = Self {
            before,
            after,
            pages,
            indices,
        };
        excerpt
            .indices
            .iter()
            .all(|page| excerpt.leads_where_it_led(*page))
            .then_some(excerpt)
    }

    /// Whether a page leads to the same pages and files as before. Where a link is broken or goes a
    /// way round, the page that it means may be missing in the excerpt alone.
    fn leads_where_it_led(&self, index: PageIndex) -> bool {
        let (before, after) = (self.before.page(index), self.after.page(index));
        let is_unsure = |link: &ResolvedLink| {
            matches!(link.resolution, Resolution::Broken(_)) || link.detour.is_some()
        };
        !after.links.all().any(is_unsure) && destinations(before) == destinations(after)
    }
}

/// A changed page in both states.
fn find(page: &Changed, before: &Site, after: &Site) -> Option<PageIndex> {
    let id = page.after.id.as_str();
    let index = after
        .find(id)
        .filter(|index| before.find(id) == Some(*index))?;
    let is_it = |site: &Site| {
        site.page(index)
            .document
            .as_ref()
            .is_some_and(|found| found.path == page.after.path)
    };
    (is_it(before) && is_it(after)).then_some(index)
}

/// The pages of an excerpt with the changed pages; nothing where there are many.
fn wanted(last: &Last, changed: &[Number]) -> Option<BTreeSet<Number>> {
    if changed.len() > MOST_CHANGED {
        return None;
    }
    let mut wanted: BTreeSet<Number> = last.frame.iter().chain(changed).copied().collect();
    wanted.extend(
        changed
            .iter()
            .flat_map(|number| &last.written[*number].around),
    );
    let parts: BTreeSet<usize> = changed
        .iter()
        .filter_map(|number| last.written[*number].part)
        .collect();
    let of_parts = last
        .written
        .iter()
        .zip(0..)
        .filter(|(page, _)| page.part.is_some_and(|part| parts.contains(&part)));
    wanted.extend(of_parts.map(|(_, number)| number));
    (wanted.len() <= MOST_IN_EXCERPT).then_some(wanted)
}

/// Reads a changed page, and recalls its last state.
fn read(
    (path, bytes): (&SourcePath, &FileBytes),
    last: Digest,
    settings: &Settings,
    cache: &Cache,
) -> Option<Changed> {
    let gone = FileBytes::later(last, 0, Box::new(Gone));
    let (before, found_before) = content::recall(path, &gone, settings, cache)?;
    let (after, found) = content::read(path, bytes, settings, cache, &Arc::new(Room::of(1)), None);
    Some(Changed {
        before: Arc::new(before?),
        after: Arc::new(after?),
        found_before,
        found,
    })
}

/// The pages and files that a page leads to or shows.
fn destinations(page: &Page) -> BTreeSet<(Option<PageIndex>, Option<&str>)> {
    let destinations = page.links.all().filter_map(|link| match &link.resolution {
        Resolution::Document(page) => Some((Some(*page), None)),
        Resolution::Asset(_) => Some((None, link.href.as_deref())),
        _ => None,
    });
    destinations.collect()
}
