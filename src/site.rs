//! The site: every page with its address, and everything that pages say about each other, resolved.
//!
//! [`link`] turns [`Content`] into a [`Site`] in one pass over cheap, global facts. Linking reports
//! nothing: a link that leads nowhere is [`Resolution::Broken`], a relation to nothing is a
//! [`RelationFault`]; rules turn them into findings.

pub mod geo;
mod links;
pub mod listings;
pub mod navigation;
mod page;
mod relations;
mod resolved;
mod summary;
mod urls;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::config::{Kind, Settings};
use crate::content::{self, Content, Document, DocumentId, Location, PlainFile, Publication};
use crate::output::OutputPath;
use crate::schema::Located;
use crate::source::{FILES_AT_ONCE, SourcePath, SourceTree};

use geo::modules::Modules;
use listings::Listings;

pub use page::{Page, PageKind, Relations};
pub use relations::{RelationFault, RelationProblem};
pub use resolved::{Broken, IndirectLink, PageIndex, PageLinks, Resolution, ResolvedLink};
pub use summary::{PageName, Summary};
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

/// The pages by their ids.
type ById = HashMap<DocumentId, PageIndex, FixedState>;

/// A whole site, linked.
#[derive(Clone, Debug)]
pub struct Site {
    /// What the site asks for.
    pub settings: Arc<Settings>,
    /// Every page, written or generated, sorted by id.
    pub pages: Vec<Arc<Page>>,
    /// Pages that are not part of the site on this day.
    pub unpublished: Vec<Arc<Document>>,
    /// The locations, sorted by name, each with its page.
    pub locations: Arc<Vec<(Location, PageIndex)>>,
    /// Whether every entry of `locations.yaml` could be read.
    pub has_all_locations: bool,
    /// Old URLs.
    pub redirects: Arc<Vec<Redirect>>,
    /// Files beside the pages.
    pub files: Arc<Vec<ContentFile>>,
    /// Pages left out because another has their id.
    pub duplicates: Vec<DuplicateDocument>,
    /// Relations that lead nowhere or are said twice.
    pub relation_faults: Arc<Vec<RelationFault>>,
    /// Aliases that cannot be.
    pub alias_faults: Arc<Vec<AliasFault>>,
    /// The lists that the generator makes.
    pub listings: Arc<Listings>,
    finder: Arc<OnceLock<Option<Modules>>>,
    by_id: Arc<ById>,
    location_at: Arc<HashMap<PageIndex, usize>>,
    file_at: Arc<HashMap<String, usize>>,
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
        self.by_id.get(id).copied()
    }

    /// The page of a list by the id of its first page and its number, from 1.
    #[must_use]
    pub fn part(&self, first: &str, number: usize) -> Option<PageIndex> {
        self.find(&page::part_id(first, number))
    }

    /// The pages with their indices, sorted by id.
    pub fn pages(&self) -> impl Iterator<Item = (PageIndex, &Page)> {
        self.pages
            .iter()
            .enumerate()
            .map(|(at, page)| (PageIndex(at), &**page))
    }

    /// The file beside the pages that has a root-relative URL.
    #[must_use]
    pub fn file_at(&self, url: &str) -> Option<&ContentFile> {
        self.file_at.get(url).map(|at| &self.files[*at])
    }

    /// What the distance finder knows; nothing for a site whose locations have no coordinates, or
    /// that has one alone.
    #[must_use]
    pub fn finder(&self) -> Option<&Modules> {
        let make = || {
            let points = self
                .locations
                .iter()
                .filter_map(|(location, _)| location.coordinates);
            let points: Vec<_> = points
                .filter_map(|(lat, lon)| geo::Coordinates::new(lat, lon))
                .collect();
            (points.len() > 1).then(|| geo::modules::modules(&points, self.settings.finder.miles))
        };
        self.finder.get_or_init(make).as_ref()
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
    let mut site = assemble(settings, content);
    let all = (0..site.pages.len()).map(PageIndex).collect();
    site.resolve_links(tree, all);
    site
}

/// The site with everything but its links.
fn assemble(settings: &Settings, content: Content) -> Site {
    let (documents, unpublished, duplicates) = select_public(settings, content.documents);
    let mut pages = page::all(settings, &documents, &content.locations.entries);
    pages.sort_by(|a, b| a.id.cmp(&b.id));
    let (by_id, ranks) = rayon::join(|| index_by_id(&pages), || navigation::title_ranks(&pages));
    let files = content_files(settings, content.files);
    let locations = sorted_locations(settings, &by_id, &content.locations.entries);
    let location_at = locations
        .iter()
        .enumerate()
        .map(|(at, (_, page))| (*page, at))
        .collect();
    let file_at = files
        .iter()
        .enumerate()
        .map(|(at, file)| (file.url.clone(), at))
        .collect();
    let order: Vec<PageIndex> = locations.iter().map(|(_, page)| *page).collect();
    let publications = publications(settings, &unpublished);
    let listings = || {
        rayon::join(
            || Listings::new(&pages, &ranks),
            || urls::redirects(settings, &pages),
        )
    };
    let hear = || relations::RelationGraph::of(settings, &pages, &by_id, &publications, &order);
    let ((listings, (redirects, alias_faults)), heard) = rayon::join(listings, hear);
    let relation_faults = heard.give(&mut pages, &ranks);
    Site {
        settings: Arc::new(settings.clone()),
        pages: pages.into_iter().map(Arc::new).collect(),
        unpublished,
        locations: Arc::new(locations),
        has_all_locations: !content.locations.is_partial,
        redirects: Arc::new(redirects),
        files: Arc::new(files),
        duplicates,
        relation_faults: Arc::new(relation_faults),
        alias_faults: Arc::new(alias_faults),
        listings: Arc::new(listings),
        finder: Arc::default(),
        by_id: Arc::new(by_id),
        location_at: Arc::new(location_at),
        file_at: Arc::new(file_at),
    }
}

