//! What a whole build came to, for the next one of the same site.
//!
//! The record of a build stands for all builds by the same options, with the same theme, settings,
//! locations and other files, and with pages of the same names; it knows the words of the pages by
//! their hashes. It counts only where the sink still has all the files that came of them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::plan::Planned;
use super::{Build, Largest, Prepared};
use crate::cache::{Cache, Key, KeyHasher, Step};
use crate::config::RunOptions;
use crate::diagnostic::Diagnostic;
use crate::output::{OutputPath, OutputRecord, Sink};
use crate::render::Calendar;
use crate::render::search::{FirstTier, KeptTier, SearchFile, Tier};
use crate::site::{Broken, Page, PageIndex, Resolution, ResolvedLink, Site, excerpt};
use crate::source::{Digest, FILES_AT_ONCE, FileBytes, SourcePath, SourceTree};

/// The number of a file of Markdown among those of a site, in their order.
pub(super) type Number = usize;

/// What a whole build came to.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Last {
    /// The files of Markdown.
    pub(super) written: Vec<Written>,
    /// Those that every excerpt needs ([`excerpt::frame`]).
    pub(super) frame: Vec<Number>,
    /// All that was built, in order.
    pub(super) files: Vec<(OutputPath, OutputRecord)>,
    /// How many pages the site has.
    pub(super) pages: usize,
    pub(super) largest: Option<Largest>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files of the second tier of the search, as they are asked for.
    pub(super) parts: Vec<String>,
    /// Whether a link leads to a heading that is not there.
    pub(super) has_lost_anchors: bool,
    /// Stands for the calendar of the site, which is kept by itself: few builds ask for it.
    pub(super) calendar: Key,
}

/// A file of Markdown in a build.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) hash: Digest,
    /// Those that an excerpt with this page needs ([`excerpt::around`]).
    pub(super) around: Vec<Number>,
    /// The part of the search index that has its words.
    pub(super) part: Option<usize>,
    /// Whether another page leads to one of its headings.
    pub(super) is_sought: bool,
}

/// The files of Markdown, in their order.
pub(super) fn written(tree: &SourceTree) -> impl Iterator<Item = (&SourcePath, &FileBytes)> {
    tree.under("").filter(|(path, _)| is_written(path))
}

fn is_written(path: &SourcePath) -> bool {
    path.as_str().ends_with(".md")
}

/// The key of the record: everything that goes into a build but the words of the pages.
pub(super) fn key(tree: &SourceTree, run: &RunOptions) -> Key {
    let mut hasher = KeyHasher::default();
    hasher.add_described(run);
    for (path, bytes) in tree.under("") {
        hasher.add(path);
        if !is_written(path) {
            hasher.add_hash(bytes.hash());
        }
    }
    for problem in tree.problems() {
        hasher.add_described(&problem);
    }
    hasher.key()
}

impl Last {
    /// The files of Markdown that are not as they were.
    pub(super) fn changed(&self, tree: &SourceTree) -> Vec<Number> {
        let numbered = (0..).zip(written(tree)).zip(&self.written);
        numbered
            .filter(|((_, (_, bytes)), last)| bytes.hash() != last.hash)
            .map(|((number, _), _)| number)
            .collect()
    }

    /// The same build again, if all of its files are still there.
    pub(super) fn whole(self, sink: &dyn Sink) -> Option<Build> {
        self.are_kept(sink, &AtomicBool::new(false))
            .then(|| self.build(0, None))
    }

    /// What was built at a path.
    pub(super) fn record(&self, path: &OutputPath) -> Option<&OutputRecord> {
        self.at(path).map(|at| &self.files[at].1)
    }

    /// Notes that something else was built at a path; nothing where nothing was built there.
    pub(super) fn replace(&mut self, path: &OutputPath, record: OutputRecord) -> Option<()> {
        let at = self.at(path)?;
        self.files[at].1 = record;
        Some(())
    }

    fn at(&self, path: &OutputPath) -> Option<usize> {
        self.files
            .binary_search_by(|(other, _)| other.cmp(path))
            .ok()
    }

    /// Whether the sink has all files; nobody waits for the answer any more once it is over.
    pub(super) fn are_kept(&self, sink: &dyn Sink, is_over: &AtomicBool) -> bool {
        self.files
            .par_iter()
            .with_max_len(FILES_AT_ONCE)
            .all(|(path, record)| !is_over.load(Ordering::Relaxed) && sink.keep(path, record))
    }

    /// The build that the record tells of.
    pub(super) fn build(self, rendered: usize, prepared: Option<Prepared>) -> Build {
        let Self {
            files,
            pages,
            largest,
            diagnostics,
            ..
        } = self;
        Build {
            outputs: files.into_iter().collect(),
            pages,
            rendered,
            largest,
            diagnostics,
            prepared,
        }
    }

