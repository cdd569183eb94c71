//! Relations: said once on either page, shown on both.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::{ById, Page, PageIndex, PageKind};
use crate::config::{Kind, Settings};
use crate::content::kinds::{self, RelationKey, RelationSpec, Target};
use crate::content::{Document, DocumentId, LocationsField, Publication, composed};
use crate::diagnostic::Place;
use crate::schema::{Located, NameIndex};

/// A relation that cannot be shown as it was said.
#[derive(Clone, Debug)]
pub struct RelationFault {
    /// The page that says it.
    pub page: PageIndex,
    /// The field.
    pub key: RelationKey,
    /// The name that it gives.
    pub target: String,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub problem: RelationProblem,
}

/// What is wrong with a relation.
#[derive(Clone, Debug)]
pub enum RelationProblem {
    /// Nothing has that name; perhaps another was meant.
    Unknown(Option<String>),
    /// A page has that name and is of another kind than the field wants.
    WrongKind(Kind),
    /// Several pages have that name: their ids.
    Ambiguous(Vec<String>),
    /// The page names itself.
    Itself,
    /// It was said before, at this place.
    Twice(Place),
}

/// One relation as said.
#[derive(Clone, Copy)]
struct Edge {
    from: PageIndex,
    to: PageIndex,
    spec: RelationSpec,
    said: Said,
}

/// How a relation was said. Where it stands in the file is worked out only for a fault.
#[derive(Clone, Copy)]
enum Said {
    /// As the target of this number in its field.
    By(usize),
    /// By a word that names all.
    ForAll,
}

impl Edge {
    fn place(&self, pages: &[Page]) -> Option<Place> {
        let document = pages[self.from.0].document.as_deref()?;
        let target = match self.said {
            Said::ForAll => return Some(Place::file(&document.path)),
            Said::By(number) => targets(document, self.spec.key)?.get(number)?,
        };
        Some(document.field_place(target))
    }
}

/// What a document names in a field.
fn targets(document: &Document, key: RelationKey) -> Option<&[Located<String>]> {
    if let (true, LocationsField::Ids(ids)) =
        (key == kinds::LOCATIONS.key, &document.front.locations)
    {
        return Some(ids);
    }
    document
        .front
        .relations
        .iter()
        .find(|(field, _)| *field == key)
        .map(|(_, targets)| targets.as_slice())
}

/// What pages say of each other, and what of it cannot be.
pub(super) struct RelationGraph {
    edges: Vec<Edge>,
    faults: Vec<RelationFault>,
}

impl RelationGraph {
    /// Hears all pages.
    pub(super) fn of(
        settings: &Settings,
        pages: &[Page],
        by_id: &ById,
        unpublished: &BTreeMap<DocumentId, Publication>,
        locations: &[PageIndex],
    ) -> Self {
        let names = Names::new(settings, pages, by_id, unpublished);
        let heard = pages
            .par_iter()
            .enumerate()
            .map(|(at, page)| listen(&names, PageIndex(at), page, locations));
        let heard: Vec<(Vec<Edge>, Vec<RelationFault>)> = heard.collect();
        let (edges, faults): (Vec<_>, Vec<_>) = heard.into_iter().unzip();
        Self {
            edges: edges.into_iter().flatten().collect(),
            faults: faults.into_iter().flatten().collect(),
        }
    }

    /// Gives every page its own relations, then the inverse ones.
    pub(super) fn give(self, pages: &mut [Page], ranks: &[usize]) -> Vec<RelationFault> {
        let Self { edges, mut faults } = self;
        faults.extend(give(pages, &edges, ranks));
        faults.sort_by(|a, b| a.place.cmp(&b.place));
        faults
    }
}