/// The site with other states of some documents, all of which have the same face as before
/// ([`Document::has_same_interface`]): what other pages say stands, and only the links of these pages
/// are resolved.
#[must_use]
pub fn relink(site: &Site, tree: &SourceTree, changed: &[Arc<Document>]) -> Site {
    let mut site = site.clone();
    let mut pages = Vec::new();
    for document in changed {
        let is_it = |other: &Arc<Document>| other.path == document.path;
        let public = site
            .find(document.id.as_str())
            .filter(|index| site.page(*index).document.as_ref().is_some_and(is_it));
        if let Some(index) = public {
            Arc::make_mut(&mut site.pages[index.0]).document = Some(document.clone());
            pages.push(index);
        } else if let Some(hidden) = site.unpublished.iter_mut().find(|other| is_it(other)) {
            *hidden = document.clone();
        }
    }
    site.resolve_links(tree, pages);
    site
}

impl Site {
    fn resolve_links(&mut self, tree: &SourceTree, pages: Vec<PageIndex>) {
        let publications = publications(&self.settings, &self.unpublished);
        let index = links::LinkIndex::new(
            tree,
            &self.settings,
            &self.pages,
            &self.by_id,
            &self.files,
            &publications,
            &self.redirects,
        );
        let resolve = |page: PageIndex| (page, links::resolve_page(&index, &self.pages[page.0]));
        let resolved: Vec<_> = pages
            .into_par_iter()
            .with_max_len(FILES_AT_ONCE)
            .map(resolve)
            .collect();
        drop(index);
        for (page, links) in resolved {
            Arc::make_mut(&mut self.pages[page.0]).links = links;
        }
    }
}

fn publications(
    settings: &Settings,
    unpublished: &[Arc<Document>],
) -> BTreeMap<DocumentId, Publication> {
    unpublished
        .iter()
        .map(|document| (document.id.clone(), document.publication(settings)))
        .collect()
}

fn index_by_id(pages: &[Page]) -> ById {
    let numbered = pages.iter().enumerate();
    numbered
        .map(|(at, page)| (page.id.clone(), PageIndex(at)))
        .collect()
}

/// The locations with their pages, by name.
fn sorted_locations(
    settings: &Settings,
    by_id: &ById,
    locations: &[Location],
) -> Vec<(Location, PageIndex)> {
    let found = locations.iter();
    let mut found: Vec<_> = found
        .filter_map(|location| located(settings, by_id, location))
        .collect();
    found.sort_by_cached_key(|(location, _)| {
        let (folded, name) = navigation::sort_key(&location.name);
        (folded, name.to_owned())
    });
    found
}

fn located(
    settings: &Settings,
    by_id: &ById,
    location: &Location,
) -> Option<(Location, PageIndex)> {
    let id = DocumentId::new(&format!("{}/{}", settings.locations_folder(), location.id));
    by_id.get(&id).map(|index| (location.clone(), *index))
}

type Selection = (
    Vec<Arc<Document>>,
    Vec<Arc<Document>>,
    Vec<DuplicateDocument>,
);

/// Tells public pages from the others, and keeps one page of each id.
fn select_public(settings: &Settings, documents: Vec<Arc<Document>>) -> Selection {
    let mut first: HashMap<DocumentId, SourcePath, FixedState> = HashMap::default();
    let (mut public, mut unpublished, mut duplicates) = (Vec::new(), Vec::new(), Vec::new());
    for document in documents {
        if let Some(first) = first.get(&document.id) {
            duplicates.push(DuplicateDocument {
                path: document.path.clone(),
                first: first.clone(),
            });
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
    let file = |PlainFile {
                    path: source,
                    bytes,
                }: PlainFile| {
        let name = content::composed(&source.as_str()[settings.content_root.len()..]);
        // A name that cannot be an address was found when it was read.
        let output = OutputPath::new(&name)?;
        let url = format!("{}{}", settings.root(), encode(&name));
        Some(ContentFile {
            source,
            output,
            url,
            bytes,
        })
    };
    files.into_iter().filter_map(file).collect()
}

/// Whether a page of this kind has a state of clinical review.
#[must_use]
pub fn has_review(page: &Page) -> bool {
    matches!(page.kind, PageKind::Entry(kind) if kind.is_clinical())
}

/// Whether search engines should know the page: it says something, and not only where to look.
#[must_use]
pub fn is_indexed(page: &Page) -> bool {
    !matches!(page.kind, PageKind::NotFound | PageKind::Search)
}

/// Whether the page is the index of the locations.
#[must_use]
pub fn is_location_index(settings: &Settings, page: &Page) -> bool {
    matches!(&page.kind, PageKind::Collection(folder) if settings.collection(folder).is_some_and(|c| c.kind == Kind::Location))
}
