//! Machine files: the sitemap, the feed, `robots.txt` and the header file for hosts.
//!
//! Owns which of them a site has. A sitemap and a feed need absolute addresses, so a site without a `base_url` has neither.
//! No file may hold the day of the build: a date is what somebody wrote (`updated`, else the last review) or is absent.

mod atom;
mod headers;
mod sitemap;
mod xml;

use jiff::civil::Date;

use crate::config::BaseUrl;
use crate::output::{Origin, OutputFile, OutputPath};
use crate::site::{Page, Site, is_indexed};

/// The machine files of a site.
///
/// `has_static` says whether the site has a file of its own by a name such as `robots.txt` under `static/`.
#[must_use]
pub fn files(site: &Site, has_static: &(dyn Fn(&str) -> bool + Sync)) -> Vec<OutputFile> {
    let mut found = vec![file("_headers", headers::text(&site.settings), "the header file")];
    if !has_static("robots.txt") {
        found.push(file("robots.txt", robots(site), "robots.txt"));
    }
    if let Some(base) = &site.settings.base_url {
        let sitemaps = sitemap::texts(site, base, sitemap::LIMIT).into_iter();
        found.extend(sitemaps.map(|(name, text)| file(&name, text, "the sitemap")));
        found.extend(atom::text(site, base).map(|text| file("feed.xml", text, "the feed")));
    }
    found.into_iter().flatten().collect()
}

/// Whether the site has a feed: it has a `base_url`, and a page with a date.
pub(super) fn has_feed(site: &Site) -> bool {
    site.settings.base_url.is_some() && public_pages(site).any(|page| date(page).is_some())
}

fn file(path: &str, text: String, what: &'static str) -> Option<OutputFile> {
    let path = OutputPath::new(path)?;
    Some(OutputFile { path, bytes: text.into_bytes().into(), origin: Origin::Generated(what) })
}

fn robots(site: &Site) -> String {
    let allowed = "User-agent: *\nAllow: /\n";
    match &site.settings.base_url {
        Some(base) => format!("{allowed}\nSitemap: {}\n", address(base, sitemap::NAME)),
        None => allowed.to_owned(),
    }
}

/// The pages that others may be led to.
fn public_pages(site: &Site) -> impl Iterator<Item = &Page> {
    site.pages().map(|(_, page)| page).filter(|page| is_indexed(page) && page.output.is_some())
}

/// The day of a page: when it was updated, else when it was last reviewed.
fn date(page: &Page) -> Option<Date> {
    let front = &page.document.as_ref()?.front;
    front.updated.or(front.review.as_ref().map(|review| review.last))
}

/// The absolute address of a file at the root of the site.
fn address(base: &BaseUrl, name: &str) -> String {
    base.absolute(&format!("{}{name}", base.path()))
}

#[cfg(test)]
mod tests;
