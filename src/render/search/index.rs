//! An index in the form in which `MiniSearch` 7 keeps its own (`serializationVersion` 2): terms with the documents that
//! have them, field by field, and the lengths by which it weighs them.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// What the library keeps, in the order in which it writes it.
#[derive(Serialize)]
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
    #[serde(rename = "index", serialize_with = "sorted")]
    terms: HashMap<String, Postings, FixedState>,
    serialization_version: u8,
}

/// Where a term is.
enum Postings {
    Of(Vec<Posting>),
    /// Nobody is to find anything by it.
    LeftOut,
}

/// How often a field of a document has a term.
#[derive(Clone, Copy)]
struct Posting {
    field: u32,
    document: u32,
    count: u32,
}

impl<S> Index<S> {
    /// An index without documents.
    pub(super) fn new(fields: &[&'static str]) -> Self {
        Self {
            document_count: 0,
            next_id: 0,
            document_ids: Vec::new(),
            field_ids: fields.to_vec(),
            field_length: Vec::new(),
            average_field_length: vec![0.0; fields.len()],
            stored_fields: Vec::new(),
            dirt_count: 0,
            terms: HashMap::default(),
            serialization_version: 2,
        }
    }

    /// Begins a document.
    pub(super) fn document(&mut self, id: &str) {
        self.document_ids.push(id.to_owned());
        self.field_length.push(vec![0; self.field_ids.len()]);
        self.document_count += 1;
        self.next_id += 1;
    }

    /// What is shown of the document.
    pub(super) fn store(&mut self, fields: S) {
        self.stored_fields.push(fields);
    }

    /// Leaves a term out of the index, however often it comes.
    pub(super) fn leave_out(&mut self, term: &str) {
        self.terms.insert(term.to_owned(), Postings::LeftOut);
    }

    /// Adds a term to a field of the document that was begun last.
    pub(super) fn term(&mut self, field: u32, term: &str) {
        let (Some(document), Some(lengths)) = (self.document_count.checked_sub(1), self.field_length.last_mut()) else {
            return;
        };
        let is_it = |posting: &&mut Posting| posting.document == document && posting.field == field;
        // A look-up by the text alone copies only terms that are new.
        let postings = match self.terms.get_mut(term) {
            Some(postings) => postings,
            None => self.terms.entry(term.to_owned()).or_insert_with(|| Postings::Of(Vec::new())),
        };
        let Postings::Of(postings) = postings else { return };
        match postings.last_mut().filter(is_it) {
            Some(posting) => posting.count += 1,
            None => {
                postings.push(Posting { field, document, count: 1 });
                lengths[place(field)] += 1;
            }
        }
    }

    /// Ends a field of the document that was begun last: the mean moves by the rounding of the library.
    pub(super) fn end_field(&mut self, field: u32) {
        let (Some(before), Some(lengths)) = (self.document_count.checked_sub(1), self.field_length.last()) else {
            return;
        };
        let mean = &mut self.average_field_length[place(field)];
        let total = *mean * f64::from(before) + f64::from(lengths[place(field)]);
        *mean = total / f64::from(self.document_count);
    }
}

/// The place of a field among those of its document.
fn place(field: u32) -> usize {
    // Fields are few, and no platform has smaller sizes.
    usize::try_from(field).unwrap_or_default()
}

/// A list as an object whose keys are the places.
fn numbered<T: Serialize, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(list.iter().enumerate())
}

fn field_ids<S: Serializer>(fields: &[&'static str], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().enumerate().map(|(id, name)| (name, id)))
}

/// The terms in order, each with its documents by field.
fn sorted<S: Serializer>(terms: &HashMap<String, Postings, FixedState>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut terms: Vec<(&String, &Vec<Posting>)> = terms
        .iter()
        .filter_map(|(term, postings)| match postings {
            Postings::Of(postings) => Some((term, postings)),
            Postings::LeftOut => None,
        })
        .collect();
    terms.sort_unstable_by_key(|(term, _)| *term);
    serializer.collect_seq(terms.into_iter().map(|(term, postings)| (term, Fields(postings))))
}

/// The postings of a term, by field. They stand by document, and within a document by field.
struct Fields<'p>(&'p [Posting]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut next = self.0.iter().map(|posting| posting.field).min();
        while let Some(field) = next {
            map.serialize_entry(&field, &Documents { postings: self.0, field })?;
            next = self.0.iter().map(|posting| posting.field).filter(|other| *other > field).min();
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
        let own = self.postings.iter().filter(|posting| posting.field == self.field);
        serializer.collect_map(own.map(|posting| (posting.document, posting.count)))
    }
}
