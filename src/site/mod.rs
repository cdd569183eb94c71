//! The site: every page with its address, and everything that pages say about each other, resolved.
//!
//! [`link`] turns [`Content`] into a [`Site`] in one pass over cheap, global facts. Linking reports nothing: a link that
//! leads nowhere is [`Resolution::Broken`], a relation to nothing is a [`RelationFault`]; rules turn them into findings.

pub mod geo;
mod links;
pub mod navigation;
mod page;
mod relations;
mod urls;

use std::collections::{BTreeMap, HashMap};

use crate::config::{Kind, Settings};
use crate::content::{Content, Document, DocumentId, Location, PlainFile, Publication};
use crate::output::OutputPath;
use crate::schema::Located;
use crate::source::{SourcePath, SourceTree};

pub use links::{Broken, Detour, Resolution, ResolvedLink};
pub use page::{Page, PageIndex, PageKind, PageLinks};
pub use relations::{RelationFault, RelationProblem};
pub use urls::{encode, page_url};

/// A page with the same id as another.
#[derive(Clone, Debug)]
pub struct DuplicateDocument {
    /// The page that is left out.
    pub path: SourcePath,
    /// The page that is kept.
    pub first: SourcePath,
}

/// An old URL that leads to a page.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// Where the redirect page is written.
    pub output: OutputPath,
    /// Its own root-relative URL.
    pub url: String,
    /// The page that it leads to.
    pub target: PageIndex,
    /// Which of its aliases.
    pub index: usize,
}

/// An alias that cannot be an old URL of the site.
#[derive(Clone, Debug)]
pub struct AliasFault {
    /// The page that has it.
    pub page: PageIndex,
    /// Which of its aliases.
    pub index: usize,
    /// What is wrong with it.
    pub problem: AliasProblem,
}

/// Why an alias cannot be an old URL of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasProblem {
    /// It is no path within the site.
    NotAPath,
    /// It is the address that the page has today.
    OwnAddress,
}

impl AliasFault {
    /// The page's document, and the alias.
    #[must_use]
    pub fn alias<'s>(&self, site: &'s Site) -> Option<(&'s Document, &'s Located<String>)> {
        let document = site.page(self.page).document.as_ref()?;
        Some((document, document.front.aliases.get(self.index)?))
    }
}

/// A file of the content folder that is copied.
#[derive(Clone, Debug)]
pub struct ContentFile {
    /// The file.
    pub source: SourcePath,
    /// Where it is written.
    pub output: OutputPath,
    /// Its root-relative URL.
    pub url: String,
    /// How many bytes it has.
    pub bytes: usize,
}

/// A whole site, linked.
#[derive(Clone, Debug)]
pub struct Site {
    /// What the site asks for.
    pub settings: Settings,
    /// Every page, written or generated, sorted by id.
    pub pages: Vec<Page>,
    /// Pages that are not part of the site on this day.
    pub unpublished: Vec<Document>,
    /// The locations, sorted by name, each with its page.
    pub locations: Vec<(Location, PageIndex)>,
    /// Whether every entry of `locations.yaml` could be read.
    pub has_all_locations: bool,
    /// Old URLs.
    pub redirects: Vec<Redirect>,
    /// Files beside the pages.
    pub files: Vec<ContentFile>,
    /// Pages left out because another has their id.
    pub duplicates: Vec<DuplicateDocument>,
    /// Relations that lead nowhere or are said twice.
    pub relation_faults: Vec<RelationFault>,
    /// Aliases that cannot be.
    pub alias_faults: Vec<AliasFault>,
    by_id: HashMap<DocumentId, PageIndex>,
    location_at: HashMap<PageIndex, usize>,
}

impl Site {
    /// A page.
    #[must_use]
    pub fn page(&self, index: PageIndex) -> &Page {
        &self.pages[index.0]
    }

    /// The page of an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<PageIndex> {
        self.by_id.get(&DocumentId::new(id)).copied()
    }

    /// The pages with their indices, sorted by id.
    pub fn pages(&self) -> impl Iterator<Item = (PageIndex, &Page)> {
        self.pages.iter().enumerate().map(|(at, page)| (PageIndex(at), page))
    }

    /// The written pages of a collection, sorted by title.
    #[must_use]
    pub fn members(&self, folder: &str) -> Vec<PageIndex> {
        let is_member = |page: &Page| matches!(page.kind, PageKind::Entry(_)) && page.id.folder() == Some(folder);
        let mut found: Vec<_> = self.pages().filter(|(_, page)| is_member(page)).map(|(index, _)| index).collect();
        found.sort_by_key(|index| navigation::sort_key(&self.page(*index).title));
        found
    }

    /// The location of a location page.
    #[must_use]
    pub fn location_of(&self, index: PageIndex) -> Option<&Location> {
        let at = self.location_at.get(&index)?;
        self.locations.get(*at).map(|(location, _)| location)
    }
}

