//! A build of which an earlier one did all but a few pages.
//!
//! Where only the text of a few pages has changed, and nothing that other pages or the rules on the
//! whole site see, every other file and finding stands as the last build left it. The changed pages
//! are made from an excerpt of the site. That the excerpt shows them as the site does is not taken
//! on trust: in the excerpt, the pages as they were must have the very keys that they had in the
//! site. Whatever is not certain makes this give nothing, and the site is built as a whole.

mod calendar;
mod excerpted;
mod search;

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use super::make::{How, Made, Maker, knows};
use super::plan::Planned;
use super::recall::{Last, Number};
use super::{Largest, Prepared};
use crate::cache::Cache;
use crate::check::{self, Extent};
use crate::config::RunOptions;
use crate::diagnostic::{Diagnostic, Place};
use crate::output::{OutputPath, Sink};
use crate::render::{Ground, Job};
use crate::site::{PageIndex, PageKind};
use crate::source::SourceTree;
use excerpted::{Changed, Excerpt};

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
    changed: &[Number],
    tree: &Arc<SourceTree>,
    run: RunOptions,
    sink: &dyn Sink,
    cache: &Cache,
) -> Option<Amended> {
    let is_over = AtomicBool::new(false);
    let prepare = || {
        let amendment = Amendment::new(&last, changed, tree, run, cache);
        is_over.store(amendment.is_none(), Relaxed);
        amendment
    };
    let (are_kept, amendment) = rayon::join(|| last.are_kept(sink, &is_over), prepare);
    let amendment = amendment.filter(|_| are_kept)?;
    let (mut last, rendered) = amendment.make(last, sink)?;
    for (number, page) in changed.iter().zip(&amendment.excerpt.pages) {
        last.written[*number].hash = page.after.file.hash();
    }
    Some(Amended {
        last,
        rendered,
        prepared: amendment.prepared,
    })
}

/// What has changed, and what is known of it before any page is rendered.
struct Amendment<'c> {
    excerpt: Excerpt,
    prepared: Prepared,
    search: search::Changes,
    calendar: calendar::Changes,
    cache: &'c Cache,
}

impl<'c> Amendment<'c> {
    /// Nothing where what has changed cannot be told from the rest.
    fn new(
        last: &Last,
        changed: &[Number],
        tree: &Arc<SourceTree>,
        run: RunOptions,
        cache: &'c Cache,
    ) -> Option<Self> {
        let excerpt = Excerpt::new(last, changed, tree, run, cache)?;
        let parts = changed
            .iter()
            .filter_map(|number| last.written[*number].part)
            .collect();
        let prepare = || Prepared::of(tree.clone(), excerpt.after.clone());
        let lists = || {
            let search = search::Changes::new(&excerpt, last, &parts, cache)?;
            Some((search, calendar::Changes::new(&excerpt, last, cache)?))
        };
        let (prepared, lists) = rayon::join(prepare, lists);
        let (search, calendar) = lists?;
        let amendment = Self {
            excerpt,
            prepared,
            search,
            calendar,
            cache,
        };
        amendment.is_true_to_the_site().then_some(amendment)
    }

    /// Makes what has changed, and says how many pages were rendered.
    fn make(&self, mut last: Last, sink: &dyn Sink) -> Option<(Last, usize)> {
        let maker = Maker {
            prepared: &self.prepared,
            sink,
            cache: self.cache,
        };
        let make = |(path, planned): (&OutputPath, &Planned)| maker.make(path, planned).ok();
        let made = || {
            self.planned()?
                .into_iter()
                .map(make)
                .collect::<Option<Vec<Made>>>()
        };
        let pages = || rayon::join(made, || self.written());
        let lists = || {
            self.search
                .put(&maker)
                .into_iter()
                .chain(self.calendar.put(&maker))
                .collect::<Vec<_>>()
        };
        let (lists, (made, written)) = rayon::join(lists, pages);
        let made = made?;
        last.largest = Some(self.largest(&last, &made)?);
        last.diagnostics =
            self.diagnostics(std::mem::take(&mut last.diagnostics), &made, written)?;
        last.parts.clone_from(&self.search.parts);
        last.calendar = self.calendar.calendar;
        let rendered = made.iter().filter(|made| made.how == How::Rendered).count();
        for (path, record) in made.into_iter().filter_map(|made| made.kept).chain(lists) {
            last.replace(&path, record)?;
        }
        Some((last, rendered))
    }

