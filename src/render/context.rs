//! What a page may read of the site, and the record of what it has read.
//!
//! A [`PageContext`] is the only way from the rendering of a page to the site and its files. Each
//! read is recorded as an [`Input`], whose fingerprint ([`SiteFingerprints`]) covers all that the
//! read gives. So a page is rendered again when something that it has read is another, and no
//! dependency can be forgotten: there is no way to read without leaving a record.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::templates::Templates;
use crate::config::Settings;
use crate::content::Location;
use crate::memo::{Input, Key, KeyHasher, PageList};
use crate::site::listings::IndexEntry;
use crate::site::{
    Page, PageIndex, PageKind, PageName, Redirect, Resolution, ResolvedLink, Site, Summary,
    navigation,
};
use crate::source::SourceTree;

/// What one page may read. It is of one thread.
#[derive(Debug)]
pub struct PageContext<'s> {
    site: &'s Site,
    tree: &'s SourceTree,
    templates: &'s Templates,
    reads: RefCell<BTreeSet<Input>>,
}

/// A page that is being rendered, with what it may read.
#[derive(Clone, Copy, Debug)]
pub struct OwnPage<'c, 's> {
    pub(super) context: &'c PageContext<'s>,
    index: PageIndex,
}

/// Some entries of a list, and how many the list has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice<'s, T> {
    pub(super) entries: &'s [T],
    pub(super) total: usize,
}

impl<'s> PageContext<'s> {
    /// A context in which nothing has been read.
    pub(super) fn new(site: &'s Site, tree: &'s SourceTree, templates: &'s Templates) -> Self {
        let reads = RefCell::from(BTreeSet::from([Input::Subresources]));
        Self {
            site,
            tree,
            templates,
            reads,
        }
    }

    fn record(&self, input: Input) {
        self.reads.borrow_mut().insert(input);
    }

    /// What was read.
    pub(super) fn into_reads(self) -> Vec<Input> {
        self.reads.into_inner().into_iter().collect()
    }

    /// What the site asks for. It is a part of the key of every page.
    pub(super) fn settings(&self) -> &'s Settings {
        &self.site.settings
    }

    /// The templates of pages of one template, and of care cards.
    pub(super) fn templates(&self, template: &str) -> &'s Templates {
        self.record(Input::Template(template.into()));
        self.templates
    }

    /// All that belongs to one page. Only the page itself may ask for it.
    pub(super) fn own(&self, index: PageIndex) -> OwnPage<'_, 's> {
        self.record(Input::Page(self.site.page(index).id.shared()));
        OwnPage {
            context: self,
            index,
        }
    }

    /// What others may read of a page.
    pub(super) fn summary(&self, index: PageIndex) -> Summary<'s> {
        let page = self.site.page(index);
        self.record(Input::Summary(page.id.shared()));
        Summary::of(page)
    }

    /// What a page is called.
    pub(super) fn name(&self, index: PageIndex) -> PageName<'s> {
        let page = self.site.page(index);
        self.record(Input::Name(page.id.shared()));
        PageName::of(page)
    }

    /// The same by an id, where there is such a page.
    pub(super) fn find(&self, id: &str) -> Option<PageName<'s>> {
        self.record(Input::Name(id.into()));
        let index = self.site.find(id)?;
        Some(PageName::of(self.site.page(index)))
    }

    /// The URL of a page of a list by the id of its first page and its number, from 1.
    pub(super) fn part_url(&self, first: &str, number: usize) -> Option<Arc<str>> {
        let index = self.site.part(first, number)?;
        Some(self.name(index).url.clone())
    }

    /// An old URL, by its number, and the page that it leads to.
    pub(super) fn redirect(&self, number: usize) -> (&'s Redirect, PageName<'s>) {
        let redirect = &self.site.redirects[number];
        (redirect, self.name(redirect.target))
    }

    /// Some pages of a collection, by title.
    pub(super) fn collection(&self, folder: &str, range: Range<usize>) -> Slice<'s, PageIndex> {
        self.record_list(PageList::Collection(folder.into()), &range);
        slice(self.site.listings.members(folder), range)
    }

    /// The first of all written pages, by title, and how many there are.
    pub(super) fn all_pages(&self, most: usize) -> (Vec<PageIndex>, usize) {
        self.record_list(PageList::All, &(0..most));
        let mut pages = all_pages(self.site);
        let total = pages.len();
        pages.truncate(most);
        (pages, total)
    }

    /// The letters of the A to Z that have entries.
    pub(super) fn letters(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        self.record(Input::Letters);
        self.site.listings.letters.keys().map(String::as_str)
    }

    /// Whether each letter of the A to Z has pages of its own.
    pub(super) fn is_split(&self) -> bool {
        self.record(Input::Letters);
        self.site.listings.is_split(&self.site.settings)
    }

    /// Some entries of the A to Z under a letter.
    pub(super) fn letter(&self, letter: &str, range: Range<usize>) -> Slice<'s, IndexEntry> {
        self.record_list(PageList::Letter(letter.into()), &range);
        slice(letter_entries(self.site, letter), range)
    }

    fn record_list(&self, list: PageList, range: &Range<usize>) {
        let Range { start, end } = *range;
        self.record(Input::List { list, start, end });
    }

    /// All locations with their pages, by name.
    pub(super) fn locations(&self) -> &'s [(Location, PageIndex)] {
        self.record(Input::Locations);
        &self.site.locations
    }

    /// The URL of the page of a location.
    pub(super) fn location_url(&self, index: PageIndex) -> &'s str {
        self.record(Input::Locations);
        &self.site.page(index).url
    }

    /// How many miles around the locations the distance finder knows places.
    pub(super) fn finder_miles(&self) -> Option<f64> {
        self.record(Input::Locations);
        self.site.finder().map(|finder| finder.miles)
    }

    /// The code systems whose codes stand on pages.
    pub(super) fn code_systems(&self) -> BTreeSet<&'s str> {
        self.record(Input::CodeSystems);
        code_systems(self.site)
    }

    /// The pixels of an image of the site.
    pub(super) fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        let file = self.site.file_at(url)?;
        self.record(Input::File(file.source.clone()));
        let bytes = self.tree.get(file.source.as_str())?;
        let size = bytes.look(imagesize::blob_size).ok()?;
        Some((
            u32::try_from(size.width).ok()?,
            u32::try_from(size.height).ok()?,
        ))
    }
}

