//! A build of which an earlier one did all but a few pages.
//!
//! Where only the text of a few pages has changed, and nothing that other pages or the rules on the whole site see, every
//! other file and finding stands as the last build left it. The changed pages are made from an excerpt of the site. That the
//! excerpt shows them as the site does is not taken on trust: in the excerpt, the pages as they were must have the very keys
//! that they had in the site. Whatever is not certain makes this give nothing, and the site is built as a whole.

mod search;

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use rayon::prelude::*;

use super::make::{How, Made, Maker, knows};
use super::plan::Planned;
use super::recall::{Last, Number, written};
use super::{Largest, Prepared};
use crate::cache::Cache;
use crate::check::{self, Extent};
use crate::config::{self, RunOptions, Settings};
use crate::content::{self, Document, Publication};
use crate::diagnostic::Diagnostic;
use crate::output::{OutputPath, Sink};
use crate::render::{Ground, Job};
use crate::site::{Page, PageIndex, PageKind, PageLinks, Resolution, ResolvedLink, Site, excerpt};
use crate::source::{FileBytes, ReadLater, SourcePath, SourceTree};

/// Where more pages have changed, or an excerpt would hold more, the whole site is built.
const MOST_CHANGED: usize = 64;
const MOST_IN_EXCERPT: usize = 4096;

/// A page in the state in which it was built last, and as it is.
struct Changed {
    before: Arc<Document>,
    after: Arc<Document>,
    /// What was found when it was read.
    found: Vec<Diagnostic>,
}

impl Changed {
    /// Whether nothing of it has changed that others see, as far as the document can tell.
    fn has_same_outside(&self, last: &Last, number: Number, settings: &Settings) -> bool {
        let Self { before, after, .. } = self;
        // Without a title the first heading may be the title.
        let are_headings_free =
            !last.written[number].is_sought && !last.has_lost_anchors && after.front.title.is_some();
        before.has_same_front(after)
            && (are_headings_free || before.has_same_headings(after))
            && before.is_plain()
            && after.is_plain()
            && after.publication(settings) == Publication::Public
            // What is allowed in vain depends on all that is found in the page.
            && after.front.allow.is_empty()
    }
}

/// The last state of a file that has changed: nobody has its bytes any more.
#[derive(Debug)]
struct Gone;

impl ReadLater for Gone {
    fn read(&self) -> Vec<u8> {
        Vec::new()
    }
}

/// What a build came to that an earlier one did in part.
pub(super) struct Amended {
    pub(super) last: Last,
    pub(super) rendered: usize,
    pub(super) prepared: Prepared,
}

/// Builds what has changed since the last build; nothing where that cannot be told from the rest.
///
/// The sink is asked for everything else at the same time.
pub(super) fn amend(
    last: Last,
    tree: &Arc<SourceTree>,
    run: RunOptions,
    sink: &dyn Sink,
    cache: &Cache,
) -> Option<Amended> {
    let changed = last.changed(tree);
    let is_over = AtomicBool::new(false);
    let prepare = || {
        let amendment = Amendment::new(&last, &changed, tree, run, cache);
        is_over.store(amendment.is_none(), Relaxed);
        amendment
    };
    let (are_kept, amendment) = rayon::join(|| last.are_kept(sink, &is_over), prepare);
    let amendment = amendment.filter(|_| are_kept)?;
    let (mut last, rendered) = amendment.make(last, sink)?;
    for (number, page) in changed.into_iter().zip(&amendment.pages) {
        last.written[number].hash = page.after.file.hash();
    }
    Some(Amended { last, rendered, prepared: amendment.prepared })
}

/// The pages of an excerpt with the changed pages; nothing where there are many.
fn wanted(last: &Last, changed: &[Number]) -> Option<BTreeSet<Number>> {
    if changed.len() > MOST_CHANGED {
        return None;
    }
    let mut wanted: BTreeSet<Number> = last.frame.iter().chain(changed).copied().collect();
    wanted.extend(changed.iter().flat_map(|number| &last.written[*number].around));
    let parts: BTreeSet<usize> = changed.iter().filter_map(|number| last.written[*number].part).collect();
    let of_parts = last.written.iter().zip(0..).filter(|(page, _)| page.part.is_some_and(|part| parts.contains(&part)));
    wanted.extend(of_parts.map(|(_, number)| number));
    (wanted.len() <= MOST_IN_EXCERPT).then_some(wanted)
}

