//! The checks: every rule in one registry, and what a site makes of their findings.
//!
//! A rule looks at one document, at one page of the linked site, at the whole site or at one
//! finished page, and says what is wrong. Findings that come up while reading or rendering belong
//! to rules too, so that all of them have documentation, a level and one way out.

mod document_context;
mod finished;
mod grade;
mod linked_page;
mod markup;
mod palette;
mod parsed_page;
mod registry;
mod request;
mod rule;
mod rules;
mod weight;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

pub use document_context::{DocumentContext, Sentence};
pub use finished::{FinishedFile, FinishedPage, SourceMapping};
pub use grade::{CheckDepth, grade};
pub use linked_page::LinkedPage;
pub use parsed_page::ParsedPage;
pub use registry::{documentation, find, rules, topics};
pub use rule::{Look, Output, Rule, Topic};
pub use rules::{Grade, clashes, grade_of};
pub use weight::{Kilobytes, Subresources, Weight};

use crate::config::Settings;
use crate::content::{Document, Prose};
use crate::diagnostic::{Diagnostic, Level, Severity};
use crate::memo::{Input, Key, KeyHasher, Table};
use crate::output::OutputPath;
use crate::site::Site;
use crate::source::{FILES_AT_ONCE, SourceTree};

/// Whoever reads the documents of a tree by these settings shows each to this, with its prose: the
/// rules on documents run in the very parse that makes the outline.
pub fn reader<'r>(
    settings: &'r Settings,
    tree: &'r SourceTree,
    memo: &'r Table<Vec<Diagnostic>>,
) -> impl Fn(&Document, Prose) + Sync + 'r {
    let (asked, runs) = (settings.key(), looks(settings, Look::document));
    move |document, prose| {
        let found = look(&DocumentContext::with(document, prose, settings), &runs);
        remember(document, asked, tree, memo, found);
    }
}

/// Runs the rules that look at documents and at the site; those on documents only where the memo
/// does not have their findings.
#[must_use]
pub fn check_site(
    site: &Site,
    tree: &SourceTree,
    memo: &Table<Vec<Diagnostic>>,
) -> Vec<Diagnostic> {
    let documents: Vec<_> = documents(site).collect();
    let asked = site.settings.key();
    let check = |document: &&Arc<Document>| {
        let known = memo.get(key(document, asked), tree);
        let found = known.unwrap_or_else(|| {
            let found = check_document(document, &site.settings);
            remember(document, asked, tree, memo, found)
        });
        Arc::unwrap_or_clone(found)
    };
    let pages = documents.par_iter().with_max_len(FILES_AT_ONCE);
    let mut found: Vec<Diagnostic> = pages.flat_map_iter(check).collect();
    found.extend(check_linked(site));
    found
}

/// Runs the rules that look at pages and at the whole site.
fn check_linked(site: &Site) -> Vec<Diagnostic> {
    let looks = looks(&site.settings, Look::page);
    let pages = site
        .pages
        .par_iter()
        .with_max_len(FILES_AT_ONCE)
        .filter_map(|page| LinkedPage::of(site, page));
    let in_pages = pages.flat_map_iter(|written| look_at_page(written, &looks));
    // Each rule on the whole site is one long piece of work: the pages are looked at beside them.
    let (in_site, mut found) = rayon::join(|| check_whole(site), || in_pages.collect::<Vec<_>>());
    found.extend(in_site);
    found
}

/// How a rule looks at a page that somebody wrote.
type PageLook = fn(LinkedPage<'_>, &mut Vec<Diagnostic>);

/// The rules that look at one page.
fn look_at_page(written: LinkedPage<'_>, looks: &[PageLook]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for look in looks {
        look(written, &mut found);
    }
    found.retain(|found| written.document.front.is_known || is_error(found));
    found
}

