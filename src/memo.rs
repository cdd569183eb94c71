//! The memo: what queries returned before, each with the inputs that it read.
//!
//! A **query** is work whose value depends on its key and on the inputs that it reads, and on
//! nothing else: reading one page, rendering one page, checking one file. A [`Table`] keeps the
//! values of one query, each with a verifying trace: the inputs, and a fingerprint of what they
//! were. A value counts only where its inputs have that fingerprint today (Mokhov, Mitchell and
//! Peyton Jones, "Build Systems à la Carte", 2018). Values are kept in memory, in a [`Log`] that
//! outlives the process, or in both. Nothing here touches a disk, and no result may depend on what
//! a table holds: a lost, damaged or foreign value costs time and nothing else.

mod key;
mod log;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::fast::FixedState;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use key::{Key, KeyHasher};
pub use log::{Log, Save};

use crate::output::OutputPath;
use crate::source::{SourcePath, SourceTree};

/// Work whose values are kept. The numbers stand in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Query {
    /// One page as written.
    Document,
    /// The list of locations.
    Locations,
    /// What the rules find in one page as written.
    DocumentFindings,
    /// One rendered page: its file and what the rules find in it.
    Page,
    /// What the rules find in one file that no template makes.
    FileFindings,
    /// One file of the search index.
    SearchFile,
    /// A whole build.
    Build,
}

/// Something that a query read. Its fingerprint tells whether it would read the same today.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Input {
    /// Every source file, and what could not be read.
    Sources,
    /// One source file.
    File(SourcePath),
    /// What one output file is made from, where no template makes it.
    Output(OutputPath),
    /// Every style sheet of the theme.
    StyleSheets,
    /// The style sheets and scripts that pages may load.
    Subresources,
    /// The templates that a page of one template goes through, with what all templates see.
    Template(Box<str>),
    /// All that belongs to one page, by its id: its text, where its links and relations lead, and
    /// which pages are above it.
    Page(Arc<str>),
    /// What one page is called, by its id.
    Name(Arc<str>),
    /// What others may read of one page, by its id.
    Summary(Arc<str>),
    /// Some places in a list of pages, and how many the list has.
    List {
        /// Which list.
        list: PageList,
        /// The first place, from 0.
        start: usize,
        /// The place after the last.
        end: usize,
    },
    /// The letters of the A to Z.
    Letters,
    /// The entries of `locations.yaml`, with the addresses of their pages.
    Locations,
    /// The code systems whose codes stand on pages.
    CodeSystems,
}

/// A list of pages in a site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PageList {
    /// The pages of a collection, by its folder.
    Collection(Box<str>),
    /// The entries of the A to Z under a letter.
    Letter(Box<str>),
    /// All written pages, by title.
    All,
}

/// The present state of all inputs.
pub trait Inputs: Sync {
    /// The fingerprint of an input; one that is not there has one too.
    fn fingerprint(&self, input: &Input) -> Key;
}

/// The inputs of queries that read files and nothing else.
impl Inputs for SourceTree {
    fn fingerprint(&self, input: &Input) -> Key {
        match input {
            Input::File(path) => {
                let digest = self.get(path.as_str()).map(|file| *file.hash().as_bytes());
                digest.map_or(Key::ABSENT, Key::from_bytes)
            }
            Input::Sources => all_sources(self),
            _ => Key::ABSENT,
        }
    }
}

/// The fingerprint of every file with its path, and of what could not be read.
fn all_sources(tree: &SourceTree) -> Key {
    let mut hasher = KeyHasher::default();
    for (path, file) in tree.under("") {
        hasher.add(path).add_hash(file.hash());
    }
    for problem in tree.problems() {
        hasher.add_described(&problem);
    }
    hasher.key()
}

/// The inputs that a query read, with the fingerprint that they had together.
#[derive(Debug, Serialize, Deserialize)]
struct Trace {
    reads: Vec<Input>,
    fingerprint: Key,
}

impl Trace {
    fn of(reads: Vec<Input>, inputs: &dyn Inputs) -> Self {
        let fingerprint = combined(&reads, inputs);
        Self { reads, fingerprint }
    }

    /// Whether the query would read the same today.
    fn holds(&self, inputs: &dyn Inputs) -> bool {
        combined(&self.reads, inputs) == self.fingerprint
    }
}

fn combined(reads: &[Input], inputs: &dyn Inputs) -> Key {
    let mut hasher = KeyHasher::default();
    for input in reads {
        hasher.add(&inputs.fingerprint(input));
    }
    hasher.key()
}