impl<'s> OwnPage<'_, 's> {
    /// The page.
    pub(super) fn page(&self) -> &'s Page {
        self.context.site.page(self.index)
    }

    /// What the site asks for.
    pub(super) fn settings(&self) -> &'s Settings {
        self.context.settings()
    }

    /// The pages above it, from the home page down.
    pub(super) fn ancestors(&self) -> Vec<PageName<'s>> {
        let above = navigation::ancestors(self.context.site, self.index);
        above
            .into_iter()
            .map(|index| self.context.name(index))
            .collect()
    }

    /// The section that it stands in.
    pub(super) fn section(&self) -> Option<&'s str> {
        let page = self.page();
        let section = navigation::section_of(self.settings(), &page.kind, &page.id)?;
        Some(&section.title)
    }

    /// The entry of the header that the page is, or stands under. What the header has is a part of
    /// what all templates see.
    pub(super) fn header_entry(&self) -> Option<Arc<str>> {
        let site = self.context.site;
        let mut line = navigation::ancestors(site, self.index);
        line.push(self.index);
        let is_shown =
            |page: &PageIndex| navigation::header_pages(site).any(|shown| shown == *page);
        let found = line.into_iter().find(is_shown)?;
        Some(self.context.name(found).url.clone())
    }

    /// The location that the page is of.
    pub(super) fn location(&self) -> Option<&'s Location> {
        self.context.record(Input::Locations);
        self.context.site.location_of(self.index)
    }
}

/// Some entries of a list; a range that reaches beyond it has fewer.
fn slice<T>(list: &[T], range: Range<usize>) -> Slice<'_, T> {
    let end = range.end.min(list.len());
    Slice {
        entries: &list[range.start.min(end)..end],
        total: list.len(),
    }
}

fn letter_entries<'s>(site: &'s Site, letter: &str) -> &'s [IndexEntry] {
    site.listings.letters.get(letter).map_or(&[], Vec::as_slice)
}

fn all_pages(site: &Site) -> Vec<PageIndex> {
    let written = site
        .pages()
        .filter(|(_, page)| matches!(page.kind, PageKind::Entry(_)));
    let mut pages: Vec<PageIndex> = written.map(|(index, _)| index).collect();
    pages.sort_by_cached_key(|index| navigation::sort_key(&site.page(*index).title));
    pages
}

