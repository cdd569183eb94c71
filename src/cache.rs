//! The memo cache: what the steps of earlier runs came to, each by a key of all that it was made
//! from.
//!
//! A **step** is a piece of work that depends on its key and on nothing else. What it came to lies
//! on the step's **shelf**, which a [`Store`] keeps from one run to the next. A shelf of another
//! program, a damaged shelf and a damaged value are all the same: the work is done again. A shelf
//! keeps what the last runs asked for and lets go of the rest. Nothing here touches a disk, and
//! nothing that a run gives may depend on what the cache holds.

mod key;
mod layer;
mod shelf;

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use key::{Key, KeyHasher};
use shelf::{Aging, Layer, Shelf};

use crate::source::Digest;

/// A piece of work that is worth remembering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading one page.
    Document,
    /// Running the rules on one document.
    Check,
    /// Rendering one page and looking at it.
    Page,
    /// Looking at one file that no template makes.
    File,
    /// Making one file of the search index.
    Search,
    /// All of a build.
    Build,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 6] = [
        Self::Document,
        Self::Check,
        Self::Page,
        Self::File,
        Self::Search,
        Self::Build,
    ];

    /// The name of its shelf.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "documents",
            Self::Check => "checks",
            Self::Page => "pages",
            Self::File => "files",
            Self::Search => "search",
            Self::Build => "builds",
        }
    }
}

/// Where shelves are kept between runs.
pub trait Store: fmt::Debug + Send + Sync {
    /// The bytes that were last kept under a name; nothing where there are none.
    fn shelf(&self, name: &str) -> Option<Box<dyn Blob>>;
}

/// Bytes that were kept. They stay as they are as long as somebody has them.
pub trait Blob: fmt::Debug + Send + Sync {
    /// How many there are.
    fn length(&self) -> usize;

    /// Some of them; nothing where they cannot be read.
    fn read(&self, range: Range<usize>) -> Option<Vec<u8>>;
}

impl Blob for Vec<u8> {
    fn length(&self) -> usize {
        self.len()
    }

    fn read(&self, range: Range<usize>) -> Option<Vec<u8>> {
        self.get(range).map(<[u8]>::to_vec)
    }
}

/// Where a shelf is kept, by the name of its step.
fn place(name: &str, layer: Layer) -> String {
    match layer {
        Layer::Whole => name.to_owned(),
        Layer::Since => format!("{name}-since"),
    }
}

/// What earlier runs came to. Shelves are fetched when they are first asked for.
#[derive(Debug, Default)]
pub struct Cache {
    kept: Option<Kept>,
}

#[derive(Debug)]
struct Kept {
    store: Box<dyn Store>,
    /// Stands for the program: another one may do the same work in another way.
    program: Digest,
    shelves: [OnceLock<Shelf>; Step::ALL.len()],
    is_spared: AtomicBool,
}

impl Cache {
    /// A cache over what a store has kept for this program.
    #[must_use]
    pub fn new(store: Box<dyn Store>, program: Digest) -> Self {
        Self {
            kept: Some(Kept {
                store,
                program,
                shelves: Default::default(),
                is_spared: AtomicBool::new(false),
            }),
        }
    }

    /// A cache that remembers nothing.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether anything is remembered at all: where not, keys need not be worked out.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.kept.is_some()
    }

    /// Says that this run asks for a part of what is on the shelves: nothing goes because nobody
    /// asked for it.
    pub fn spare(&self) {
        if let Some(kept) = &self.kept {
            kept.is_spared.store(true, Ordering::Relaxed);
        }
    }

    fn shelf(&self, step: Step) -> Option<&Shelf> {
        let kept = self.kept.as_ref()?;
        let layer = |layer| kept.store.shelf(&place(step.name(), layer));
        let fetch = || Shelf::open(layer(Layer::Whole)?, layer(Layer::Since), kept.program);
        Some(kept.shelves[step as usize].get_or_init(|| fetch().unwrap_or_default()))
    }

    /// What a step came to.
    #[must_use]
    pub fn get<T: DeserializeOwned>(&self, step: Step, key: Key) -> Option<T> {
        self.shelf(step)?.get(key)
    }

    /// Remembers what a step came to.
    pub fn put(&self, step: Step, key: Key, value: &impl Serialize) {
        if let Some(shelf) = self.shelf(step) {
            shelf.put(key, value);
        }
    }

    /// Gives what is to be kept, on all threads: the name under which the store will be asked for
    /// it, and its bytes in parts. A large site has too many of them to hold them twice.
    ///
    /// # Errors
    /// As `write`.
    pub fn keep<E: Send>(
        self,
        write: impl Fn(&str, &[&[u8]]) -> Result<(), E> + Sync,
    ) -> Result<(), E> {
        let Some(Kept {
            program,
            shelves,
            is_spared,
            ..
        }) = self.kept
        else {
            return Ok(());
        };
        let aging = if is_spared.into_inner() {
            Aging::Stands
        } else {
            Aging::Goes
        };
        let shelves: Vec<_> = Step::ALL.into_iter().zip(shelves).collect();
        let keep = |(step, shelf): (Step, OnceLock<Shelf>)| match shelf.into_inner() {
            Some(shelf) => shelf.keep(program, aging, |layer, parts| {
                write(&place(step.name(), layer), parts)
            }),
            None => Ok(()),
        };
        shelves.into_par_iter().try_for_each(keep)
    }
}

#[cfg(test)]
mod tests;
