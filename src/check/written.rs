//! What somebody wrote for one page of the linked site, as the rules get it.
//!
//! It gives no way to other pages: what a rule finds in it stands as long as the page, what it
//! leads to, what it is related to and the settings stand.

use crate::config::Settings;
use crate::content::Document;
use crate::site::{Page, Site};

/// A page of the linked site that somebody wrote.
#[derive(Clone, Copy, Debug)]
pub struct WrittenPage<'s> {
    /// What the site asks for.
    pub settings: &'s Settings,
    /// The page: what it is, what it leads to and what it is related to.
    pub page: &'s Page,
    /// What somebody wrote for it.
    pub document: &'s Document,
}

impl<'s> WrittenPage<'s> {
    /// A page of a site; nothing where the generator made it.
    pub(super) fn of(site: &'s Site, page: &'s Page) -> Option<Self> {
        Some(Self {
            settings: &site.settings,
            page,
            document: page.document.as_deref()?,
        })
    }
}
