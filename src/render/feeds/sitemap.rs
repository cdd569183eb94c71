//! The sitemap: the address of every page, for search engines.
//!
//! A sitemap of the protocol holds at most 50,000 addresses; a larger site has several and an index
//! of them under the same name, so the address of the sitemap never changes.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Calendar, address, xml};
use crate::config::BaseUrl;

/// The most addresses in one file.
pub(super) const LIMIT: usize = 50_000;

/// The file of the sitemap, or of the index of several.
pub(super) const NAME: &str = "sitemap.xml";

/// An address of the protocol is shorter than this; one that is longer would make the whole file
/// invalid.
const ADDRESS_LIMIT: usize = 2_048;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// About so long is an entry without its address.
const ENTRY_LENGTH: usize = 64;

type Entry = (String, Option<Date>);

/// The names and texts of the sitemap's files.
pub(super) fn texts(calendar: &Calendar, base: &BaseUrl, limit: usize) -> Vec<(String, String)> {
    let mut entries: Vec<Entry> = Vec::with_capacity(calendar.pages.len());
    entries.extend(
        calendar
            .pages
            .iter()
            .map(|(url, day)| (base.absolute(url), *day)),
    );
    entries.retain(|(url, _)| url.len() < ADDRESS_LIMIT);
    if entries.len() <= limit {
        return vec![(NAME.to_owned(), list("urlset", "url", &entries))];
    }
    let parts = || (1..).map(part_name).zip(entries.chunks(limit));
    let index: Vec<Entry> = parts()
        .map(|(name, part)| (address(base, &name), newest(part)))
        .collect();
    let index = (NAME.to_owned(), list("sitemapindex", "sitemap", &index));
    let parts = parts().map(|(name, part)| (name, list("urlset", "url", part)));
    [index].into_iter().chain(parts).collect()
}

fn part_name(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

fn newest(entries: &[Entry]) -> Option<Date> {
    entries.iter().filter_map(|(_, date)| *date).max()
}

fn list(root: &str, item: &str, entries: &[Entry]) -> String {
    let addresses: usize = entries.iter().map(|(url, _)| url.len()).sum();
    let mut text = String::with_capacity(addresses + entries.len() * ENTRY_LENGTH);
    let _ = writeln!(text, "{}<{root} xmlns=\"{NAMESPACE}\">", xml::DECLARATION);
    for (url, date) in entries {
        let lastmod = date
            .map(|date| format!("<lastmod>{date}</lastmod>"))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "  <{item}><loc>{}</loc>{lastmod}</{item}>",
            xml::escape(url)
        );
    }
    let _ = writeln!(text, "</{root}>");
    text
}