/// Reads a changed page, and recalls its last state.
fn read(
    (path, bytes): (&SourcePath, &FileBytes),
    last: blake3::Hash,
    settings: &Settings,
    cache: &Cache,
) -> Option<Changed> {
    let gone = FileBytes::later(last, 0, Box::new(Gone));
    let (before, _) = content::recall(path, &gone, settings, cache)?;
    let (after, found) = content::read(path, bytes, settings, cache);
    Some(Changed { before: Arc::new(before?), after: Arc::new(after?), found })
}

/// An excerpt of a site with the pages that have changed, as they were and as they are, and what is known before any of them
/// is rendered.
struct Amendment<'c> {
    before: Site,
    prepared: Prepared,
    pages: Vec<Changed>,
    search: search::Changes,
    cache: &'c Cache,
}

impl<'c> Amendment<'c> {
    /// Nothing where what has changed cannot be told from the rest.
    fn new(last: &Last, changed: &[Number], tree: &Arc<SourceTree>, run: RunOptions, cache: &'c Cache) -> Option<Self> {
        let wanted = wanted(last, changed)?;
        let (settings, _) = config::read(tree, run);
        let files: Vec<_> = written(tree).collect();
        let read_changed = |number: &Number| read(files[*number], last.written[*number].hash, &settings, cache);
        let pages = changed.iter().map(read_changed).collect::<Option<Vec<Changed>>>()?;
        if !pages.iter().zip(changed).all(|(page, number)| page.has_same_outside(last, *number, &settings)) {
            return None;
        }
        let others: Vec<_> = wanted.into_iter().filter(|number| !changed.contains(number)).collect();
        let read_other = |number: Number| {
            let (path, bytes) = files[number];
            content::read(path, bytes, &settings, cache).0.map(Arc::new)
        };
        let others: Vec<Arc<Document>> = others.into_par_iter().filter_map(read_other).collect();
        let surroundings = content::surroundings(tree, &settings);
        let whole: Vec<&SourcePath> = changed.iter().map(|number| files[*number].0).collect();
        let link = |state: fn(&Changed) -> &Arc<Document>| {
            let mut content = surroundings.clone();
            content.documents = others.iter().chain(pages.iter().map(state)).cloned().collect();
            content.documents.sort_by(|one, other| one.path.cmp(&other.path));
            excerpt::link(tree, &settings, content, &whole)
        };
        let before = link(|page| &page.before);
        let prepared = Prepared::of(tree.clone(), Arc::new(link(|page| &page.after)));
        let mut found = Self { before, prepared, pages, search: search::Changes::default(), cache };
        let indices = found.indices()?;
        if !found.is_true_to_the_site(&indices) || !indices.iter().all(|page| found.leads_where_it_led(*page)) {
            return None;
        }
        let parts = changed.iter().filter_map(|number| last.written[*number].part).collect();
        found.search = found.search_changes(last, &parts, &indices)?;
        Some(found)
    }

    /// Makes what has changed, and says how many pages were rendered.
    fn make(&self, mut last: Last, sink: &dyn Sink) -> Option<(Last, usize)> {
        let maker = Maker { prepared: &self.prepared, sink, cache: self.cache };
        let indices = self.indices()?;
        let make = |(path, planned): (&OutputPath, &Planned)| maker.make(path, planned).ok();
        let made = || self.planned(&indices)?.into_iter().map(make).collect::<Option<Vec<Made>>>();
        let (search, made) = rayon::join(|| self.search.put(&maker), made);
        let made = made?;
        last.largest = Some(self.largest(&last, &made)?);
        last.diagnostics = self.diagnostics(&last, &indices, &made)?;
        last.parts.clone_from(&self.search.parts);
        let rendered = made.iter().filter(|made| made.how == How::Rendered).count();
        for (path, record) in made.into_iter().filter_map(|made| made.kept).chain(search) {
            last.replace(&path, record)?;
        }
        Some((last, rendered))
    }

    /// The site with the pages as they are.
    fn after(&self) -> &Site {
        self.prepared.site()
    }

    /// The changed pages in both states of the excerpt.
    fn indices(&self) -> Option<Vec<PageIndex>> {
        self.pages.iter().map(|page| self.find(page)).collect()
    }

    /// A changed page.
    fn find(&self, page: &Changed) -> Option<PageIndex> {
        let id = page.after.id.as_str();
        let index = self.after().find(id).filter(|index| self.before.find(id) == Some(*index))?;
        let is_it = |site: &Site| site.page(index).document.as_ref().is_some_and(|found| found.path == page.after.path);
        (is_it(&self.before) && is_it(self.after())).then_some(index)
    }

