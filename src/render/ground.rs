//! What the pages of a site are made of, as hashes: two pages of one key are the same, byte for
//! byte.
//!
//! A page that somebody wrote is made from its own file, from what its links lead to, from the
//! faces of the pages that it shows (relations, the pages above it), and from the ground: what is
//! the same for all pages. So its key is known before anything of it is made. Whatever a view model
//! of such a page comes to read of the site must be in its key. The pages that the generator adds
//! are few, and show anything: their view model is their key.

use std::collections::HashMap;
use std::mem;

use super::{Job, RenderFault, Renderer};
use crate::cache::{Key, KeyHasher};
use crate::config::Kind;
use crate::content::kinds::TestCategory;
use crate::output::Origin;
use crate::render::view::PageView;
use crate::site::{Page, PageIndex, PageKind, Resolution, ResolvedLink, navigation};
use crate::source::Digest;

/// What is the same for all pages, and the face of each.
#[derive(Debug)]
pub struct Ground {
    settings: Key,
    same: Key,
    /// The same with the templates of each kind.
    kinds: HashMap<Kind, Key>,
    faces: Vec<Key>,
}

/// The key of a page, with the page's view model where the key was made from it.
type Keyed = (Key, Option<PageView>);

impl Ground {
    /// The ground that the pages of a site stand on; with what stands for the files that they may
    /// load.
    #[must_use]
    pub fn new(renderer: &Renderer<'_>, companions: Key) -> Self {
        let site = renderer.site;
        let settings = site.settings.key();
        let mut same = KeyHasher::default();
        same.add(&settings).add(&companions);
        for (location, page) in site.locations.iter() {
            same.add_described(location).add(&site.page(*page).url);
        }
        let same = same.key();
        let of_kind = |kind: Kind| (kind, renderer.template_key(same, kind.name()));
        let kinds = Kind::ALL.into_iter().map(of_kind).collect();
        Self {
            settings,
            same,
            kinds,
            faces: site.pages.iter().map(|page| face(page)).collect(),
        }
    }

    /// Stands for what the site asks for.
    #[must_use]
    pub fn settings(&self) -> Key {
        self.settings
    }

    fn face(&self, index: PageIndex) -> Key {
        self.faces[index.number()]
    }
}

/// All that other pages show of a page that somebody wrote.
fn face(page: &Page) -> Key {
    let front = page.document.as_ref().map(|document| &document.front);
    let is_imaging = front.is_some_and(|front| front.category == Some(TestCategory::Imaging));
    let mut hasher = KeyHasher::default();
    hasher
        .add(&page.id)
        .add(&page.kind)
        .add(&page.title)
        .add(&page.summary)
        .add(&page.url)
        .add(&is_imaging);
    hasher.key()
}

impl Renderer<'_> {
    /// Stands for everything that a page is made of, and for what its findings depend on.
    ///
    /// # Errors
    /// As [`Renderer::view`], for pages whose key is their view model.
    pub fn key(&self, ground: &Ground, job: Job, origin: &Origin) -> Result<Keyed, RenderFault> {
        let mut hasher = KeyHasher::default();
        hasher.add(origin);
        if let Job::Page(index) = job
            && let PageKind::Entry(kind) = self.site.page(index).kind
        {
            hasher.add(&ground.kinds.get(&kind));
            self.add_entry(&mut hasher, ground, index);
            return Ok((hasher.key(), None));
        }
        let view = self.view(job, origin)?;
        // A view is made of texts, numbers, lists and keys that are texts: it can always be
        // written.
        let text = serde_json::to_string(&view).unwrap_or_default();
        hasher
            .add(&self.template_key(ground.same, view.frame.template))
            .add(&text);
        Ok((hasher.key(), Some(view)))
    }

    /// Stands for what is the same for all pages, and for the templates that a page of one template
    /// goes through.
    fn template_key(&self, same: Key, template: &str) -> Key {
        let hashes = self
            .templates
            .fingerprint(template)
            .map(|hash| hash.map(Digest::as_bytes));
        KeyHasher::default()
            .add(&same)
            .add(template)
            .add(&hashes)
            .key()
    }

    fn add_entry(&self, hasher: &mut KeyHasher, ground: &Ground, index: PageIndex) {
        let page = self.site.page(index);
        hasher.add(&ground.face(index));
        if let Some(document) = &page.document {
            hasher.add_hash(document.file.hash());
        }
        self.add_links(hasher, &page.links.links);
        self.add_links(hasher, &page.links.images);
        self.add_links(hasher, page.links.lead.as_slice());
        for (field, others) in page.relations.iter() {
            add_faces(hasher.add(&field), ground, others);
        }
        add_faces(hasher, ground, &navigation::ancestors(self.site, index));
    }

    /// Adds what the body of a page shows of its links.
    fn add_links(&self, hasher: &mut KeyHasher, links: &[ResolvedLink]) {
        hasher.add(&links.len());
        for link in links {
            hasher
                .add(&link.href)
                .add(&mem::discriminant(&link.resolution));
            if let (Resolution::Asset(_), Some(href)) = (&link.resolution, &link.href) {
                let file = self
                    .site
                    .file_at(href)
                    .and_then(|file| self.tree.get(file.source.as_str()));
                hasher.add(&file.map(|bytes| *bytes.hash().as_bytes()));
            }
        }
    }
}

fn add_faces(hasher: &mut KeyHasher, ground: &Ground, pages: &[PageIndex]) {
    hasher.add(&pages.len());
    for page in pages {
        hasher.add(&ground.face(*page));
    }
}
