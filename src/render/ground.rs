//! What the pages of a site are made of, as hashes: two pages of one key are the same, byte for byte.
//!
//! A page that somebody wrote is made from its own file, from what its links lead to, from the faces of the pages that it
//! shows (relations, the pages above it), and from the ground: what is the same for all pages. So its key is known before
//! anything of it is made. Whatever a view model of such a page comes to read of the site must be in its key. The pages
//! that the generator adds are few, and show anything: their view model is their key.

use super::{Job, RenderFault, Renderer};
use crate::cache::{Key, KeyHasher};
use crate::content::kinds::TestCategory;
use crate::output::Origin;
use crate::render::view::PageView;
use crate::site::{Page, PageIndex, PageKind, Resolution, ResolvedLink, navigation};

/// What is the same for all pages, and the face of each.
#[derive(Debug)]
pub struct Ground {
    same: KeyHasher,
    faces: Vec<Key>,
}

/// The key of a page, with the page's view model where the key was made from it.
type Keyed = (Key, Option<PageView>);

impl Ground {
    /// The ground that the pages of a site stand on.
    #[must_use]
    pub fn new(renderer: &Renderer<'_>) -> Self {
        let site = renderer.site;
        let mut same = KeyHasher::default().with_described(&site.settings);
        for (location, page) in site.locations.iter() {
            same = same.with_described(location).with(&site.page(*page).url);
        }
        Self { same, faces: site.pages.iter().map(|page| face(page)).collect() }
    }

    fn face(&self, index: PageIndex) -> Key {
        self.faces[index.number()]
    }
}

/// All that other pages show of a page that somebody wrote.
fn face(page: &Page) -> Key {
    let front = page.document.as_ref().map(|document| &document.front);
    let is_imaging = front.is_some_and(|front| front.category == Some(TestCategory::Imaging));
    let hasher = KeyHasher::default().with(&page.id).with(&page.kind).with(&page.title).with(&page.summary);
    hasher.with(&page.url).with(&is_imaging).key()
}

impl Renderer<'_> {
    /// Stands for everything that a page is made of, and for what its findings depend on.
    ///
    /// # Errors
    /// As [`Renderer::view`], for pages whose key is their view model.
    pub fn key(&self, ground: &Ground, job: Job, origin: &Origin) -> Result<Keyed, RenderFault> {
        if let Job::Page(index) = job
            && let PageKind::Entry(kind) = self.site.page(index).kind
        {
            let hasher = self.with_template(&ground.same, kind.name()).with(origin);
            return Ok((self.entry_key(hasher, ground, index), None));
        }
        let view = self.view(job, origin)?;
        // A view is made of texts, numbers, lists and keys that are texts: it can always be written.
        let text = serde_json::to_string(&view).unwrap_or_default();
        Ok((self.with_template(&ground.same, view.frame.template).with(origin).with(&text).key(), Some(view)))
    }

    fn with_template(&self, hasher: &KeyHasher, template: &str) -> KeyHasher {
        let hashes = self.templates.fingerprint(template);
        hasher.clone().with(template).with(&hashes.map(|hash| hash.map(blake3::Hash::as_bytes)))
    }

    fn entry_key(&self, hasher: KeyHasher, ground: &Ground, index: PageIndex) -> Key {
        let page = self.site.page(index);
        let mut hasher = hasher.with(&ground.face(index));
        if let Some(document) = &page.document {
            hasher = hasher.with(&document.path).with(&document.hash);
        }
        let links = &page.links;
        hasher = self.with_links(hasher, &links.links);
        hasher = self.with_links(hasher, &links.images);
        hasher = self.with_links(hasher, links.lead.as_slice());
        for (field, others) in &page.relations {
            hasher = with_faces(hasher.with(field), ground, others);
        }
        with_faces(hasher, ground, &navigation::ancestors(self.site, index)).key()
    }

    /// Adds what the body of a page shows of its links.
    fn with_links(&self, hasher: KeyHasher, links: &[ResolvedLink]) -> KeyHasher {
        let mut hasher = hasher.with(&links.len());
        for link in links {
            hasher = hasher.with(&link.href).with(&std::mem::discriminant(&link.resolution));
            if let (Resolution::Asset(_), Some(href)) = (&link.resolution, &link.href) {
                hasher = hasher.with(&self.image_size(href));
            }
        }
        hasher
    }
}

fn with_faces(hasher: KeyHasher, ground: &Ground, pages: &[PageIndex]) -> KeyHasher {
    pages.iter().fold(hasher.with(&pages.len()), |hasher, page| hasher.with(&ground.face(*page)))
}
