//! The Atom feed: the pages that were updated or reviewed last.
//!
//! A feed must say when it was updated; that is the day of its newest entry, so a site without a
//! dated page has no feed.

use jiff::civil::Date;

use super::calendar::{Calendar, Dated, FEED_LIMIT};
use super::{address, xml};
use crate::config::{BaseUrl, Settings};

/// The feed's text, newest entries first, those of one day by address.
pub(super) fn text(settings: &Settings, calendar: &Calendar, base: &BaseUrl) -> Option<String> {
    let newest = calendar.newest.first()?;
    let mut text = head(settings, base, newest.day);
    for page in calendar.newest.iter().take(FEED_LIMIT) {
        text += &entry(base, page);
    }
    Some(text + "</feed>\n")
}

fn head(settings: &Settings, base: &BaseUrl, newest: Date) -> String {
    let home = address(base, "");
    let subtitle = settings
        .summary
        .as_ref()
        .map(|summary| xml::element("  ", "subtitle", summary));
    [
        xml::DECLARATION,
        &format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n",
            xml::escape(&settings.language)
        ),
        &xml::element("  ", "title", &settings.title),
        &subtitle.unwrap_or_default(),
        &xml::element("  ", "id", &home),
        &link("  ", "alternate", "text/html", &home),
        &link(
            "  ",
            "self",
            "application/atom+xml",
            &address(base, "feed.xml"),
        ),
        &xml::element("  ", "updated", &instant(newest)),
        &author(settings),
    ]
    .concat()
}

fn author(settings: &Settings) -> String {
    let organisation = settings.organisation.as_ref();
    let name = organisation.map_or(&settings.title, |organisation| &organisation.name);
    let url = organisation.and_then(|organisation| organisation.url.as_ref());
    let url = url
        .map(|url| xml::element("    ", "uri", url))
        .unwrap_or_default();
    format!(
        "  <author>\n{}{url}  </author>\n",
        xml::element("    ", "name", name)
    )
}

fn entry(base: &BaseUrl, page: &Dated) -> String {
    let url = base.absolute(&page.url);
    let summary = page
        .summary
        .as_ref()
        .map(|summary| xml::element("    ", "summary", summary));
    [
        "  <entry>\n",
        &xml::element("    ", "title", &page.title),
        &xml::element("    ", "id", &url),
        &link("    ", "alternate", "text/html", &url),
        &xml::element("    ", "updated", &instant(page.day)),
        &summary.unwrap_or_default(),
        "  </entry>\n",
    ]
    .concat()
}

fn link(indent: &str, relation: &str, media_type: &str, url: &str) -> String {
    format!(
        "{indent}<link rel=\"{relation}\" type=\"{media_type}\" href=\"{}\"/>\n",
        xml::escape(url)
    )
}

/// A day as Atom wants it: its first moment, in UTC.
fn instant(date: Date) -> String {
    format!("{date}T00:00:00Z")
}