/// What a page says, and what of it cannot be.
fn listen(
    names: &Names<'_>,
    from: PageIndex,
    page: &Page,
    locations: &[PageIndex],
) -> (Vec<Edge>, Vec<RelationFault>) {
    let (mut edges, mut faults) = (Vec::new(), Vec::new());
    let (PageKind::Entry(kind), Some(document)) = (&page.kind, &page.document) else {
        return (edges, faults);
    };
    for (key, targets) in &document.front.relations {
        let Some(spec) = kinds::relations(*kind).iter().find(|spec| spec.key == *key) else {
            continue;
        };
        say(
            names,
            from,
            document,
            *spec,
            targets,
            &mut edges,
            &mut faults,
        );
    }
    match &document.front.locations {
        LocationsField::None => {}
        LocationsField::All => {
            let to_all = |to: &PageIndex| Edge {
                from,
                to: *to,
                spec: kinds::LOCATIONS,
                said: Said::ForAll,
            };
            edges.extend(locations.iter().filter(|to| **to != from).map(to_all));
        }
        LocationsField::Ids(ids) => say(
            names,
            from,
            document,
            kinds::LOCATIONS,
            ids,
            &mut edges,
            &mut faults,
        ),
    }
    (edges, faults)
}

fn say(
    names: &Names<'_>,
    from: PageIndex,
    document: &Document,
    spec: RelationSpec,
    targets: &[Located<String>],
    edges: &mut Vec<Edge>,
    faults: &mut Vec<RelationFault>,
) {
    for (number, target) in targets.iter().enumerate() {
        let fault = |problem| RelationFault {
            page: from,
            key: spec.key,
            target: target.value.clone(),
            place: document.field_place(target),
            problem,
        };
        match names.find(spec.target, &target.value) {
            Ok(Some(to)) if to == from => faults.push(fault(RelationProblem::Itself)),
            Ok(Some(to)) => edges.push(Edge {
                from,
                to,
                spec,
                said: Said::By(number),
            }),
            // A page that is not public today is left out until it is.
            Ok(None) => {}
            Err(problem) => faults.push(fault(problem)),
        }
    }
}

type Side = (PageIndex, RelationKey, PageIndex);

/// Gives the pages their relations; what was said before, on either side, is a fault.
fn give(pages: &mut [Page], edges: &[Edge], ranks: &[usize]) -> Vec<RelationFault> {
    // Where each side was said first.
    let mut first: HashMap<Side, usize, FixedState> =
        HashMap::with_capacity_and_hasher(edges.len(), FixedState::default());
    for (number, edge) in edges.iter().enumerate() {
        first
            .entry((edge.from, edge.spec.key, edge.to))
            .or_insert(number);
    }
    let mut inverse: Vec<Side> = Vec::with_capacity(edges.len());
    let mut faults = Vec::new();
    for (number, edge) in edges.iter().enumerate() {
        let back = (edge.to, edge.spec.inverse, edge.from);
        // Each side of an edge was put there above.
        let (own, other) = (
            first[&(edge.from, edge.spec.key, edge.to)],
            first.get(&back).copied(),
        );
        let before = Some(own)
            .filter(|own| *own < number)
            .or(other.filter(|other| *other < number));
        faults.extend(before.and_then(|before| twice(pages, edge, &edges[before])));
        if own == number {
            pages[edge.from.0].relations.add(edge.spec.key, edge.to);
            inverse.extend(other.is_none().then_some(back));
        }
    }
    inverse.par_sort_unstable_by_key(|(on, key, other)| (*on, *key, ranks[other.0], *other));
    inverse.dedup();
    for (on, key, other) in inverse {
        pages[on.0].relations.add(key, other);
    }
    faults
}

fn twice(pages: &[Page], edge: &Edge, first: &Edge) -> Option<RelationFault> {
    Some(RelationFault {
        page: edge.from,
        key: edge.spec.key,
        target: pages[edge.to.0].id.to_string(),
        place: edge.place(pages)?,
        problem: RelationProblem::Twice(first.place(pages)?),
    })
}

