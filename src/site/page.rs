//! Pages: those that somebody wrote, and those that the generator adds.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::listings::{Listings, letter_id, parts};
use super::resolved::{PageIndex, PageLinks};
use super::urls;
use crate::config::{Kind, Settings};
use crate::content::kinds::RelationKey;
use crate::content::{Document, DocumentId, Location};
use crate::output::{Origin, OutputPath};

/// What a page is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageKind {
    /// The home page.
    Home,
    /// A page of a kind.
    Entry(Kind),
    /// The index of a collection, by its folder.
    Collection(String),
    /// A further page of the index of a collection: its folder, and the number of the page, from 2.
    CollectionPart(String, usize),
    /// The index of a section, by its slug.
    Section(String),
    /// The A to Z.
    AToZ,
    /// The entries of the A to Z under a letter, and the number of the page, from 1.
    Letter(String, usize),
    /// The credits.
    Credits,
    /// The search.
    Search,
    /// What a server shows for an address that is not there.
    NotFound,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its identity.
    pub id: DocumentId,
    /// What it is.
    pub kind: PageKind,
    /// Its heading.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Its root-relative URL.
    pub url: Arc<str>,
    /// Where it is written; nothing for a name that cannot be a path.
    pub output: Option<OutputPath>,
    /// What somebody wrote for it.
    pub document: Option<Arc<Document>>,
    /// Related pages by field: its own in the order written, then the inverses by title.
    pub relations: Relations,
    /// Its links, images and lead image, resolved.
    pub links: PageLinks,
}

/// Related pages by field. A page has few fields, in the order of their keys.
#[derive(Clone, Debug, Default)]
pub struct Relations(Vec<(RelationKey, Vec<PageIndex>)>);

impl Relations {
    /// The fields with their pages.
    pub fn iter(&self) -> impl Iterator<Item = (RelationKey, &[PageIndex])> {
        self.0.iter().map(|(key, pages)| (*key, pages.as_slice()))
    }

    /// Every related page.
    pub fn pages(&self) -> impl Iterator<Item = PageIndex> {
        self.0.iter().flat_map(|(_, pages)| pages).copied()
    }

    /// Adds a page to a field.
    pub(super) fn add(&mut self, key: RelationKey, page: PageIndex) {
        match self.0.binary_search_by_key(&key, |(field, _)| *field) {
            Ok(at) => self.0[at].1.push(page),
            Err(at) => self.0.insert(at, (key, vec![page])),
        }
    }
}

impl Page {
    /// Where the page comes from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        if let Some(document) = &self.document {
            return Origin::Source(document.path.clone());
        }
        Origin::Generated(match self.kind {
            PageKind::Home => "the home page",
            PageKind::Entry(_) => "a location's page",
            PageKind::Collection(_) | PageKind::CollectionPart(..) => "the index of a collection",
            PageKind::Section(_) => "the index of a section",
            PageKind::AToZ | PageKind::Letter(..) => "the A to Z",
            PageKind::Credits => "the credits",
            PageKind::Search => "the search page",
            PageKind::NotFound => "the 404 page",
        })
    }

    /// The related pages of a field.
    #[must_use]
    pub fn related(&self, key: RelationKey) -> &[PageIndex] {
        let mut fields = self.relations.iter();
        fields
            .find(|(field, _)| *field == key)
            .map_or(&[], |(_, pages)| pages)
    }
}

/// Every page of a site: the written ones, one for each location, and the generated ones.
pub(super) fn all(
    settings: &Settings,
    documents: &[Arc<Document>],
    locations: &[Location],
) -> Vec<Page> {
    let written: HashMap<&str, &Arc<Document>, FixedState> = documents
        .iter()
        .map(|document| (document.id.as_str(), document))
        .collect();
    let mut taken: HashSet<DocumentId> = HashSet::new();
    let mut take = |id: &DocumentId| {
        let document = written
            .get(id.as_str())
            .map(|document| Arc::clone(document));
        taken.extend(document.is_some().then(|| id.clone()));
        document
    };
    let mut pages = Vec::with_capacity(documents.len() + locations.len() + 8);
    for location in locations {
        let id = DocumentId::new(&format!("{}/{}", settings.locations_folder(), location.id));
        let document = take(&id);
        let front = document.as_ref().map(|document| &document.front);
        let title = front
            .and_then(|front| front.title.clone())
            .unwrap_or_else(|| location.name.clone());
        let summary = front
            .and_then(|front| front.summary.clone())
            .unwrap_or_else(|| address_line(location));
        pages.push(new(
            settings,
            id,
            PageKind::Entry(Kind::Location),
            title,
            Some(summary),
            document,
        ));
    }
    let has_pages = |folder: &str| {
        let inside = |document: &Arc<Document>| document.id.folder() == Some(folder);
        documents.iter().any(inside)
            || (folder == settings.locations_folder() && !locations.is_empty())
    };
    for (id, kind, title, summary) in generated(settings, has_pages) {
        let document = take(&id);
        let front = document.as_ref().map(|document| &document.front);
        let title = front.and_then(|front| front.title.clone()).unwrap_or(title);
        let summary = front.and_then(|front| front.summary.clone()).or(summary);
        pages.push(new(settings, id, kind, title, summary, document));
    }
    let entry = |document: &Arc<Document>| {
        let title = document
            .front
            .title
            .clone()
            .unwrap_or_else(|| fallback_title(document));
        let (id, kind) = (document.id.clone(), PageKind::Entry(document.kind));
        new(
            settings,
            id,
            kind,
            title,
            document.front.summary.clone(),
            Some(document.clone()),
        )
    };
    let others = documents
        .par_iter()
        .filter(|document| !taken.contains(&document.id));
    pages.par_extend(others.map(entry));
    let pagination_pages = pagination_pages(settings, &pages);
    pages.extend(pagination_pages);
    pages
}

