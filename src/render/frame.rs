//! What every page has: titles, addresses, breadcrumbs and navigation.

use std::sync::Arc;

use super::view::{BreadcrumbView, ContactView, Frame, LinkView, PhoneView, SiteView};
use super::{QrCodes, feeds, json_ld, policy};
use crate::config::{BaseUrl, Kind};
use crate::schema::phone_href;
use crate::site::navigation::{self, NavigationLink};
use crate::site::{Page, PageIndex, PageKind, Redirect, Site, is_indexed};

/// What is the same on every page.
pub(super) fn site_view(site: &Site) -> SiteView {
    let settings = &site.settings;
    let links = |links: Vec<NavigationLink>| {
        links
            .into_iter()
            .map(|link| link_view(site, link))
            .collect()
    };
    SiteView {
        title: settings.title.clone(),
        summary: settings.summary.clone(),
        language: settings.language.clone(),
        direction: settings.direction(),
        root: settings.root().to_owned(),
        disclaimer: settings.disclaimer.clone(),
        navigation: links(navigation::header(site)),
        footer: links(navigation::footer(site)),
        contact: settings.contact.as_ref().map(|contact| ContactView {
            title: contact.title.clone(),
            text: contact.text.clone(),
            email: contact.email.clone(),
            phone: contact.phone.as_deref().and_then(phone),
        }),
        search: site
            .find("search")
            .map(|page| site.page(page).url.clone())
            .filter(|_| settings.search.is_on()),
        has_feed: feeds::has_feed(site),
        csp: policy::CSP,
    }
}

fn link_view(site: &Site, link: NavigationLink) -> LinkView {
    LinkView {
        url: site.page(link.page).url.clone(),
        title: link.title,
    }
}

/// A phone number with its link.
pub(super) fn phone(text: &str) -> Option<PhoneView> {
    phone_href(text).map(|href| PhoneView {
        text: text.to_owned(),
        href,
    })
}

/// The frame of a page.
pub(super) fn frame(site: &Site, index: PageIndex, codes: &QrCodes) -> Frame {
    let page = site.page(index);
    let is_found = page.kind != PageKind::NotFound;
    let absolute = |url: &str| {
        site.settings
            .base_url
            .as_ref()
            .map(|base| base.absolute(url))
    };
    let lead = page
        .links
        .lead
        .as_ref()
        .and_then(|link| link.href.as_deref());
    let canonical = if is_found { absolute(&page.url) } else { None };
    Frame {
        template: template(site, page),
        title: page.title.clone(),
        document_title: document_title(site, index),
        summary: page.summary.clone(),
        url: page.url.clone(),
        qr_code: canonical.as_deref().and_then(|address| codes.of(address)),
        canonical,
        image_absolute: lead.and_then(absolute),
        breadcrumbs: breadcrumbs(site, index),
        current: current(site, index),
        json_ld: json_ld::json_ld(site, index),
        no_index: !is_indexed(page),
    }
}

/// The frame of an old URL.
pub(super) fn redirect(site: &Site, redirect: &Redirect) -> Frame {
    let target = site.page(redirect.target);
    Frame {
        template: "redirect",
        title: target.title.clone(),
        document_title: document_title(site, redirect.target),
        summary: None,
        url: redirect.url.as_str().into(),
        canonical: site
            .settings
            .base_url
            .as_ref()
            .map(|base: &BaseUrl| base.absolute(&target.url)),
        qr_code: None,
        image_absolute: None,
        breadcrumbs: Vec::new(),
        current: None,
        json_ld: None,
        no_index: true,
    }
}

fn template(site: &Site, page: &Page) -> &'static str {
    match &page.kind {
        PageKind::Home => "home",
        PageKind::Entry(kind) => kind.name(),
        PageKind::Collection(folder) => {
            let is_locations = site
                .settings
                .collection(folder)
                .is_some_and(|found| found.kind == Kind::Location);
            if is_locations && !site.locations.is_empty() {
                "locations"
            } else {
                "collection"
            }
        }
        PageKind::CollectionPart(..) => "collection",
        PageKind::Section(_) => "section",
        PageKind::AToZ | PageKind::Letter(..) => "a-z",
        PageKind::Credits => "credits",
        PageKind::Search => "search",
        PageKind::NotFound => "not-found",
    }
}

/// `Page | Section | Site`; the home page has the site's title alone.
fn document_title(site: &Site, index: PageIndex) -> String {
    let page = site.page(index);
    let mut parts = vec![page.title.as_str()];
    parts.extend(navigation::section_of(site, index).map(|section| section.title.as_str()));
    parts.push(&site.settings.title);
    parts.dedup();
    parts.join(" | ")
}

fn breadcrumbs(site: &Site, index: PageIndex) -> Vec<BreadcrumbView> {
    let above = navigation::ancestors(site, index);
    if above.is_empty() {
        return Vec::new();
    }
    let step = |index: &PageIndex| {
        let page = site.page(*index);
        let title = if page.kind == PageKind::Home {
            "Home".to_owned()
        } else {
            page.title.clone()
        };
        BreadcrumbView {
            title,
            url: Some(page.url.clone()),
        }
    };
    let itself = BreadcrumbView {
        title: site.page(index).title.clone(),
        url: None,
    };
    above.iter().map(step).chain([itself]).collect()
}

/// The entry of the header that the page is, or stands under.
fn current(site: &Site, index: PageIndex) -> Option<Arc<str>> {
    let mut line = navigation::ancestors(site, index);
    line.push(index);
    let found = line
        .into_iter()
        .find(|page| navigation::header_pages(site).any(|shown| shown == *page));
    found.map(|page| site.page(page).url.clone())
}
