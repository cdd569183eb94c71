//! From the linked site to finished files: pages, redirects, feeds and machine files.
//!
//! A page is rendered from its view model alone, so pages can be rendered in any order and on any
//! thread. Findings come back beside the files; nothing here writes to a disk.

mod cards;
mod credits;
mod dates;
mod entry;
mod feeds;
mod frame;
mod ground;
mod html;
mod json_ld;
mod letter_index;
mod listing;
mod locations;
mod pager;
mod paper;
mod policy;
mod qr_code;
pub mod search;
mod templates;
pub mod view;

use crate::config::{BaseUrl, Settings};
use crate::diagnostic::Diagnostic;
use crate::output::{Origin, OutputFile, OutputPath};
use crate::site::{Page, PageIndex, PageKind, Redirect, Site};
use crate::source::SourceTree;
use view::{BodyView, PageView, RedirectView, TextView};

pub use feeds::files as machine_files;
pub use ground::Ground;
pub use locations::finder_modules;
pub use policy::CSP;
pub use qr_code::QrCodes;
pub use templates::Templates;

/// A page that is to be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// A page of the site.
    Page(PageIndex),
    /// An old URL, by its number among the redirects.
    Redirect(usize),
}

/// Everything of a site that is to be rendered, with where it goes and where it comes from.
#[must_use]
pub fn jobs(site: &Site) -> Vec<(Job, OutputPath, Origin)> {
    let page = |(index, page): (PageIndex, &Page)| {
        Some((Job::Page(index), page.output.clone()?, page.origin()))
    };
    let redirect = |(number, redirect): (usize, &Redirect)| {
        let origin = match site.page(redirect.target).origin() {
            Origin::Source(document) => Origin::Alias(document, redirect.index),
            other => other,
        };
        (Job::Redirect(number), redirect.output.clone(), origin)
    };
    let mut jobs = Vec::with_capacity(site.pages.len() + site.redirects.len());
    jobs.extend(site.pages().filter_map(page));
    jobs.extend(site.redirects.iter().enumerate().map(redirect));
    jobs
}

/// Renders the pages of one site.
#[derive(Clone, Copy, Debug)]
pub struct Renderer<'s> {
    site: &'s Site,
    tree: &'s SourceTree,
    templates: &'s Templates,
    codes: &'s QrCodes,
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
    /// Renders a site by its templates.
    #[must_use]
    pub fn new(
        site: &'s Site,
        tree: &'s SourceTree,
        templates: &'s Templates,
        codes: &'s QrCodes,
    ) -> Self {
        Self {
            site,
            tree,
            templates,
            codes,
        }
    }

    /// What the site asks for.
    #[must_use]
    pub fn settings(&self) -> &'s Settings {
        &self.site.settings
    }

    /// The address of the site, where it is known.
    #[must_use]
    pub fn base_url(&self) -> Option<&'s str> {
        self.site.settings.base_url.as_ref().map(BaseUrl::as_str)
    }

    /// The URL of a job.
    #[must_use]
    pub fn url(&self, job: Job) -> &'s str {
        match job {
            Job::Page(index) => &self.site.page(index).url,
            Job::Redirect(number) => &self.site.redirects[number].url,
        }
    }

    /// What a page shows: a template makes the page from this alone.
    ///
    /// # Errors
    /// The faults of templates that its Markdown goes through.
    pub fn view(&self, job: Job, origin: &Origin) -> Result<PageView, RenderFault> {
        let view = match job {
            Job::Page(index) => self.page_view(index),
            Job::Redirect(number) => Ok(self.redirect_view(&self.site.redirects[number])),
        };
        view.map_err(|findings| self.fault(job, origin, findings))
    }

    /// Renders one page.
    ///
    /// # Errors
    /// The template's faults.
    pub fn render(
        &self,
        job: Job,
        view: &PageView,
        path: &OutputPath,
        origin: &Origin,
    ) -> Result<OutputFile, RenderFault> {
        let html = self
            .templates
            .page(view)
            .map_err(|findings| self.fault(job, origin, findings))?;
        Ok(OutputFile {
            path: path.clone(),
            bytes: html.into(),
            origin: origin.clone(),
        })
    }

    fn fault(&self, job: Job, origin: &Origin, findings: Vec<Diagnostic>) -> RenderFault {
        RenderFault {
            url: self.url(job).to_owned(),
            origin: origin.clone(),
            findings,
        }
    }

    fn page_view(&self, index: PageIndex) -> Result<PageView, Vec<Diagnostic>> {
        let page = self.site.page(index);
        let frame = frame::frame(self.site, index, self.codes);
        let text = self.body(page)?;
        let body = match &page.kind {
            PageKind::Home | PageKind::Entry(_) => {
                BodyView::Entry(Box::new(entry::view(self, index, text)))
            }
            PageKind::Collection(folder) => self.collection(folder, text),
            PageKind::CollectionPart(folder, number) => {
                BodyView::Listing(listing::collection(self.site, folder, *number, text))
            }
            PageKind::Section(slug) => BodyView::Listing(listing::section(self.site, slug, text)),
            PageKind::AToZ => BodyView::Index(letter_index::a_to_z(self.site)),
            PageKind::Letter(letter, number) => {
                BodyView::Index(letter_index::letter(self.site, letter, *number))
            }
            PageKind::Credits => BodyView::Credits(credits::view(self.site, text)),
            PageKind::NotFound => BodyView::Nothing {},
            PageKind::Search => BodyView::Text(TextView { body: text }),
        };
        Ok(PageView { frame, body })
    }

    fn collection(&self, folder: &str, text: String) -> BodyView {
        if folder == self.site.settings.locations_folder() && !self.site.locations.is_empty() {
            return BodyView::Locations(locations::page(self.site, text));
        }
        BodyView::Listing(listing::collection(self.site, folder, 1, text))
    }

    fn redirect_view(&self, redirect: &Redirect) -> PageView {
        let target = self.site.page(redirect.target);
        let body = RedirectView {
            target: target.url.clone(),
            target_title: target.title.clone(),
        };
        PageView {
            frame: frame::redirect(self.site, redirect),
            body: BodyView::Redirect(body),
        }
    }

    /// The rendered Markdown of a page; empty when there is none.
    fn body(&self, page: &Page) -> Result<String, Vec<Diagnostic>> {
        let Some(document) = &page.document else {
            return Ok(String::new());
        };
        html::render(&html::Body {
            document,
            links: &page.links,
            raw_html: self.site.settings.raw_html,
            base: self.site.settings.base_url.as_ref(),
            url: &page.url,
            size_of: &|url| self.image_size(url),
            templates: self.templates,
        })
    }

    /// The pixels of an image of the site.
    fn image_size(&self, url: &str) -> Option<(u32, u32)> {
        let file = self.site.file_at(url)?;
        let size = self
            .tree
            .get(file.source.as_str())?
            .look(imagesize::blob_size)
            .ok()?;
        Some((
            u32::try_from(size.width).ok()?,
            u32::try_from(size.height).ok()?,
        ))
    }
}