    /// The record of a build of this site.
    fn of(tree: &SourceTree, prepared: &Prepared, build: &Build) -> Self {
        let site = prepared.site();
        let numbers = numbers(tree, site);
        let number = |index: PageIndex| numbers[index.number()];
        let blank = |(_, bytes): (_, &FileBytes)| Written {
            hash: bytes.hash(),
            around: Vec::new(),
            part: None,
            is_sought: false,
        };
        let mut last = Self {
            written: written(tree).map(blank).collect(),
            frame: excerpt::frame(site)
                .into_iter()
                .filter_map(number)
                .collect(),
            files: build
                .outputs
                .iter()
                .map(|(path, record)| (path.clone(), *record))
                .collect(),
            pages: build.pages,
            largest: build.largest.clone(),
            diagnostics: build.diagnostics.clone(),
            parts: Vec::new(),
            has_lost_anchors: false,
            calendar: prepared.calendar().key(),
        };
        let pages: Vec<_> = site
            .pages()
            .filter_map(|(index, page)| Some((index, page, number(index)?)))
            .collect();
        let around = |(index, ..): &(PageIndex, _, _)| -> Vec<Number> {
            excerpt::around(site, *index)
                .into_iter()
                .filter_map(number)
                .collect()
        };
        let all_around: Vec<_> = pages.par_iter().map(around).collect();
        for ((index, page, own), around) in pages.into_iter().zip(all_around) {
            last.written[own].around = around;
            for link in &page.links.links {
                last.note(index, link, number);
            }
        }
        for planned in prepared.planned().values() {
            if let Planned::Search(file) = planned {
                last.note_search(site, file, number);
            }
        }
        last
    }

    /// Notes what a link of a page asks of the headings of another.
    fn note(
        &mut self,
        from: PageIndex,
        link: &ResolvedLink,
        number: impl Fn(PageIndex) -> Option<Number>,
    ) {
        match link.resolution {
            Resolution::Document(to)
                if to != from && link.href.as_ref().is_some_and(|href| href.contains('#')) =>
            {
                if let Some(to) = number(to) {
                    self.written[to].is_sought = true;
                }
            }
            Resolution::Broken(Broken::NoAnchor(_)) => self.has_lost_anchors = true,
            _ => {}
        }
    }

    /// Notes what a file of the search index holds.
    fn note_search(
        &mut self,
        site: &Site,
        file: &SearchFile,
        number: impl Fn(PageIndex) -> Option<Number>,
    ) {
        match file.tier() {
            Tier::First => {}
            Tier::Second => self.parts = file.names(site),
            Tier::Part(part) => {
                for page in file.pages().iter().filter_map(|page| number(*page)) {
                    self.written[page].part = Some(part);
                }
            }
        }
    }
}

/// The number of the file of each page, where it has one.
fn numbers(tree: &SourceTree, site: &Site) -> Vec<Option<Number>> {
    let by_path: HashMap<&SourcePath, Number, FixedState> = written(tree)
        .zip(0..)
        .map(|((path, _), number)| (path, number))
        .collect();
    let number = |page: &Page| by_path.get(&page.document.as_ref()?.path).copied();
    site.pages().map(|(_, page)| number(page)).collect()
}

/// Remembers a whole build.
pub(super) fn remember(key: Key, tree: &SourceTree, build: &Build, cache: &Cache) {
    if let Some(prepared) = &build.prepared {
        cache.put(Step::Build, key, &Last::of(tree, prepared, build));
        keep_calendar(cache, &prepared.site().settings.run, prepared.calendar());
    }
}

/// Keeps the calendar of a build for the next.
pub(super) fn keep_calendar(cache: &Cache, run: &RunOptions, calendar: &Calendar) {
    cache.put(Step::Calendar, last_key(run), calendar);
}

/// The calendar of the last build, as it was kept.
pub(super) fn known_calendar(cache: &Cache, run: &RunOptions, last: &Last) -> Option<Calendar> {
    cache
        .get(Step::Calendar, last_key(run))
        .filter(|known: &Calendar| known.key() == last.calendar)
}

/// Keeps the first tier of the search index, whose file has this record, for the next build.
pub(super) fn keep_tier(cache: &Cache, site: &Site, tier: &FirstTier<'_>, record: OutputRecord) {
    cache.put(
        Step::Words,
        last_key(&site.settings.run),
        &(record, tier.kept()),
    );
}

/// The first tier of the search index whose file has this record, as an earlier build kept it.
pub(super) fn known_tier(
    cache: &Cache,
    site: &Site,
    record: &OutputRecord,
) -> Option<FirstTier<'static>> {
    let known: (OutputRecord, KeptTier<'static>) =
        cache.get(Step::Words, last_key(&site.settings.run))?;
    (known.0 == *record).then(|| FirstTier::of(known.1))
}

/// Stands for all builds by the same options: the last of them is enough.
fn last_key(run: &RunOptions) -> Key {
    KeyHasher::default().add_described(run).key()
}
