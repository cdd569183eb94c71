//! JSON-LD: what a page says to machines, in the words of schema.org.
//!
//! Owns the description of the page itself (what it is, where it stands, who answers for it); its
//! subject is described in [`subject`]. Everything comes from the site as written: no publisher
//! without an `organisation`, no reviewer without a `review`, no date but `updated`. A review is
//! said only where the page shows it to people. Without a `base_url` there are no addresses of the
//! site's own, and so no breadcrumbs.

mod node;
mod subject;

use self::node::{Address, Node};
use super::context::OwnPage;
use crate::config::{BaseUrl, Settings};
use crate::content::{Document, Review, Source};
use crate::site::{Page, PageKind, PageName, has_review};

/// The JSON-LD of a page, safe inside `<script type="application/ld+json">`; nothing for the 404
/// page.
pub(super) fn json_ld(own: OwnPage<'_, '_>) -> Option<String> {
    let (settings, page) = (own.settings(), own.page());
    let mut graph = match page.kind {
        PageKind::NotFound => return None,
        PageKind::Home => vec![web_site(settings)],
        _ => Vec::new(),
    };
    let breadcrumbs = breadcrumbs(own);
    let reference = breadcrumbs
        .as_ref()
        .and_then(|_| breadcrumbs_id(settings, &page.url))
        .map(Node::reference);
    graph.push(web_page(own).with("breadcrumb", reference));
    graph.extend(breadcrumbs);
    Some(node::document(graph))
}

/// The home page's description of the whole site.
fn web_site(settings: &Settings) -> Node {
    web_site_name(settings)
        .with("description", settings.summary.as_deref())
        .with("inLanguage", settings.language.as_str())
        .with("publisher", publisher(settings))
}

/// The site as other nodes refer to it.
fn web_site_name(settings: &Settings) -> Node {
    let base = settings.base_url.as_ref();
    let url = base.map(|base| address(base, base.path()));
    let id = url.map(|url| url.at("#website"));
    Node::new("WebSite")
        .with("@id", id)
        .with("name", settings.title.as_str())
        .with("url", url)
}

fn publisher(settings: &Settings) -> Option<Node> {
    let organisation = settings.organisation.as_ref()?;
    let name = organisation.name.as_str();
    Some(
        Node::new("Organization")
            .with("name", name)
            .with("url", organisation.url.as_deref()),
    )
}

fn web_page(own: OwnPage<'_, '_>) -> Node {
    let (settings, page) = (own.settings(), own.page());
    let url = page_address(settings, &page.url);
    let node = Node::new(page_type(page))
        .with("@id", url)
        .with("url", url)
        .with("name", page.title.as_str())
        .with("description", page.summary.as_deref())
        .with("inLanguage", settings.language.as_str())
        .with("isPartOf", web_site_name(settings))
        .with("publisher", publisher(settings))
        .with("audience", has_review(page).then(|| Node::new("Patient")))
        .with("about", subject::subject(own))
        .with("mentions", subject::mentions(own.context, page));
    match &page.document {
        Some(document) => with_record(node, settings, page, document),
        None => node,
    }
}

/// Adds what the page shows of itself: its image, when it was updated and reviewed, by whom, and
/// what it rests on.
fn with_record(node: Node, settings: &Settings, page: &Page, document: &Document) -> Node {
    let front = &document.front;
    let review = front.review.as_ref().filter(|_| has_review(page));
    node.with("primaryImageOfPage", image(settings, page, document))
        .with("dateModified", front.updated.map(|date| date.to_string()))
        .with("lastReviewed", review.map(|review| review.last.to_string()))
        .with("reviewedBy", review.and_then(reviewer))
        .with(
            "citation",
            front.sources.iter().map(citation).collect::<Vec<_>>(),
        )
}

fn image(settings: &Settings, page: &Page, document: &Document) -> Option<Node> {
    let base = settings.base_url.as_ref()?;
    let field = document.front.image.as_ref()?;
    let url = page.links.lead.as_ref()?.href.as_deref()?;
    Some(
        Node::new("ImageObject")
            .with("contentUrl", address(base, url))
            .with("caption", field.alt.as_str()),
    )
}

fn reviewer(review: &Review) -> Option<Node> {
    let name = review.name.as_deref()?;
    Some(
        Node::new("Person")
            .with("name", name)
            .with("honorificSuffix", review.credentials.as_deref()),
    )
}

fn citation(source: &Source) -> Node {
    Node::new("CreativeWork")
        .with("name", source.title.as_str())
        .with("url", source.url.as_ref().map(|url| url.value.as_str()))
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
fn breadcrumbs(own: OwnPage<'_, '_>) -> Option<Node> {
    let (settings, page) = (own.settings(), own.page());
    let base = settings.base_url.as_ref()?;
    let above = own.ancestors();
    if above.is_empty() {
        return None;
    }
    let steps = above.into_iter().chain([PageName::of(page)]).zip(1..);
    let steps: Vec<_> = steps
        .map(|(step, position)| breadcrumb(base, step, position))
        .collect();
    Some(
        Node::new("BreadcrumbList")
            .with("@id", breadcrumbs_id(settings, &page.url))
            .with("itemListElement", steps),
    )
}

fn breadcrumbs_id<'s>(settings: &'s Settings, url: &'s str) -> Option<Address<'s>> {
    page_address(settings, url).map(|url| url.at("#breadcrumbs"))
}

fn breadcrumb(base: &BaseUrl, page: PageName<'_>, position: u32) -> Node {
    Node::new("ListItem")
        .with("position", position)
        .with("name", page.title)
        .with("item", Node::reference(address(base, page.url)))
}

/// The absolute address of a page, by its URL.
fn page_address<'s>(settings: &'s Settings, url: &'s str) -> Option<Address<'s>> {
    settings.base_url.as_ref().map(|base| address(base, url))
}

/// The absolute address of a URL of the site.
fn address<'s>(base: &'s BaseUrl, url: &'s str) -> Address<'s> {
    Address {
        origin: base.origin(),
        url,
        fragment: "",
    }
}

#[cfg(test)]
mod tests;