/// Finds pages by the names that relations use: an id, or the last part of one where the kind is
/// known.
struct Names<'s> {
    settings: &'s Settings,
    pages: &'s [Page],
    by_id: &'s ById,
    /// The pages of a name: one, and others if there are.
    by_name: HashMap<&'s str, (PageIndex, Vec<PageIndex>), FixedState>,
    unpublished: &'s BTreeMap<DocumentId, Publication>,
    /// For each target of relations, the names of the pages that fit; put in order when the first
    /// name is wrong.
    near: Mutex<HashMap<Target, NameIndex<'s>>>,
}

impl<'s> Names<'s> {
    fn new(
        settings: &'s Settings,
        pages: &'s [Page],
        by_id: &'s ById,
        unpublished: &'s BTreeMap<DocumentId, Publication>,
    ) -> Self {
        let mut by_name: HashMap<&str, (PageIndex, Vec<PageIndex>), FixedState> =
            HashMap::with_capacity_and_hasher(pages.len(), FixedState::default());
        for (at, page) in pages.iter().enumerate() {
            if matches!(page.kind, PageKind::Entry(_)) {
                let add = |(_, others): &mut (_, Vec<_>)| others.push(PageIndex(at));
                by_name
                    .entry(page.id.name())
                    .and_modify(add)
                    .or_insert_with(|| (PageIndex(at), Vec::new()));
            }
        }
        Self {
            settings,
            pages,
            by_id,
            by_name,
            unpublished,
            near: Mutex::default(),
        }
    }

    fn find(&self, target: Target, name: &str) -> Result<Option<PageIndex>, RelationProblem> {
        let name = &*composed(name);
        if let Some(page) = self.by_id.get(name) {
            return match self.kind(*page) {
                Some(kind) if fits(target, kind) => Ok(Some(*page)),
                Some(kind) => Err(RelationProblem::WrongKind(kind)),
                None => Err(RelationProblem::Unknown(None)),
            };
        }
        let named = self.by_name.get(name);
        let all = named
            .into_iter()
            .flat_map(|(first, others)| std::iter::once(first).chain(others));
        let mut fitting = all
            .filter(|page| self.kind(**page).is_some_and(|kind| fits(target, kind)))
            .peekable();
        match (fitting.next(), fitting.peek(), named) {
            (Some(one), None, _) => Ok(Some(*one)),
            (Some(one), Some(_), _) => {
                let several = std::iter::once(one).chain(fitting);
                Err(RelationProblem::Ambiguous(
                    several
                        .map(|page| self.pages[page.0].id.to_string())
                        .collect(),
                ))
            }
            (None, _, Some((other, _))) => Err(self
                .kind(*other)
                .map_or(RelationProblem::Unknown(None), RelationProblem::WrongKind)),
            (None, _, None) if self.is_unpublished(target, name) => Ok(None),
            (None, _, None) => Err(RelationProblem::Unknown(self.near(target, name))),
        }
    }

    fn kind(&self, page: PageIndex) -> Option<Kind> {
        match self.pages[page.0].kind {
            PageKind::Entry(kind) => Some(kind),
            _ => None,
        }
    }

    fn is_unpublished(&self, target: Target, name: &str) -> bool {
        if self.unpublished.contains_key(name) {
            return true;
        }
        let folders = self
            .settings
            .collections
            .iter()
            .filter(|collection| fits(target, collection.kind));
        let mut ids =
            folders.map(|collection| DocumentId::new(&format!("{}/{name}", collection.folder)));
        ids.any(|id| self.unpublished.contains_key(&id))
    }

    fn near(&self, target: Target, name: &str) -> Option<String> {
        let fits = |page: &&Page| matches!(page.kind, PageKind::Entry(kind) if fits(target, kind));
        let index = || NameIndex::new(self.pages.iter().filter(fits).map(|page| page.id.name()));
        let mut near = self.near.lock().unwrap_or_else(PoisonError::into_inner);
        near.entry(target)
            .or_insert_with(index)
            .near(name)
            .map(str::to_owned)
    }
}

fn fits(target: Target, kind: Kind) -> bool {
    match target {
        Target::Kind(wanted) => wanted == kind,
        Target::Any => kind != Kind::Location,
    }
}
