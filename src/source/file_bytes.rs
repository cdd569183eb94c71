//! The bytes of one file, known as text or not.

use std::ops::Deref;
use std::sync::Arc;

/// The bytes of a file. Those of a text are shared as text by all who read it, and not copied.
#[derive(Clone, Debug, Eq)]
pub enum FileBytes {
    /// UTF-8.
    Text(Arc<str>),
    /// Anything else.
    Other(Arc<[u8]>),
}

impl FileBytes {
    /// The bytes as text, if they are.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Other(_) => None,
        }
    }

    /// The bytes, shared.
    #[must_use]
    pub fn share(&self) -> Arc<[u8]> {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::Other(bytes) => bytes.clone(),
        }
    }
}

impl Deref for FileBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Other(bytes) => bytes,
        }
    }
}

impl PartialEq for FileBytes {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs): (&[u8], &[u8]) = (self, other);
        std::ptr::eq(ours, theirs) || ours == theirs
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err(error) => Self::Other(error.into_bytes().into()),
        }
    }
}

impl From<&[u8]> for FileBytes {
    fn from(bytes: &[u8]) -> Self {
        std::str::from_utf8(bytes).map_or_else(|_| Self::Other(bytes.into()), |text| Self::Text(text.into()))
    }
}