/// Links content into a site.
#[must_use]
pub fn link(tree: &SourceTree, settings: &Settings, content: Content) -> Site {
    let (documents, unpublished, duplicates) = choose(settings, content.documents);
    let publications: BTreeMap<DocumentId, Publication> =
        unpublished.iter().map(|document| (document.id.clone(), document.publication(settings))).collect();
    let mut pages = page::all(settings, documents, &content.locations.entries);
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    let by_id: HashMap<_, _> = pages.iter().enumerate().map(|(at, page)| (page.id.clone(), PageIndex(at))).collect();
    let files = content_files(settings, content.files);
    let has_all_locations = !content.locations.is_partial;
    let mut locations: Vec<_> =
        content.locations.entries.into_iter().filter_map(|location| located(settings, &by_id, location)).collect();
    locations.sort_by_key(|(location, _)| navigation::sort_key(&location.name));
    let location_at = locations.iter().enumerate().map(|(at, (_, page))| (*page, at)).collect();
    let (redirects, alias_faults) = urls::redirects(settings, &pages);
    let index = links::LinkIndex::new(tree, settings, &pages, &by_id, &files, &publications, &redirects);
    let resolved: Vec<_> = pages.iter().map(|page| links::resolve_page(&index, page)).collect();
    drop(index);
    for (page, links) in pages.iter_mut().zip(resolved) {
        page.links = links;
    }
    let order: Vec<PageIndex> = locations.iter().map(|(_, page)| *page).collect();
    let relation_faults = relations::link(settings, &mut pages, &by_id, &publications, &order);
    Site {
        settings: settings.clone(),
        pages,
        unpublished,
        locations,
        has_all_locations,
        redirects,
        files,
        duplicates,
        relation_faults,
        alias_faults,
        by_id,
        location_at,
    }
}

fn located(
    settings: &Settings,
    by_id: &HashMap<DocumentId, PageIndex>,
    location: Location,
) -> Option<(Location, PageIndex)> {
    let id = DocumentId::new(&format!("{}/{}", settings.locations_folder(), location.id));
    by_id.get(&id).map(|index| (location, *index))
}

type Chosen = (Vec<Document>, Vec<Document>, Vec<DuplicateDocument>);

/// Tells public pages from the others, and keeps one page of each id.
fn choose(settings: &Settings, documents: Vec<Document>) -> Chosen {
    let mut first: HashMap<DocumentId, SourcePath> = HashMap::new();
    let (mut public, mut unpublished, mut duplicates) = (Vec::new(), Vec::new(), Vec::new());
    for document in documents {
        if let Some(first) = first.get(&document.id) {
            duplicates.push(DuplicateDocument { path: document.path, first: first.clone() });
            continue;
        }
        first.insert(document.id.clone(), document.path.clone());
        match document.publication(settings) {
            Publication::Public => public.push(document),
            _ => unpublished.push(document),
        }
    }
    (public, unpublished, duplicates)
}

fn content_files(settings: &Settings, files: Vec<PlainFile>) -> Vec<ContentFile> {
    let file = |PlainFile { path: source, bytes }: PlainFile| {
        let name = urls::normal(&source.as_str()[settings.content_root.len()..]);
        // A name that cannot be an address was found when it was read.
        let output = OutputPath::new(&name)?;
        Some(ContentFile { source, output, url: format!("{}{}", settings.root(), encode(&name)), bytes })
    };
    files.into_iter().filter_map(file).collect()
}

/// Whether a page of this kind has a state of clinical review.
#[must_use]
pub fn has_review(page: &Page) -> bool {
    matches!(page.kind, PageKind::Entry(kind) if kind.is_clinical())
}

/// Whether the page is the index of the locations.
#[must_use]
pub fn is_location_index(settings: &Settings, page: &Page) -> bool {
    matches!(&page.kind, PageKind::Collection(folder) if settings.collection(folder).is_some_and(|c| c.kind == Kind::Location))
}