fn code_systems(site: &Site) -> BTreeSet<&str> {
    let documents = site.pages.iter().filter_map(|page| page.document.as_ref());
    let mut systems = BTreeSet::new();
    for front in documents.map(|document| &document.front) {
        systems.extend(front.codes.iter().map(|code| code.system.value.as_str()));
        if front.drugs.iter().any(|drug| drug.rxnorm.is_some()) {
            systems.insert("RxNorm");
        }
    }
    systems
}

/// The fingerprints of all that pages may read of a site.
#[derive(Debug)]
pub struct SiteFingerprints {
    names: Vec<Key>,
    summaries: Vec<Key>,
    locations: Key,
}

impl SiteFingerprints {
    /// Those of a site.
    #[must_use]
    pub fn new(site: &Site) -> Self {
        let mut locations = KeyHasher::default();
        for (location, page) in site.locations.iter() {
            locations.add_described(location).add(&site.page(*page).url);
        }
        Self {
            names: site
                .pages
                .iter()
                .map(|page| Key::of(&PageName::of(page)))
                .collect(),
            summaries: site
                .pages
                .iter()
                .map(|page| Key::of(&Summary::of(page)))
                .collect(),
            locations: locations.key(),
        }
    }

    /// The fingerprint of an input; one that is not of the site itself is absent.
    #[must_use]
    pub fn of(&self, site: &Site, input: &Input) -> Key {
        match input {
            Input::Page(id) => site
                .find(id)
                .map_or(Key::ABSENT, |index| own_page(site, index)),
            Input::Name(id) => site
                .find(id)
                .map_or(Key::ABSENT, |index| self.names[index.number()]),
            Input::Summary(id) => site
                .find(id)
                .map_or(Key::ABSENT, |index| self.summaries[index.number()]),
            Input::List { list, start, end } => list_of(site, list, *start..*end),
            Input::Letters => {
                let letters: Vec<_> = site.listings.letters.keys().collect();
                Key::of(&(site.listings.is_split(&site.settings), letters))
            }
            Input::Locations => self.locations,
            Input::CodeSystems => Key::of(&code_systems(site)),
            _ => Key::ABSENT,
        }
    }
}

/// The fingerprint of some entries of a list: which pages they are, and how many the list has.
fn list_of(site: &Site, list: &PageList, range: Range<usize>) -> Key {
    let pages = |pages: &[PageIndex]| {
        let Slice { entries, total } = slice(pages, range.clone());
        let ids: Vec<_> = entries.iter().map(|page| &site.page(*page).id).collect();
        Key::of(&(total, ids))
    };
    match list {
        PageList::Collection(folder) => pages(site.listings.members(folder)),
        PageList::All => pages(&all_pages(site)),
        PageList::Letter(letter) => {
            let Slice { entries, total } = slice(letter_entries(site, letter), range);
            let names: Vec<_> = entries
                .iter()
                .map(|entry| (&site.page(entry.page).id, entry.other))
                .collect();
            Key::of(&(total, names))
        }
    }
}

/// The fingerprint of all that belongs to a page. Other pages are in it by their ids: what the page
/// shows of them, it reads of their summaries.
fn own_page(site: &Site, index: PageIndex) -> Key {
    let page = site.page(index);
    let mut hasher = KeyHasher::default();
    hasher.add(&Summary::of(page));
    if let Some(document) = &page.document {
        hasher.add(&document.path).add_hash(document.file.hash());
    }
    add_links(&mut hasher, &page.links.links);
    add_links(&mut hasher, &page.links.images);
    add_links(&mut hasher, page.links.lead.as_slice());
    for (field, others) in page.relations.iter() {
        hasher.add(&field).add(&others.len());
        for other in others {
            hasher.add(&site.page(*other).id);
        }
    }
    for above in navigation::ancestors(site, index) {
        hasher.add(&site.page(above).id);
    }
    hasher.key()
}

/// Adds what the body of a page shows of its links: the address, and whether it is a file, another
/// website or a page.
fn add_links(hasher: &mut KeyHasher, links: &[ResolvedLink]) {
    hasher.add(&links.len());
    for link in links {
        let ResolvedLink {
            href,
            resolution,
            indirection: _,
        } = link;
        hasher
            .add(href)
            .add(&std::mem::discriminant::<Resolution>(resolution));
    }
}