/// The rules that look at the site.
fn check_whole(site: &Site) -> Vec<Diagnostic> {
    let look = |run: fn(&Site, &mut Vec<Diagnostic>)| {
        let mut found = Vec::new();
        run(site, &mut found);
        found
    };
    let mut found: Vec<Diagnostic> = looks(&site.settings, Look::site)
        .into_par_iter()
        .flat_map_iter(look)
        .collect();
    let unknown: HashSet<_> = documents(site)
        .filter(|document| !document.front.is_known)
        .map(|document| &document.path)
        .collect();
    found.retain(|found| is_error(found) || !unknown.contains(&found.place.path));
    found
}

/// Whether the rule of a finding finds errors.
///
/// Where front matter could not be read, nobody knows what it declares and leads to: only errors
/// are said of such a page.
fn is_error(found: &Diagnostic) -> bool {
    found.rule.default_level() == Level::On(Severity::Error)
}

/// The looks of one sort, of the rules whose findings the site wants to see.
fn looks<L>(settings: &Settings, sort: impl Fn(Look) -> Option<L>) -> Vec<L> {
    let all = shown(settings).flat_map(|rule| rule.looks);
    all.filter_map(|look| sort(*look)).collect()
}

/// The rules whose findings the site wants to see: the others need not run.
fn shown(settings: &Settings) -> impl Iterator<Item = &'static Rule> {
    rules().filter(|rule| settings.levels.is_on(rule.id))
}

fn documents(site: &Site) -> impl Iterator<Item = &Arc<Document>> + Send {
    site.pages
        .iter()
        .filter_map(|page| page.document.as_ref())
        .chain(&site.unpublished)
}

/// The key of the findings of a document, by what the site asks for.
fn key(document: &Document, asked: Key) -> Key {
    KeyHasher::default().add(&asked).add(&document.path).key()
}

fn remember(
    document: &Document,
    asked: Key,
    tree: &SourceTree,
    memo: &Table<Vec<Diagnostic>>,
    found: Vec<Diagnostic>,
) -> Arc<Vec<Diagnostic>> {
    let reads = vec![Input::File(document.path.clone())];
    memo.put(key(document, asked), reads, tree, found)
}

fn check_document(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    look(
        &DocumentContext::of(document, settings),
        &looks(settings, Look::document),
    )
}

/// How a rule looks at a document.
type DocumentRun = fn(&DocumentContext<'_>, &mut Vec<Diagnostic>);

/// The rules that look at a document.
fn look(context: &DocumentContext<'_>, runs: &[DocumentRun]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for run in runs {
        run(context, &mut found);
    }
    found
}

/// The rules that look at a finished page, of those that a site wants to see.
#[derive(Debug)]
pub struct PageRules(Vec<fn(Output<'_>, &mut Vec<Diagnostic>)>);

impl PageRules {
    /// Those of a site.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self(looks(settings, Look::output))
    }

    /// Runs them on a page: all of them read one parsed page. Where there are none, nobody asks for the
    /// page.
    pub fn look<'p>(&self, page: impl FnOnce() -> FinishedPage<'p>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if !self.0.is_empty() {
            let page = page();
            let parsed = ParsedPage::of(&page);
            for look in &self.0 {
                look(Output::Page(&parsed), &mut found);
            }
        }
        found
    }
}

/// What a finished page weighs with all that it loads at once.
#[must_use]
pub fn weigh(page: &FinishedPage<'_>) -> Weight {
    let parsed = ParsedPage::of(page);
    Weight {
        html: parsed.html(),
        css: parsed.css(),
        javascript: parsed.javascript(),
    }
}

/// Whether a rule looks at files of this path; the others need not be read.
#[must_use]
pub fn is_read(path: &OutputPath) -> bool {
    request::file::reading(path.as_str()).is_some()
}

/// Runs the rules that look at a finished file that no template made.
#[must_use]
pub fn check_file(file: &FinishedFile<'_>, settings: &Settings) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for look in looks(settings, Look::output) {
        look(Output::File(file), &mut found);
    }
    found
}