    /// Whether the pages, as they were, have the keys in the excerpt that they had in the site.
    fn is_true_to_the_site(&self, pages: &[PageIndex]) -> bool {
        let renderer = self.prepared.renderer_of(&self.before);
        let ground = Ground::new(&renderer, self.prepared.companions().key());
        let is_known = |index: PageIndex| {
            let page = self.before.page(index);
            let key = renderer.key(&ground, Job::Page(index), &page.origin()).ok().map(|(key, _)| key);
            matches!(page.kind, PageKind::Entry(_)) && key.is_some_and(|key| knows(self.cache, key))
        };
        pages.iter().all(|page| is_known(*page))
    }

    /// Whether a page leads to the same pages and files as before. Where a link is broken or goes a way round, the page that
    /// it means may be missing in the excerpt alone.
    fn leads_where_it_led(&self, index: PageIndex) -> bool {
        let (before, after) = (self.before.page(index), self.after().page(index));
        let is_unsure = |link: &ResolvedLink| matches!(link.resolution, Resolution::Broken(_)) || link.detour.is_some();
        !links(after).any(is_unsure) && destinations(before) == destinations(after)
    }

    /// The changed pages as the excerpt plans them.
    fn planned(&self, pages: &[PageIndex]) -> Option<Vec<(&OutputPath, &Planned)>> {
        let all = self.prepared.planned();
        pages.iter().map(|page| all.get_key_value(self.after().page(*page).output.as_ref()?)).collect()
    }

    /// The page with the most HTML; nothing where another page may be it now.
    fn largest(&self, last: &Last, made: &[Made]) -> Option<Largest> {
        let largest = last.largest.as_ref()?;
        let most = last.record(&largest.path)?.length;
        let kept = || made.iter().filter_map(|made| made.kept.as_ref());
        let (path, record) = kept().max_by_key(|(path, record)| (record.length, Reverse(path)))?;
        match record.length.cmp(&most) {
            Ordering::Greater => self.prepared.weigh(path),
            Ordering::Equal if *path == largest.path => self.prepared.weigh(path),
            Ordering::Less if kept().all(|(path, _)| *path != largest.path) => Some(largest.clone()),
            _ => None,
        }
    }

    /// All findings, graded and in order.
    fn diagnostics(&self, last: &Last, pages: &[PageIndex], made: &[Made]) -> Option<Vec<Diagnostic>> {
        let changed = |found: &Diagnostic| self.pages.iter().find(|page| page.after.path == found.place.path);
        let is_replaced = |found: &Diagnostic| changed(found).is_some() && !check::is_of_the_site(found.rule);
        let (replaced, mut all): (Vec<_>, Vec<_>) = last.diagnostics.iter().cloned().partition(is_replaced);
        // What was found in an old address of a page is told of the page too, and old addresses are not made anew.
        let is_of_alias = |found: &Diagnostic| {
            found.place.span.is_none() && changed(found).is_some_and(|page| !page.after.front.aliases.is_empty())
        };
        if replaced.iter().any(is_of_alias) {
            return None;
        }
        let mut found: Vec<Diagnostic> = made.iter().flat_map(|made| made.found.clone()).collect();
        for (page, index) in self.pages.iter().zip(pages) {
            found.extend_from_slice(&page.found);
            found.extend(check::check_written(self.after(), &page.after, Some(*index), self.cache));
        }
        let graded = check::grade(self.after(), Extent::Build, found);
        all.extend(graded.into_iter().filter(|found| changed(found).is_some()));
        all.sort_by(Diagnostic::order);
        all.dedup();
        Some(all)
    }
}

/// Every link and image of a page.
fn links(page: &Page) -> impl Iterator<Item = &ResolvedLink> {
    let PageLinks { links, images, lead } = &page.links;
    links.iter().chain(images).chain(lead)
}

/// The pages and files that a page leads to or shows.
fn destinations(page: &Page) -> BTreeSet<(Option<PageIndex>, Option<&str>)> {
    let destinations = links(page).filter_map(|link| match &link.resolution {
        Resolution::Document(page) => Some((Some(*page), None)),
        Resolution::Asset(_) => Some((None, link.href.as_deref())),
        _ => None,
    });
    destinations.collect()
}
