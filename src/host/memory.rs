//! A sink that keeps a site in memory: for the development server and for tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::output::{OutputFile, OutputPath, Sink};

/// Every file of a site, by path.
pub type Files = BTreeMap<OutputPath, Bytes>;

/// A sink that keeps what it is given.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Files>);

impl Memory {
    /// What was put.
    #[must_use]
    pub fn into_files(self) -> Files {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, file: OutputFile) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(file.path, file.bytes);
    }
}
