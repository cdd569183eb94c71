//! Resolved links: what each link of a page leads to.

use std::sync::Arc;

use crate::content::Publication;

/// The number of a page in its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageIndex(pub(super) usize);

impl PageIndex {
    /// The place of the page among [`super::Site::pages`].
    #[must_use]
    pub fn number(self) -> usize {
        self.0
    }
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// A page of the site, perhaps at a heading.
    Document(PageIndex),
    /// A heading of the page itself.
    Anchor,
    /// A file of the site.
    Asset(String),
    /// Another website.
    External,
    /// An e-mail address, a phone number.
    Contact,
    /// Nothing.
    Broken(Broken),
}

/// Why a link leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// No such page; perhaps another was meant (a target as it should be written).
    NoPage(Option<String>),
    /// The page is not part of the site today.
    Unpublished(Publication),
    /// The page is there, the heading is not; perhaps another was meant.
    NoAnchor(Option<String>),
    /// No such file.
    NoFile(Option<String>),
    /// A scheme that a page must not use.
    UnsafeScheme(String),
    /// The target is empty.
    Empty,
}

/// A link with what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The address to write; nothing where the link is broken. Links to a page share the page's
    /// own.
    pub href: Option<Arc<str>>,
    /// What it leads to.
    pub resolution: Resolution,
    /// The way that it takes, where it could go straight.
    pub indirection: Option<IndirectLink>,
}

impl ResolvedLink {
    pub(super) fn to(resolution: Resolution, href: impl Into<Arc<str>>) -> Self {
        Self {
            href: Some(href.into()),
            resolution,
            indirection: None,
        }
    }

    pub(super) fn broken(why: Broken) -> Self {
        Self {
            href: None,
            resolution: Resolution::Broken(why),
            indirection: None,
        }
    }
}

/// What the links of a page lead to, in the order of its outline.
#[derive(Clone, Debug, Default)]
pub struct PageLinks {
    /// One for each link of the outline.
    pub links: Vec<ResolvedLink>,
    /// One for each image of the outline.
    pub images: Vec<ResolvedLink>,
    /// The image of the front matter.
    pub lead: Option<ResolvedLink>,
}

impl PageLinks {
    /// Every link and image.
    pub fn all(&self) -> impl Iterator<Item = &ResolvedLink> {
        self.links.iter().chain(&self.images).chain(&self.lead)
    }

    /// The pages that the links lead to, as often as they do.
    pub fn pages(&self) -> impl Iterator<Item = PageIndex> {
        self.links.iter().filter_map(|link| match link.resolution {
            Resolution::Document(page) => Some(page),
            _ => None,
        })
    }
}

/// A roundabout way to a page of the site, with the target that leads there straight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IndirectLink {
    /// By the whole address of the site; nothing where no page of ours is at that address.
    OwnAddress(Option<String>),
    /// By an old address of the page.
    Alias(String),
}
