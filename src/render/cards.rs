//! Pages as cards: what other pages show of them.

use super::view::CardView;
use crate::site::{PageIndex, Site};

/// A page as a card.
pub(super) fn card(site: &Site, index: PageIndex) -> CardView {
    let page = site.page(index);
    CardView {
        title: page.title.clone(),
        summary: page.summary.clone(),
        url: page.url.clone(),
    }
}
