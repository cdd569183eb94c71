//! What the sitemap and the feed show of the pages of a site.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{day, public_pages};
use crate::cache::{Key, KeyHasher};
use crate::site::{Page, Site};

/// The most entries of the feed.
pub(super) const FEED_LIMIT: usize = 50;

/// So many of the newest pages are at hand: more than a feed has, so that one may grow older and
/// the next is known.
const NEWEST: usize = 2 * FEED_LIMIT;

/// The days of the pages that others may be led to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Calendar {
    /// The URL and the day of each page, by URL.
    pub(super) pages: Vec<(Arc<str>, Option<Date>)>,
    /// The newest pages with a day, newest first, those of one day by URL.
    pub(super) newest: Vec<Dated>,
    /// How many pages have a day.
    dated: usize,
}

/// A page with a day, as the feed shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

    /// By which the feed is sorted.
    fn rank(&self) -> (Reverse<Date>, &str) {
        (Reverse(self.day), &self.url)
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
            .take(NEWEST)
            .filter_map(|(_, page)| Dated::of(page))
            .collect();
        Self {
            pages,
            newest,
            dated: dated.len(),
        }
    }

    /// Stands for all of it.
    #[must_use]
    pub fn key(&self) -> Key {
        KeyHasher::default().add(self).key()
    }

    /// Notes that a page has another day. Nothing where the feed would show a page that is not at
    /// hand, or where the page is a new one or has lost its day.
    pub fn replace(&mut self, page: &Page) -> Option<()> {
        let at = self
            .pages
            .binary_search_by(|(url, _)| url.cmp(&page.url))
            .ok()?;
        let dated = Dated::of(page)?;
        *self.pages[at].1.as_mut()? = dated.day;
        let has_all = self.newest.len() == self.dated;
        self.newest.retain(|other| other.url != page.url);
        let at = self
            .newest
            .partition_point(|other| other.rank() < dated.rank());
        // Behind the last that is at hand there may be others before it.
        if at < self.newest.len() || has_all {
            self.newest.insert(at, dated);
            self.newest.truncate(NEWEST);
        }
        (self.newest.len() >= FEED_LIMIT.min(self.dated)).then_some(())
    }
}
