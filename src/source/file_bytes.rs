//! The bytes of one file, known as text or not, with their hash.

use std::ops::Deref;
use std::sync::Arc;

/// The bytes of a file. Those of a text are shared as text by all who read it, and not copied.
#[derive(Clone, Debug)]
pub struct FileBytes {
    content: Content,
    hash: blake3::Hash,
}

#[derive(Clone, Debug)]
enum Content {
    /// UTF-8.
    Text(Arc<str>),
    Other(Arc<[u8]>),
}

impl FileBytes {
    /// The bytes as text, if they are.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Other(_) => None,
        }
    }

    /// BLAKE3 of the bytes.
    #[must_use]
    pub fn hash(&self) -> blake3::Hash {
        self.hash
    }

    /// The bytes, shared.
    #[must_use]
    pub fn share(&self) -> Arc<[u8]> {
        match &self.content {
            Content::Text(text) => text.clone().into(),
            Content::Other(bytes) => bytes.clone(),
        }
    }
}

impl Deref for FileBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) => text.as_bytes(),
            Content::Other(bytes) => bytes,
        }
    }
}

impl PartialEq for FileBytes {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for FileBytes {}

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        let hash = blake3::hash(&bytes);
        let content = match String::from_utf8(bytes) {
            Ok(text) => Content::Text(text.into()),
            Err(error) => Content::Other(error.into_bytes().into()),
        };
        Self { content, hash }
    }
}

impl From<&[u8]> for FileBytes {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}
