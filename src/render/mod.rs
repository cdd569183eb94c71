//! From the linked site to finished files: pages, redirects, feeds and machine files.
//!
//! A page is rendered from its view model alone, so pages can be rendered in any order and on any thread. Findings come
//! back beside the files; nothing here writes to a disk.

mod cards;
mod credits;
mod dates;
mod entry;
mod feeds;
mod frame;
mod html;
mod json_ld;
mod listing;
mod locations;
mod policy;
mod templates;
pub mod view;

use std::collections::HashMap;

use crate::assets::Manifest;
use crate::config::BaseUrl;
use crate::diagnostic::Diagnostic;
use crate::output::{Origin, OutputFile, OutputPath};
use crate::site::{Page, PageIndex, PageKind, Redirect, Site};
use crate::source::{SourcePath, SourceTree};
use templates::Templates;
use view::{BodyView, PageView, RedirectView};

pub use feeds::files as machine_files;
pub use locations::zips_module;
pub use policy::CSP;

/// The name of the ES module with the finder's ZIP codes, beside the finder's own script.
pub const ZIPS_ASSET: &str = "components/finder/zips.js";

/// A page that is to be rendered.
#[derive(Clone, Copy, Debug)]
pub enum Job<'s> {
    /// A page of the site.
    Page(PageIndex),
    /// An old URL.
    Redirect(&'s Redirect),
}

/// Renders the pages of one site.
#[derive(Debug)]
pub struct Renderer<'s> {
    site: &'s Site,
    tree: &'s SourceTree,
    templates: Templates,
    images: HashMap<&'s str, &'s SourcePath>,
}

/// A page that could not be rendered.
#[derive(Clone, Debug)]
pub struct RenderFault {
    /// Its URL.
    pub url: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Why.
    pub findings: Vec<Diagnostic>,
}

impl<'s> Renderer<'s> {
    /// Reads the templates; those that are faulty have findings.
    #[must_use]
    pub fn new(site: &'s Site, tree: &'s SourceTree, manifest: &Manifest) -> (Self, Vec<Diagnostic>) {
        let view = frame::site_view(site);
        let (templates, findings) = Templates::new(tree, &view, manifest);
        let images = site.files.iter().map(|file| (file.url.as_str(), &file.source)).collect();
        (Self { site, tree, templates, images }, findings)
    }

    /// Everything that is to be rendered, with where it goes and where it comes from.
    #[must_use]
    pub fn jobs(&self) -> Vec<(Job<'s>, OutputPath, Origin)> {
        let page = |(index, page): (PageIndex, &Page)| Some((Job::Page(index), page.output.clone()?, page.origin()));
        let redirect = |redirect: &'s Redirect| {
            let origin = match self.site.page(redirect.target).origin() {
                Origin::Source(document) => Origin::Alias(document, redirect.index),
                other => other,
            };
            (Job::Redirect(redirect), redirect.output.clone(), origin)
        };
        self.site.pages().filter_map(page).chain(self.site.redirects.iter().map(redirect)).collect()
    }

    /// The address of the site, where it is known.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.site.settings.base_url.as_ref().map(BaseUrl::as_str)
    }

    /// The URL of a job.
    #[must_use]
    pub fn url<'j>(&'j self, job: Job<'j>) -> &'j str {
        match job {
            Job::Page(index) => &self.site.page(index).url,
            Job::Redirect(redirect) => &redirect.url,
        }
    }

    /// Renders one page.
    ///
    /// # Errors
    /// The template's faults.
    pub fn render(&self, job: Job<'_>, path: &OutputPath, origin: &Origin) -> Result<OutputFile, RenderFault> {
        let view = match job {
            Job::Page(index) => self.page_view(index),
            Job::Redirect(redirect) => Ok(self.redirect_view(redirect)),
        };
        let html = view.and_then(|view| self.templates.page(&view));
        let file =
            |html: String| OutputFile { path: path.clone(), bytes: html.into_bytes().into(), origin: origin.clone() };
        html.map(file).map_err(|findings| RenderFault {
            url: self.url(job).to_owned(),
            origin: origin.clone(),
            findings,
        })
    }

    fn page_view(&self, index: PageIndex) -> Result<PageView, Vec<Diagnostic>> {
        let page = self.site.page(index);
        let frame = frame::frame(self.site, index);
        let text = self.body(page)?;
        let body = match &page.kind {
            PageKind::Home | PageKind::Entry(_) => BodyView::Entry(Box::new(entry::view(self, index, text))),
            PageKind::Collection(folder) => self.collection(folder, text),
            PageKind::Section(slug) => BodyView::Listing(listing::section(self.site, slug, text)),
            PageKind::AToZ => BodyView::Index(listing::a_to_z(self.site)),
            PageKind::Credits => BodyView::Credits(credits::view(self.site, text)),
            PageKind::NotFound => BodyView::Nothing {},
        };
        Ok(PageView { frame, body })
    }

    fn collection(&self, folder: &str, text: String) -> BodyView {
        if folder == self.site.settings.locations_folder() && !self.site.locations.is_empty() {
            return BodyView::Locations(locations::page(self.site, text));
        }
        BodyView::Listing(listing::collection(self.site, folder, text))
    }

    fn redirect_view(&self, redirect: &Redirect) -> PageView {
        let target = self.site.page(redirect.target);
        let body = RedirectView { target: target.url.clone(), target_title: target.title.clone() };
        PageView { frame: frame::redirect(self.site, redirect), body: BodyView::Redirect(body) }
    }

    /// The rendered Markdown of a page; empty when there is none.
    fn body(&self, page: &Page) -> Result<String, Vec<Diagnostic>> {
        let Some(document) = &page.document else { return Ok(String::new()) };
        html::render(&html::Body {
            document,
            links: &page.links,
            raw_html: self.site.settings.raw_html,
            size_of: &|url| self.image_size(url),
            templates: &self.templates,
        })
    }

    /// The pixels of an image of the site.
    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        let source = self.images.get(url)?;
        let size = imagesize::blob_size(self.tree.get(source.as_str())?).ok()?;
        Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
    }
}
