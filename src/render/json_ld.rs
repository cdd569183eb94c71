//! JSON-LD: what a page says to machines, in the words of schema.org.
//!
//! Owns the description of the page itself (what it is, where it stands, who answers for it); its
//! subject is described in [`subject`]. Everything comes from the site as written: no publisher
//! without an `organisation`, no reviewer without a `review`, no date but `updated`. A review is
//! said only where the page shows it to people. Without a `base_url` there are no addresses of the
//! site's own, and so no breadcrumbs.

mod node;
mod subject;

use self::node::{
    Address, BreadcrumbList, CreativeWork, Document, ImageObject, ListItem, Node, Organization,
    Patient, Person, Reference, WebPage, WebSite,
};
use super::context::OwnPage;
use crate::config::Settings;
use crate::content::{self, Review, Source};
use crate::site::{Page, PageKind, PageName, has_review};

/// The JSON-LD of a page, safe inside `<script type="application/ld+json">`; nothing for the 404
/// page.
pub(super) fn json_ld(own: OwnPage<'_, '_>) -> Option<String> {
    let mut graph = match own.page().kind {
        PageKind::NotFound => return None,
        PageKind::Home => vec![Node::WebSite(web_site(own.settings()))],
        _ => Vec::new(),
    };
    let breadcrumbs = breadcrumbs(own);
    let id = breadcrumbs.as_ref().map(|list| list.id);
    graph.push(Node::WebPage(Box::new(web_page(own, id))));
    graph.extend(breadcrumbs.map(Node::Breadcrumbs));
    let context = "https://schema.org";
    Some(Document { context, graph }.text())
}

/// The home page's description of the whole site.
fn web_site(settings: &Settings) -> WebSite<'_> {
    WebSite {
        description: settings.summary.as_deref(),
        in_language: Some(&settings.language),
        publisher: publisher(settings),
        ..web_site_name(settings)
    }
}

/// The site as other nodes refer to it.
fn web_site_name(settings: &Settings) -> WebSite<'_> {
    let base = settings.base_url.as_ref();
    let url = base.and_then(|base| address(settings, base.path()));
    WebSite {
        id: url.map(|url| url.at("#website")),
        name: &settings.title,
        url,
        description: None,
        in_language: None,
        publisher: None,
    }
}

fn publisher(settings: &Settings) -> Option<Organization<'_>> {
    let organisation = settings.organisation.as_ref()?;
    Some(Organization {
        name: &organisation.name,
        url: organisation.url.as_deref(),
    })
}

/// What the page shows of itself: among others its image, when it was updated and reviewed, by
/// whom, and what it rests on.
fn web_page<'s>(own: OwnPage<'_, 's>, breadcrumbs: Option<Address<'s>>) -> WebPage<'s> {
    let (settings, page) = (own.settings(), own.page());
    let front = page.document.as_ref().map(|document| &document.front);
    let review = front.and_then(|front| front.review.as_ref());
    let review = review.filter(|_| has_review(page));
    let url = address(settings, &page.url);
    WebPage {
        of: page_type(page),
        id: url,
        url,
        name: &page.title,
        description: page.summary.as_deref(),
        in_language: &settings.language,
        is_part_of: web_site_name(settings),
        publisher: publisher(settings),
        audience: has_review(page).then_some(Patient {}),
        about: subject::subject(own),
        mentions: subject::mentions(own.context, page),
        primary_image_of_page: page
            .document
            .as_deref()
            .and_then(|document| image(settings, page, document)),
        date_modified: front.and_then(|front| front.updated),
        last_reviewed: review.map(|review| review.last),
        reviewed_by: review.and_then(reviewer),
        citation: front.map_or(Vec::new(), |front| {
            front.sources.iter().map(citation).collect()
        }),
        breadcrumb: breadcrumbs.map(|id| Reference { id }),
    }
}

fn image<'s>(
    settings: &'s Settings,
    page: &'s Page,
    document: &'s content::Document,
) -> Option<ImageObject<'s>> {
    let field = document.front.image.as_ref()?;
    let url = page.links.lead.as_ref()?.href.as_deref()?;
    Some(ImageObject {
        content_url: address(settings, url)?,
        caption: &field.alt,
    })
}

fn reviewer(review: &Review) -> Option<Person<'_>> {
    Some(Person {
        name: review.name.as_deref()?,
        honorific_suffix: review.credentials.as_deref(),
    })
}

fn citation(source: &Source) -> CreativeWork<'_> {
    CreativeWork {
        name: &source.title,
        url: source.url.as_ref().map(|url| url.value.as_str()),
    }
}

fn page_type(page: &Page) -> &'static str {
    match page.kind {
        PageKind::Collection(_)
        | PageKind::CollectionPart(..)
        | PageKind::Section(_)
        | PageKind::AToZ
        | PageKind::Letter(..) => "CollectionPage",
        // Where a hospital stands is no medical information.
        PageKind::Entry(_) if has_review(page) => "MedicalWebPage",
        PageKind::Search => "SearchResultsPage",
        PageKind::Home | PageKind::Entry(_) | PageKind::Credits | PageKind::NotFound => "WebPage",
    }
}

/// The way from the home page down to the page; a list needs an address for each step.
fn breadcrumbs<'s>(own: OwnPage<'_, 's>) -> Option<BreadcrumbList<'s>> {
    let (settings, page) = (own.settings(), own.page());
    let above = own.ancestors();
    let id = address(settings, &page.url)?.at("#breadcrumbs");
    if above.is_empty() {
        return None;
    }
    let steps = above.into_iter().chain([PageName::of(page)]).zip(1..);
    let item = |(step, position): (PageName<'s>, u32)| {
        let id = address(settings, step.url)?;
        Some(ListItem {
            position,
            name: step.title,
            item: Reference { id },
        })
    };
    Some(BreadcrumbList {
        id,
        item_list_element: steps.filter_map(item).collect(),
    })
}

/// The absolute address of a URL of the site, where the site's own is known.
fn address<'s>(settings: &'s Settings, url: &'s str) -> Option<Address<'s>> {
    let origin = settings.base_url.as_ref()?.origin();
    Some(Address {
        origin,
        url,
        fragment: "",
    })
}

#[cfg(test)]
mod tests;