/// A value in memory.
#[derive(Debug)]
struct Entry<V> {
    trace: Trace,
    value: Arc<V>,
    /// Whether it was asked for since the last [`Table::sweep`].
    is_used: AtomicBool,
}

type Entries<V> = HashMap<Key, Entry<V>, FixedState>;

/// How often a table had a value, and how often it had none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// A value was there and counted.
    pub hits: usize,
    /// There was none, or its inputs have changed.
    pub misses: usize,
}

/// The values of one query.
#[derive(Debug)]
pub struct Table<V> {
    query: Query,
    /// The values in memory; none where the process ends after one run.
    memory: Option<Mutex<Entries<V>>>,
    log: Option<Arc<Log>>,
    hits: AtomicUsize,
    misses: AtomicUsize,
}

impl<V: Serialize + DeserializeOwned + fmt::Debug> Table<V> {
    /// A table that keeps its values in memory, over those of a log where there is one.
    #[must_use]
    pub fn in_memory(query: Query, log: Option<Arc<Log>>) -> Self {
        Self {
            memory: Some(Mutex::default()),
            ..Self::new(query, log)
        }
    }

    /// A table that keeps its values in a log alone.
    #[must_use]
    pub fn in_log(query: Query, log: Arc<Log>) -> Self {
        Self::new(query, Some(log))
    }

    fn new(query: Query, log: Option<Arc<Log>>) -> Self {
        Self {
            query,
            memory: None,
            log,
            hits: AtomicUsize::new(0),
            misses: AtomicUsize::new(0),
        }
    }

    /// The value of a key, if its inputs are what they were.
    #[must_use]
    pub fn get(&self, key: Key, inputs: &dyn Inputs) -> Option<Arc<V>> {
        self.get_restored(key, inputs, |value| value)
    }

    /// The same, for values of which the log holds a part: what comes from there is restored.
    #[must_use]
    pub fn get_restored(
        &self,
        key: Key,
        inputs: &dyn Inputs,
        restore: impl FnOnce(V) -> V,
    ) -> Option<Arc<V>> {
        let found = self
            .remembered(key, inputs)
            .or_else(|| self.logged(key, inputs, restore));
        let count = if found.is_some() {
            &self.hits
        } else {
            &self.misses
        };
        count.fetch_add(1, Ordering::Relaxed);
        found
    }

    /// Keeps the value of a key with the inputs that it was made from.
    pub fn put(&self, key: Key, reads: Vec<Input>, inputs: &dyn Inputs, value: V) -> Arc<V> {
        let trace = Trace::of(reads, inputs);
        if let (None, Some(log)) = (&self.memory, &self.log) {
            log.put(self.place(key), &(&trace, &value));
        }
        self.remember(key, trace, Arc::new(value))
    }

    /// How often a value was there since the table was made.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
        }
    }

    /// Drops the values in memory that nobody has asked for since the last time.
    pub fn sweep(&self) {
        if let Some(mut entries) = self.entries() {
            entries.retain(|_, entry| entry.is_used.swap(false, Ordering::Relaxed));
        }
    }

    fn remembered(&self, key: Key, inputs: &dyn Inputs) -> Option<Arc<V>> {
        let entries = self.entries()?;
        let entry = entries
            .get(&key)
            .filter(|entry| entry.trace.holds(inputs))?;
        entry.is_used.store(true, Ordering::Relaxed);
        Some(entry.value.clone())
    }

    fn logged(
        &self,
        key: Key,
        inputs: &dyn Inputs,
        restore: impl FnOnce(V) -> V,
    ) -> Option<Arc<V>> {
        let bytes = self.log.as_ref()?.get(self.place(key))?;
        let (trace, value): (Trace, _) = postcard::take_from_bytes(&bytes).ok()?;
        if !trace.holds(inputs) {
            return None;
        }
        let value = Arc::new(restore(postcard::from_bytes(value).ok()?));
        Some(self.remember(key, trace, value))
    }

    fn remember(&self, key: Key, trace: Trace, value: Arc<V>) -> Arc<V> {
        if let Some(mut entries) = self.entries() {
            let entry = Entry {
                trace,
                value: value.clone(),
                is_used: AtomicBool::new(true),
            };
            entries.insert(key, entry);
        }
        value
    }

    fn entries(&self) -> Option<MutexGuard<'_, Entries<V>>> {
        let memory = self.memory.as_ref()?;
        Some(memory.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where the value of a key stands in the log, which all queries share.
    fn place(&self, key: Key) -> Key {
        KeyHasher::default().add(&self.query).add(&key).key()
    }
}

#[cfg(test)]
mod tests;
