//! From the linked site to finished files: pages, redirects, feeds and machine files.
//!
//! A page is rendered from its view model alone, so pages can be rendered in any order and on any
//! thread. Findings come back beside the files; nothing here writes to a disk.

mod cards;
mod context;
mod credits;
mod dates;
mod entry;
mod feeds;
mod frame;
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
mod site_view;
mod templates;
pub mod view;

use crate::config::{BaseUrl, Settings};
use crate::diagnostic::Diagnostic;
use crate::memo::Input;
use crate::output::{Origin, OutputFile, OutputPath};
use crate::site::{Page, PageIndex, PageKind, Redirect, Site};
use crate::source::SourceTree;
use context::{OwnPage, PageContext};
use view::{BodyView, PageView, RedirectView, TextView};

pub use context::SiteFingerprints;
pub use feeds::files as machine_files;
pub use locations::finder_modules;
pub use policy::CSP;
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
    pub fn new(site: &'s Site, tree: &'s SourceTree, templates: &'s Templates) -> Self {
        Self {
            site,
            tree,
            templates,
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

    /// What a page shows, from which a template makes the page; and what it has read.
    ///
    /// # Errors
    /// The faults of templates that its Markdown goes through.
    pub fn view(&self, job: Job, origin: &Origin) -> Result<(PageView, Vec<Input>), RenderFault> {
        let context = PageContext::new(self.site, self.tree, self.templates);
        let view = match job {
            Job::Page(index) => page_view(context.own(index)),
            Job::Redirect(number) => Ok(redirect_view(&context, number)),
        };
        let view = view.map_err(|findings| self.fault(job, origin, findings))?;
        context.templates(view.frame.template);
        Ok((view, context.into_reads()))
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
}

fn page_view(own: OwnPage<'_, '_>) -> Result<PageView, Vec<Diagnostic>> {
    let frame = frame::frame(own);
    let text = body(own)?;
    let context = own.context;
    let body = match &own.page().kind {
        PageKind::Home | PageKind::Entry(_) => BodyView::Entry(Box::new(entry::view(own, text))),
        PageKind::Collection(folder) => collection(context, folder, text),
        PageKind::CollectionPart(folder, number) => {
            BodyView::Listing(listing::collection(context, folder, *number, text))
        }
        PageKind::Section(slug) => BodyView::Listing(listing::section(context, slug, text)),
        PageKind::AToZ => BodyView::Index(letter_index::a_to_z(context)),
        PageKind::Letter(letter, number) => {
            BodyView::Index(letter_index::letter(context, letter, *number))
        }
        PageKind::Credits => BodyView::Credits(credits::view(context, text)),
        PageKind::NotFound => BodyView::Nothing {},
        PageKind::Search => BodyView::Text(TextView { body: text }),
    };
    Ok(PageView { frame, body })
}

fn collection(context: &PageContext<'_>, folder: &str, text: String) -> BodyView {
    if folder == context.settings().locations_folder() && !context.locations().is_empty() {
        return BodyView::Locations(locations::page(context, text));
    }
    BodyView::Listing(listing::collection(context, folder, 1, text))
}

fn redirect_view(context: &PageContext<'_>, number: usize) -> PageView {
    let (redirect, target) = context.redirect(number);
    let body = RedirectView {
        target: target.url.clone(),
        target_title: target.title.to_owned(),
    };
    PageView {
        frame: frame::redirect(context, redirect, target),
        body: BodyView::Redirect(body),
    }
}

/// The rendered Markdown of a page; empty when there is none.
fn body(own: OwnPage<'_, '_>) -> Result<String, Vec<Diagnostic>> {
    let (context, page) = (own.context, own.page());
    let Some(document) = &page.document else {
        return Ok(String::new());
    };
    html::render(&html::Body {
        document,
        links: &page.links,
        raw_html: context.settings().raw_html,
        base: context.settings().base_url.as_ref(),
        url: &page.url,
        size_of: &|url| context.image_size(url),
        templates: context.templates(templates::CARE_CARD_NAME),
    })
}
