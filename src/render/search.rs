//! The search index: what the search in the browser looks into, as ES modules beside the search
//! page.
//!
//! Owns which pages are found and by what. The index has two tiers: titles, other names, summaries,
//! headings and codes of all pages in one file, and the words of their texts in several. A page
//! stands in the same file of the second tier as long as the site keeps its size, so an edit
//! changes one of them. Each tier is in the form in which `MiniSearch` keeps its indexes;
//! `tests/browser/search-index.test.mjs` compares them with those that the library builds itself.
//! The terms of a text must come out here as they do in `static/assets/components/search/terms.js`.
//! Nothing here ranks.

mod index;
mod module;
mod terms;

use std::sync::Arc;

use crate::content::Document;
use crate::language;
use crate::memo::{Key, KeyHasher};
use crate::output::{Origin, OutputFile, OutputPath};
use crate::site::{Page, PageIndex, PageKind, Site};
use crate::source::Digest;

use module::kind_title;

/// The folder of the search page, and of the files that it searches.
const FOLDER: &str = "search";

const ORIGIN: Origin = Origin::Generated("the search index");

/// About so many pages stand in one file of the second tier.
const PAGES_OF_A_PART: usize = 256;

/// The pages of each file of the second tier.
type Parts = Arc<Vec<Vec<PageIndex>>>;

/// A file of the search index.
#[derive(Clone, Debug)]
pub struct SearchFile {
    parts: Parts,
    tier: Tier,
}

/// What a file of the search index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tier {
    /// What pages say of themselves.
    First,
    /// What leads to the files of the second tier.
    Second,
    /// The words of some pages: the file of the second tier of a number.
    Part(usize),
}

/// The files of a site's search index, with their paths; none where the site has no search.
#[must_use]
pub fn files(site: &Site) -> Vec<(OutputPath, SearchFile)> {
    if !site.settings.search.is_on() {
        return Vec::new();
    }
    let count = count(site);
    let parts: Parts = Arc::new(parts(site, count));
    let tiers = [Tier::First, Tier::Second]
        .into_iter()
        .chain((0..count).map(Tier::Part));
    let file = |tier: Tier| {
        Some((
            path(tier)?,
            SearchFile {
                parts: parts.clone(),
                tier,
            },
        ))
    };
    tiers.filter_map(file).collect()
}

/// Where a file of the search index goes; nothing where the path cannot be.
fn path(tier: Tier) -> Option<OutputPath> {
    OutputPath::new(&match tier {
        Tier::First => format!("{FOLDER}/index.js"),
        Tier::Second => format!("{FOLDER}/text.js"),
        Tier::Part(number) => format!("{FOLDER}/{}", part_name(number)),
    })
}

fn part_name(number: usize) -> String {
    format!("text-{number}.js")
}

/// The pages that are found: those that somebody wrote, and locations.
fn found(site: &Site) -> impl Iterator<Item = (PageIndex, &Page)> {
    site.pages()
        .filter(|(_, page)| matches!(page.kind, PageKind::Entry(_)))
}

/// The pages with a text.
fn written(site: &Site) -> impl Iterator<Item = (PageIndex, &Page)> {
    found(site).filter(|(_, page)| page.document.is_some())
}

/// How many files the second tier of a site has: a power of two, for a site that grows moves pages
/// seldom.
fn count(site: &Site) -> usize {
    match written(site).count() {
        0 => 0,
        pages => pages.div_ceil(PAGES_OF_A_PART).next_power_of_two(),
    }
}

/// The pages with a text, each in the part that its id names.
fn parts(site: &Site, count: usize) -> Vec<Vec<PageIndex>> {
    let mut parts = vec![Vec::new(); count];
    for (index, page) in written(site).filter(|_| count > 0) {
        parts[part_of(page.id.as_str(), count)].push(index);
    }
    parts
}

fn part_of(id: &str, count: usize) -> usize {
    let digest = Digest::of(id.as_bytes());
    let number = digest.as_bytes()[..4]
        .iter()
        .fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
    number % count
}

impl SearchFile {
    /// What the file is.
    #[must_use]
    pub fn origin(&self) -> Origin {
        ORIGIN
    }

    /// Stands for everything that the file is made of.
    #[must_use]
    pub fn key(&self, site: &Site) -> Key {
        let mut hasher = KeyHasher::default();
        hasher
            .add(&site.settings.language)
            .add_described(&site.settings.raw_html);
        match self.tier {
            Tier::First => {
                hasher.add_described(&site.settings.search);
                found(site).for_each(|(_, page)| add_face(&mut hasher, site, page));
            }
            Tier::Second => drop(hasher.add(&self.names(site))),
            Tier::Part(number) => texts(site, &self.parts[number]).for_each(|(page, document)| {
                hasher.add(&page.id).add_hash(document.file.hash());
            }),
        }
        hasher.key()
    }

    /// Makes the file.
    #[must_use]
    pub fn make(&self, site: &Site, path: &OutputPath) -> OutputFile {
        let language = language::of(&site.settings.language);
        match self.tier {
            Tier::First => {
                let pages = found(site).map(|(_, page)| page);
                file(path, module::first(site, pages, language))
            }
            Tier::Second => file(path, module::second(&self.names(site)).into_bytes()),
            Tier::Part(number) => {
                let texts = texts(site, &self.parts[number]);
                file(path, module::part(language, site.settings.raw_html, texts))
            }
        }
    }

    /// The files of the second tier as they are asked for: with a hash, so that no old one answers.
    fn names(&self, site: &Site) -> Vec<String> {
        let raw_html = format!("{:?}", site.settings.raw_html);
        let name = |(number, pages): (usize, &Vec<PageIndex>)| {
            let same = [
                env!("CARGO_PKG_VERSION"),
                &*site.settings.language,
                &*raw_html,
            ]
            .map(str::as_bytes);
            let known: Vec<(&str, Digest)> = texts(site, pages)
                .map(|(page, document)| (page.id.as_str(), document.file.hash()))
                .collect();
            let of_pages = known
                .iter()
                .flat_map(|(id, hash)| [id.as_bytes(), hash.as_bytes()]);
            let digest = Digest::of_parts(same.into_iter().chain(of_pages));
            format!("./{}?v={}", part_name(number), digest.short())
        };
        self.parts.iter().enumerate().map(name).collect()
    }
}

fn file(path: &OutputPath, text: Vec<u8>) -> OutputFile {
    OutputFile {
        path: path.clone(),
        bytes: text.into(),
        origin: ORIGIN,
    }
}

/// Adds what the first tier has of a page.
fn add_face(hasher: &mut KeyHasher, site: &Site, page: &Page) {
    hasher
        .add(&page.id)
        .add(&page.url)
        .add(kind_title(site, page));
    for texts in module::fields(page) {
        hasher.add(&texts);
    }
}

/// The pages of a part with their documents.
fn texts<'s>(
    site: &'s Site,
    pages: &'s [PageIndex],
) -> impl Iterator<Item = (&'s Page, &'s Document)> {
    pages.iter().filter_map(|index| {
        let page = site.page(*index);
        Some((page, page.document.as_deref()?))
    })
}
