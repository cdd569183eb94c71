//! An index in the form in which `MiniSearch` 7 keeps its own (`serializationVersion` 2): terms with the documents that
//! have them, field by field, and the lengths by which it weighs them.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::de::DeserializeOwned;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

/// What the library keeps, in the order in which it writes it.
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
    #[serde(rename = "index", serialize_with = "sorted")]
    terms: HashMap<String, Postings, FixedState>,
    serialization_version: u8,
}

/// An index as it is kept between builds, to be gone on with.
#[derive(Serialize, Deserialize)]
#[serde(bound(serialize = "S: Clone + Serialize", deserialize = "S: Clone + DeserializeOwned"))]
pub(super) struct Kept<'i, S: Clone> {
    ids: Cow<'i, [String]>,
    lengths: Cow<'i, [Vec<u32>]>,
    stored: Cow<'i, [S]>,
    terms: Vec<(Cow<'i, str>, Cow<'i, [Posting]>)>,
}

/// Where a term is.
#[derive(Debug)]
enum Postings {
    Of(Vec<Posting>),
    /// Nobody is to find anything by it.
    LeftOut,
}

/// How often a field of a document has a term.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Posting {
    document: u32,
    field: u32,
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

    /// How many documents there are.
    pub(super) fn count(&self) -> usize {
        self.document_ids.len()
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
        if let Some(document) = self.document_count.checked_sub(1) {
            self.add(document, field, term);
        }
    }

    fn add(&mut self, document: u32, field: u32, term: &str) {
        // A look-up by the text alone copies only terms that are new.
        let postings = match self.terms.get_mut(term) {
            Some(postings) => postings,
            None => self.terms.entry(term.to_owned()).or_insert_with(|| Postings::Of(Vec::new())),
        };
        let Postings::Of(postings) = postings else { return };
        let order = |posting: &Posting| (posting.document, posting.field).cmp(&(document, field));
        // Most terms are added in order.
        let at = match postings.last().map(order) {
            None | Some(Ordering::Less) => Err(postings.len()),
            Some(Ordering::Equal) => Ok(postings.len() - 1),
            Some(Ordering::Greater) => postings.binary_search_by(order),
        };
        match at {
            Ok(at) => postings[at].count += 1,
            Err(at) => {
                postings.insert(at, Posting { document, field, count: 1 });
                self.field_length[place(document)][place(field)] += 1;
            }
        }
    }

    /// Ends a field of the document that was begun last: the mean moves by the rounding of the library.
    pub(super) fn end_field(&mut self, field: u32) {
        let (Some(before), Some(lengths)) = (self.document_count.checked_sub(1), self.field_length.last()) else {
            return;
        };
        let mean = &mut self.average_field_length[place(field)];
        *mean = moved(*mean, before, lengths[place(field)]);
    }
}

impl<S: Clone> Index<S> {
    /// The index as it is kept.
    pub(super) fn kept(&self) -> Kept<'_, S> {
        let terms = self.terms.iter().filter_map(|(term, postings)| match postings {
            Postings::Of(postings) => Some((Cow::from(term), Cow::from(postings))),
            Postings::LeftOut => None,
        });
        Kept {
            ids: (&self.document_ids).into(),
            lengths: (&self.field_length).into(),
            stored: (&self.stored_fields).into(),
            terms: terms.collect(),
        }
    }

    /// Goes on with an index that was kept.
    pub(super) fn of(fields: &[&'static str], kept: Kept<'_, S>) -> Self {
        let Kept { ids, lengths, stored, terms } = kept;
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let postings = |(term, postings): (Cow<'_, str>, Cow<'_, [Posting]>)| {
            (term.into_owned(), Postings::Of(postings.into_owned()))
        };
        let mut index = Self {
            document_count: count,
            next_id: count,
            document_ids: ids.into_owned(),
            field_length: lengths.into_owned(),
            stored_fields: stored.into_owned(),
            terms: terms.into_iter().map(postings).collect(),
            ..Self::new(fields)
        };
        index.remeasure();
        index
    }

    /// Puts other terms into the place of those of a document: the texts of each of its fields, as terms. Says whether
    /// there is such a document.
    pub(super) fn replace(&mut self, id: &str, terms: impl FnOnce(&mut dyn FnMut(u32, &str))) -> bool {
        let Some(at) = self.document_ids.iter().position(|other| other == id) else { return false };
        let Ok(document) = u32::try_from(at) else { return false };
        self.terms.retain(|_, postings| match postings {
            Postings::Of(postings) => {
                postings.retain(|posting| posting.document != document);
                !postings.is_empty()
            }
            Postings::LeftOut => true,
        });
        self.field_length[at].fill(0);
        terms(&mut |field, term| self.add(document, field, term));
        self.remeasure();
        true
    }

    /// Works the means out again.
    fn remeasure(&mut self) {
        for (field, mean) in self.average_field_length.iter_mut().enumerate() {
            *mean = 0.0;
            for (before, lengths) in (0_u32..).zip(&self.field_length) {
                *mean = moved(*mean, before, lengths[field]);
            }
        }
    }
}

/// A mean of some lengths when one more comes, as the library rounds it.
fn moved(mean: f64, before: u32, length: u32) -> f64 {
    (mean * f64::from(before) + f64::from(length)) / f64::from(before + 1)
}

/// The place of a document or a field in a list.
fn place(number: u32) -> usize {
    // No platform has smaller sizes.
    usize::try_from(number).unwrap_or_default()
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
