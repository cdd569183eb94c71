//! What the sitemap and the feed show of the pages of a site.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::{day, public_pages};
use crate::site::{Page, Site};

/// The most entries of the feed.
pub(super) const FEED_LIMIT: usize = 50;

/// The days of the pages that others may be led to.
#[derive(Debug)]
pub struct Calendar {
    /// The URL and the day of each page, by URL.
    pub(super) pages: Vec<(Arc<str>, Option<Date>)>,
    /// The newest pages with a day, newest first, those of one day by URL.
    pub(super) newest: Vec<Dated>,
}

/// A page with a day, as the feed shows it.
#[derive(Debug)]
pub(super) struct Dated {
    pub(super) day: Date,
    pub(super) url: Arc<str>,
    pub(super) title: String,
    pub(super) summary: Option<String>,
}

impl Dated {
    fn of(page: &Page) -> Option<Self> {
        let (url, title, summary) = (page.url.clone(), page.title.clone(), page.summary.clone());
        Some(Self {
            day: day(page)?,
            url,
            title,
            summary,
        })
    }
}

impl Calendar {
    /// The calendar of a site.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        let mut pages = Vec::with_capacity(site.pages.len());
        pages.extend(public_pages(site).map(|page| (page.url.clone(), day(page))));
        pages.sort();
        let mut dated: Vec<(Date, &Page)> = public_pages(site)
            .filter_map(|page| Some((day(page)?, page)))
            .collect();
        dated.sort_by_key(|(day, page)| (Reverse(*day), &page.url));
        let newest = dated
            .iter()
            .take(FEED_LIMIT)
            .filter_map(|(_, page)| Dated::of(page))
            .collect();
        Self { pages, newest }
    }
}
