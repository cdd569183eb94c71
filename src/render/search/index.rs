//! An index in the form in which `MiniSearch` 7 keeps its own (`serializationVersion` 2): terms
//! with the documents that have them, field by field, and the lengths by which it weighs them.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::language::RecentWordCache;

/// What the library keeps, in the order in which it writes it. The terms are in order.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase", bound = "S: Serialize")]
pub(super) struct Index<S> {
    document_count: u32,
    next_id: u32,
    #[serde(serialize_with = "numbered")]
    document_ids: Vec<String>,
    #[serde(serialize_with = "field_ids")]
    field_ids: Vec<&'static str>,
    #[serde(serialize_with = "numbered")]
    field_length: Vec<Vec<u32>>,
    average_field_length: Vec<f64>,
    #[serde(serialize_with = "numbered")]
    stored_fields: Vec<S>,
    dirt_count: usize,
    #[serde(rename = "index", serialize_with = "by_field")]
    terms: Vec<(String, Vec<Posting>)>,
    serialization_version: u8,
}

/// An index to which documents are added.
#[derive(Debug)]
pub(super) struct Builder<S> {
    index: Index<S>,
    /// The number of each term.
    terms: HashMap<String, usize, FixedState>,
    lately: RecentWordCache<usize>,
    /// By the numbers of terms.
    postings: Vec<Postings>,
}

/// Where a term is.
#[derive(Debug, Default)]
enum Postings {
    Of(Vec<Posting>),
    /// Nobody is to find anything by it.
    #[default]
    LeftOut,
}

/// How often a field of a document has a term.
#[derive(Clone, Copy, Debug)]
struct Posting {
    document: u32,
    field: u32,
    count: u32,
}

impl<S> Builder<S> {
    /// An index without documents.
    pub(super) fn new(fields: &[&'static str]) -> Self {
        Self {
            index: Index::new(fields),
            terms: HashMap::default(),
            lately: RecentWordCache::default(),
            postings: Vec::new(),
        }
    }

    /// Begins a document.
    pub(super) fn document(&mut self, id: &str) {
        let index = &mut self.index;
        index.document_ids.push(id.to_owned());
        index.field_length.push(vec![0; index.field_ids.len()]);
        index.document_count += 1;
        index.next_id += 1;
    }

    /// What is shown of the document.
    pub(super) fn store(&mut self, fields: S) {
        self.index.stored_fields.push(fields);
    }

    /// Leaves a term out of the index, however often it comes.
    pub(super) fn leave_out(&mut self, term: &str) {
        let number = self.number(term);
        self.postings[number] = Postings::LeftOut;
    }

    /// Adds a term to a field of the document that was begun last; the fields come in their order.
    pub(super) fn term(&mut self, field: u32, term: &str) {
        let Some(document) = self.index.document_count.checked_sub(1) else {
            return;
        };
        let number = self.number(term);
        let Postings::Of(postings) = &mut self.postings[number] else {
            return;
        };
        match postings
            .last_mut()
            .filter(|posting| (posting.document, posting.field) == (document, field))
        {
            Some(posting) => posting.count += 1,
            None => {
                postings.push(Posting {
                    document,
                    field,
                    count: 1,
                });
                self.index.field_length[place(document)][place(field)] += 1;
            }
        }
    }

    fn number(&mut self, term: &str) -> usize {
        let Self {
            terms,
            lately,
            postings,
            ..
        } = self;
        lately.get(term, || {
            // A look-up by the text alone copies only terms that are new.
            terms.get(term).copied().unwrap_or_else(|| {
                postings.push(Postings::Of(Vec::new()));
                terms.insert(term.to_owned(), postings.len() - 1);
                postings.len() - 1
            })
        })
    }

    /// Ends a field of the document that was begun last: the mean moves by the rounding of the
    /// library.
    pub(super) fn end_field(&mut self, field: u32) {
        let index = &mut self.index;
        let (Some(before), Some(lengths)) = (
            index.document_count.checked_sub(1),
            index.field_length.last(),
        ) else {
            return;
        };
        let mean = &mut index.average_field_length[place(field)];
        *mean = moved(*mean, before, lengths[place(field)]);
    }

    /// The index of all that was added.
    pub(super) fn finish(mut self) -> Index<S> {
        let terms = self
            .terms
            .into_iter()
            .map(|(term, number)| (term, std::mem::take(&mut self.postings[number])));
        let terms = terms.filter_map(|(term, postings)| match postings {
            Postings::Of(postings) => Some((term, postings)),
            Postings::LeftOut => None,
        });
        let mut terms: Vec<_> = terms.collect();
        terms.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Index {
            terms,
            ..self.index
        }
    }
}

impl<S> Index<S> {
    fn new(fields: &[&'static str]) -> Self {
        Self {
            document_count: 0,
            next_id: 0,
            document_ids: Vec::new(),
            field_ids: fields.to_vec(),
            field_length: Vec::new(),
            average_field_length: vec![0.0; fields.len()],
            stored_fields: Vec::new(),
            dirt_count: 0,
            terms: Vec::new(),
            serialization_version: 2,
        }
    }

    /// How many documents there are.
    pub(super) fn count(&self) -> usize {
        self.document_ids.len()
    }
}

/// A mean of some lengths when one more comes, as the library rounds it.
fn moved(mean: f64, before: u32, length: u32) -> f64 {
    (mean * f64::from(before) + f64::from(length)) / f64::from(before + 1)
}

/// The place of a document or a field in a list.
fn place(number: u32) -> usize {
    usize::try_from(number).expect("sizes have at least 32 bits")
}

/// A list as an object whose keys are the places.
fn numbered<T: Serialize, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(list.iter().enumerate())
}

fn field_ids<S: Serializer>(fields: &[&'static str], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().enumerate().map(|(id, name)| (name, id)))
}

/// The terms, each with its documents by field.
fn by_field<S: Serializer>(
    terms: &[(String, Vec<Posting>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(
        terms
            .iter()
            .map(|(term, postings)| (term, Fields(postings))),
    )
}

/// The postings of a term, by field. They stand by document, and within a document by field.
struct Fields<'p>(&'p [Posting]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut next = self.0.iter().map(|posting| posting.field).min();
        while let Some(field) = next {
            map.serialize_entry(
                &field,
                &Documents {
                    postings: self.0,
                    field,
                },
            )?;
            next = self
                .0
                .iter()
                .map(|posting| posting.field)
                .filter(|other| *other > field)
                .min();
        }
        map.end()
    }
}

/// The postings of one field, by document.
struct Documents<'p> {
    postings: &'p [Posting],
    field: u32,
}

impl Serialize for Documents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own = self
            .postings
            .iter()
            .filter(|posting| posting.field == self.field);
        serializer.collect_map(own.map(|posting| (posting.document, posting.count)))
    }
}