    /// Whether the pages, as they were, have the keys in the excerpt that they had in the site.
    fn is_true_to_the_site(&self) -> bool {
        let renderer = self.prepared.renderer_of(&self.excerpt.before);
        let ground = Ground::new(&renderer, self.prepared.companions().key());
        let is_known = |index: PageIndex| {
            let page = self.excerpt.before.page(index);
            let key = renderer
                .key(&ground, Job::Page(index), &page.origin())
                .ok()
                .map(|(key, _)| key);
            matches!(page.kind, PageKind::Entry(_)) && key.is_some_and(|key| knows(self.cache, key))
        };
        self.excerpt.indices.iter().all(|page| is_known(*page))
    }

    /// The changed pages as the excerpt plans them.
    fn planned(&self) -> Option<Vec<(&OutputPath, &Planned)>> {
        let all = self.prepared.planned();
        let pages = self.excerpt.indices.iter();
        pages
            .map(|page| all.get_key_value(self.excerpt.after.page(*page).output.as_ref()?))
            .collect()
    }

    /// Whether a finding may stand at another place now: it points into a page whose front matter
    /// is another.
    fn has_moved(&self, found: &Diagnostic) -> bool {
        let moved = |place: &Place| self.excerpt.pages.iter().any(|page| page.has_moved(place));
        moved(&found.place) || found.related.iter().any(|related| moved(&related.place))
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
            Ordering::Less if kept().all(|(path, _)| *path != largest.path) => {
                Some(largest.clone())
            }
            Ordering::Less if record.length > self.most_of_others(last) => {
                self.prepared.weigh(path)
            }
            _ => None,
        }
    }

    /// The length of the longest page that has not changed.
    fn most_of_others(&self, last: &Last) -> u64 {
        let changed: Vec<_> = self
            .planned()
            .into_iter()
            .flatten()
            .map(|(path, _)| path)
            .collect();
        let others = last
            .files
            .iter()
            .filter(|(path, _)| path.is_page() && !changed.contains(&path));
        others
            .map(|(_, record)| record.length)
            .max()
            .unwrap_or_default()
    }

    /// What the rules find in the changed pages as they are written, and what was found when they
    /// were read.
    fn written(&self) -> Vec<Diagnostic> {
        let pages = self.excerpt.pages.iter().zip(&self.excerpt.indices);
        let found = pages.flat_map(|(page, index)| {
            let found = check::check_written(&self.excerpt.after, *index, self.cache);
            page.found.iter().cloned().chain(found)
        });
        found.collect()
    }

    /// All findings, graded and in order.
    fn diagnostics(
        &self,
        last: Vec<Diagnostic>,
        made: &[Made],
        written: Vec<Diagnostic>,
    ) -> Option<Vec<Diagnostic>> {
        let changed = |found: &Diagnostic| {
            self.excerpt
                .pages
                .iter()
                .find(|page| page.after.path == found.place.path)
        };
        let is_replaced =
            |found: &Diagnostic| changed(found).is_some() && !check::is_of_the_site(found.rule);
        let (replaced, mut all): (Vec<_>, Vec<_>) = last.into_iter().partition(is_replaced);
        // What was found in an old address of a page is told of the page too, and old addresses are
        // not made anew.
        let may_be_of_alias = |found: &Diagnostic, page: &Changed| {
            found.place.span.is_none() && !page.after.front.aliases.is_empty()
        };
        let is_lost = |found: &Diagnostic| {
            changed(found).is_some_and(|page| !page.finds(found) || may_be_of_alias(found, page))
        };
        if replaced.iter().any(is_lost) || all.iter().any(|found| self.has_moved(found)) {
            return None;
        }
        let found = made
            .iter()
            .flat_map(|made| made.found.clone())
            .chain(written)
            .collect();
        let graded = check::grade(&self.excerpt.after, Extent::Build, found);
        all.extend(graded.into_iter().filter(|found| changed(found).is_some()));
        all.sort_by(Diagnostic::order);
        all.dedup();
        Some(all)
    }
}
