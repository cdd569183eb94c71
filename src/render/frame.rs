//! What every page has: titles, addresses, breadcrumbs and navigation.

use super::context::{OwnPage, PageContext};
use super::json_ld;
use super::qr_code::qr_code;
use super::view::{BreadcrumbView, Frame};
use crate::config::{Kind, Settings};
use crate::site::navigation::section_of;
use crate::site::{PageKind, PageName, Redirect, is_indexed};

/// The frame of a page.
pub(super) fn frame(own: OwnPage<'_, '_>) -> Frame {
    let page = own.page();
    let is_found = page.kind != PageKind::NotFound;
    let base = own.settings().base_url.as_ref();
    let absolute = |url: &str| base.map(|base| base.absolute(url));
    let lead = page.links.lead.as_ref();
    let canonical = if is_found { absolute(&page.url) } else { None };
    Frame {
        template: template(own),
        title: page.title.clone(),
        document_title: document_title(&page.title, own.section(), own.settings()),
        summary: page.summary.clone(),
        url: page.url.clone(),
        qr_code: canonical.as_deref().and_then(qr_code),
        canonical,
        image_absolute: lead.and_then(|link| absolute(link.href.as_deref()?)),
        breadcrumbs: breadcrumbs(own),
        current: own.header_entry(),
        json_ld: json_ld::json_ld(own),
        no_index: !is_indexed(page),
    }
}

/// The frame of an old URL that leads to a page.
pub(super) fn redirect(
    context: &PageContext<'_>,
    redirect: &Redirect,
    target: PageName<'_>,
) -> Frame {
    let settings = context.settings();
    let section = section_of(settings, target.kind, target.id);
    Frame {
        template: "redirect",
        title: target.title.to_owned(),
        document_title: document_title(target.title, section.map(|it| &*it.title), settings),
        summary: None,
        url: redirect.url.as_str().into(),
        canonical: settings
            .base_url
            .as_ref()
            .map(|base| base.absolute(target.url)),
        qr_code: None,
        image_absolute: None,
        breadcrumbs: Vec::new(),
        current: None,
        json_ld: None,
        no_index: true,
    }
}

fn template(own: OwnPage<'_, '_>) -> &'static str {
    match &own.page().kind {
        PageKind::Home => "home",
        PageKind::Entry(kind) => kind.name(),
        PageKind::Collection(folder) => {
            let collection = own.settings().collection(folder);
            let is_locations = collection.is_some_and(|found| found.kind == Kind::Location);
            if is_locations && !own.context.locations().is_empty() {
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
fn document_title(title: &str, section: Option<&str>, settings: &Settings) -> String {
    let mut parts = vec![title];
    parts.extend(section);
    parts.push(&settings.title);
    parts.dedup();
    parts.join(" | ")
}

fn breadcrumbs(own: OwnPage<'_, '_>) -> Vec<BreadcrumbView> {
    let above = own.ancestors();
    if above.is_empty() {
        return Vec::new();
    }
    let step = |page: &PageName<'_>| BreadcrumbView {
        title: match page.kind {
            PageKind::Home => "Home".to_owned(),
            _ => page.title.to_owned(),
        },
        url: Some(page.url.clone()),
    };
    let itself = BreadcrumbView {
        title: own.page().title.clone(),
        url: None,
    };
    above.iter().map(step).chain([itself]).collect()
}
