//! The bytes of one file, known as text or not, with their hash.
//!
//! The hash and the length of a file are always known. Its bytes may be read only when somebody
//! asks for them: a build that remembers what it made of a file need not read it again, and one
//! that copies a thousand photos need not hold them.

use std::fmt;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::Digest;

/// Reads a file of which hash and length are known already.
///
/// It gives the bytes of that hash. Where it cannot, for the file was changed in between, it gives
/// what it can and sees to it that nothing comes of it.
pub trait ReadOnDemand: fmt::Debug + Send + Sync {
    /// The bytes of the file.
    fn read(&self) -> Vec<u8>;
}

/// The bytes of a file. Those of a text are shared as text by all who read it, and not copied.
#[derive(Clone, Debug)]
pub struct FileBytes {
    hash: Digest,
    length: usize,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Here(Held),
    LazyBytes(Arc<LazyBytes>),
}

#[derive(Clone, Debug)]
enum Held {
    /// UTF-8.
    Text(Arc<str>),
    Other(Bytes),
}

#[derive(Debug)]
struct LazyBytes {
    read: Box<dyn ReadOnDemand>,
    bytes: OnceLock<Held>,
}

impl FileBytes {
    /// A file that is read when its bytes are asked for.
    #[must_use]
    pub fn later(hash: Digest, length: usize, read: Box<dyn ReadOnDemand>) -> Self {
        Self {
            hash,
            length,
            content: Content::LazyBytes(Arc::new(LazyBytes {
                read,
                bytes: OnceLock::new(),
            })),
        }
    }

    fn content(&self) -> &Held {
        match &self.content {
            Content::Here(bytes) => bytes,
            Content::LazyBytes(later) => later.bytes.get_or_init(|| later.read.read().into()),
        }
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self.content() {
            Held::Text(text) => text.as_bytes(),
            Held::Other(bytes) => bytes,
        }
    }

    /// The bytes as text, if they are.
    #[must_use]
    pub fn text(&self) -> Option<&Arc<str>> {
        match self.content() {
            Held::Text(text) => Some(text),
            Held::Other(_) => None,
        }
    }

    /// The bytes, shared. Those that are read for it are not held here.
    #[must_use]
    pub fn share(&self) -> Bytes {
        match self.held() {
            Ok(Held::Text(text)) => Bytes::from_owner(Arc::<[u8]>::from(text.clone())),
            Ok(Held::Other(bytes)) => bytes.clone(),
            Err(later) => later.read.read().into(),
        }
    }

    /// What is seen in the bytes. Those that are read for it are not held here.
    pub fn look<T>(&self, look: impl FnOnce(&[u8]) -> T) -> T {
        match self.held() {
            Ok(Held::Text(text)) => look(text.as_bytes()),
            Ok(Held::Other(bytes)) => look(bytes),
            Err(later) => look(&later.read.read()),
        }
    }

    /// The bytes, where they are here, and else what reads them.
    fn held(&self) -> Result<&Held, &LazyBytes> {
        match &self.content {
            Content::Here(bytes) => Ok(bytes),
            Content::LazyBytes(later) => later.bytes.get().ok_or(later),
        }
    }

    /// Digest of the bytes.
    #[must_use]
    pub fn hash(&self) -> Digest {
        self.hash
    }

    /// How many bytes there are.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }
}

/// An empty file.
impl Default for FileBytes {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl PartialEq for FileBytes {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for FileBytes {}

impl From<Vec<u8>> for Held {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err(error) => Self::Other(error.into_bytes().into()),
        }
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            hash: Digest::of(&bytes),
            length: bytes.len(),
            content: Content::Here(bytes.into()),
        }
    }
}

impl From<&[u8]> for FileBytes {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}
