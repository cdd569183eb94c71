//! A written page of the linked site, as the rules get it.
//!
//! It gives no access to other pages: a finding in it depends on the page, its links, its relations
//! and the settings alone.

use crate::config::Settings;
use crate::content::Document;
use crate::site::{Page, Site};

/// A page of the linked site that somebody wrote.
#[derive(Clone, Copy, Debug)]
pub struct LinkedPage<'s> {
    /// What the site asks for.
    pub settings: &'s Settings,
    /// The page: what it is, what it leads to and what it is related to.
    pub page: &'s Page,
    /// What somebody wrote for it.
    pub document: &'s Document,
}

impl<'s> LinkedPage<'s> {
    /// A page of a site; nothing where the generator made it.
    pub(super) fn of(site: &'s Site, page: &'s Page) -> Option<Self> {
        Some(Self {
            settings: &site.settings,
            page,
            document: page.document.as_deref()?,
        })
    }
}