/// The pages over which long lists go on.
fn pagination_pages(settings: &Settings, pages: &[Page]) -> Vec<Page> {
    let lists = Listings::unsorted(pages);
    let mut found = Vec::new();
    let mut add = |id: &str, kind, title: String| {
        found.push(new(settings, DocumentId::new(id), kind, title, None, None));
    };
    for page in pages {
        match &page.kind {
            PageKind::Collection(folder) if folder != settings.locations_folder() => {
                let of = parts(settings, lists.members(folder).len());
                for number in 2..=of {
                    let kind = PageKind::CollectionPart(folder.clone(), number);
                    add(
                        &part_id(folder, number),
                        kind,
                        part_title(&page.title, number, of),
                    );
                }
            }
            PageKind::AToZ if lists.is_split(settings) => {
                for (letter, entries) in &lists.letters {
                    let of = parts(settings, entries.len());
                    let title = format!("{}: {letter}", page.title);
                    for number in 1..=of {
                        let kind = PageKind::Letter(letter.clone(), number);
                        add(
                            &part_id(&letter_id(letter), number),
                            kind,
                            part_title(&title, number, of),
                        );
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The id of a page of a list by the id of its first page.
pub(super) fn part_id(first: &str, number: usize) -> String {
    if number == 1 {
        first.to_owned()
    } else {
        format!("{first}/page/{number}")
    }
}

fn part_title(title: &str, number: usize, of: usize) -> String {
    if number == 1 {
        title.to_owned()
    } else {
        format!("{title}, page {number} of {of}")
    }
}

type Generated = (DocumentId, PageKind, String, Option<String>);

fn generated(settings: &Settings, has_pages: impl Fn(&str) -> bool) -> Vec<Generated> {
    let mut found = Vec::new();
    let mut add = |id: &str, kind, title: &str, summary: Option<String>| {
        found.push((DocumentId::new(id), kind, title.to_owned(), summary));
    };
    add(
        "",
        PageKind::Home,
        &settings.title,
        settings.summary.clone(),
    );
    add("404.html", PageKind::NotFound, "Page not found", None);
    add(
        "a-z",
        PageKind::AToZ,
        "A to Z",
        Some(format!("Every page of {}, by name.", settings.title)),
    );
    add(
        "credits",
        PageKind::Credits,
        "Credits",
        Some(format!("The work of others that {} uses.", settings.title)),
    );
    if settings.search.is_on() {
        add("search", PageKind::Search, "Search", None);
    }
    for collection in settings
        .collections
        .iter()
        .filter(|collection| has_pages(&collection.folder))
    {
        let kind = PageKind::Collection(collection.folder.clone());
        add(
            &collection.folder,
            kind,
            &collection.title,
            Some(all_under(settings, &[&collection.title])),
        );
    }
    for section in &settings.sections {
        let shown = section.collections.iter().filter(|name| has_pages(name));
        let titles: Vec<_> = shown
            .filter_map(|name| Some(settings.collection(name)?.title.as_str()))
            .collect();
        if !titles.is_empty() {
            let kind = PageKind::Section(section.slug.clone());
            add(
                &section.slug,
                kind,
                &section.title,
                Some(all_under(settings, &titles)),
            );
        }
    }
    found
}

/// What a list is, for those who find it in a search engine: `Every page of X under Conditions,
/// Tests and Treatments.`
fn all_under(settings: &Settings, titles: &[&str]) -> String {
    let named = match titles {
        [others @ .., last] if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => titles.concat(),
    };
    format!("Every page of {} under {named}.", settings.title)
}

fn new(
    settings: &Settings,
    id: DocumentId,
    kind: PageKind,
    title: String,
    summary: Option<String>,
    document: Option<Arc<Document>>,
) -> Page {
    let (url, output) = match kind {
        PageKind::NotFound => (
            format!("{}404.html", settings.root()).into(),
            OutputPath::new("404.html"),
        ),
        _ => (
            urls::page_url(settings, id.as_str()),
            urls::page_output(id.as_str()),
        ),
    };
    Page {
        id,
        kind,
        title,
        summary,
        url,
        output,
        document,
        relations: Relations::default(),
        links: PageLinks::default(),
    }
}

/// `201 E. University Pkwy., Baltimore, MD 21218`.
fn address_line(location: &Location) -> String {
    format!(
        "{}, {}, {} {}",
        location.street, location.city, location.state, location.zip
    )
}

/// A page without a title has a finding; until it is fixed, its first heading or its name stands
/// for it.
fn fallback_title(document: &Document) -> String {
    let heading = document
        .outline
        .headings
        .first()
        .map(|heading| heading.text.clone());
    heading
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| document.id.name().replace('-', " "))
}
