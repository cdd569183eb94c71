//! Machine files: the sitemap, the feed, `robots.txt` and the header file for hosts.
//!
//! Owns which of them a site has. A sitemap and a feed need absolute addresses, so a site without a
//! `base_url` has neither. No file may hold the day of the build: a date is what somebody wrote
//! (`updated`, else the last review) or is absent.

mod atom;
mod calendar;
mod headers;
mod sitemap;
mod xml;

use jiff::civil::Date;

use crate::config::{BaseUrl, Settings};
use crate::output::{Origin, OutputFile, OutputPath};
use crate::site::{Page, Site, is_indexed};

use calendar::Calendar;

/// The machine files of a site.
///
/// `has_static` says whether the site has a file of its own by a name such as `robots.txt` under
/// `static/`.
#[must_use]
pub fn files(site: &Site, has_static: &dyn Fn(&str) -> bool) -> Vec<OutputFile> {
    let settings = &*site.settings;
    let mut found: Vec<_> = file("_headers", headers::text(settings), "the header file")
        .into_iter()
        .collect();
    if !has_static("robots.txt") {
        found.extend(file("robots.txt", robots(settings), "robots.txt"));
    }
    found.extend(dated_files(settings, &Calendar::of(site)));
    found
}

/// The machine files that show the days of pages.
fn dated_files(settings: &Settings, calendar: &Calendar) -> Vec<OutputFile> {
    let Some(base) = &settings.base_url else {
        return Vec::new();
    };
    let sitemaps = sitemap::texts(calendar, base, sitemap::LIMIT).into_iter();
    let sitemaps = sitemaps.map(|(name, text)| file(&name, text, "the sitemap"));
    let feed = atom::text(settings, calendar, base).map(|text| file("feed.xml", text, "the feed"));
    sitemaps.chain(feed).flatten().collect()
}

/// Whether the site has a feed: it has a `base_url`, and a page with a date.
pub(super) fn has_feed(site: &Site) -> bool {
    site.settings.base_url.is_some() && public_pages(site).any(|page| day(page).is_some())
}

fn file(path: &str, text: String, what: &'static str) -> Option<OutputFile> {
    let path = OutputPath::new(path)?;
    Some(OutputFile {
        path,
        bytes: text.into_bytes().into(),
        origin: Origin::Generated(what),
    })
}

fn robots(settings: &Settings) -> String {
    let allowed = "User-agent: *\nAllow: /\n";
    match &settings.base_url {
        Some(base) => format!("{allowed}\nSitemap: {}\n", address(base, sitemap::NAME)),
        None => allowed.to_owned(),
    }
}

/// The pages that others may be led to.
fn public_pages(site: &Site) -> impl Iterator<Item = &Page> {
    site.pages()
        .map(|(_, page)| page)
        .filter(|page| is_indexed(page) && page.output.is_some())
}

/// The day of a page, where somebody wrote one.
fn day(page: &Page) -> Option<Date> {
    page.document.as_ref()?.front.day()
}

/// The absolute address of a file at the root of the site.
fn address(base: &BaseUrl, name: &str) -> String {
    base.absolute(&format!("{}{name}", base.path()))
}

#[cfg(test)]
mod tests;
