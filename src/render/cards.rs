//! Pages as cards: what other pages show of them.

use super::context::PageContext;
use super::view::CardView;
use crate::site::PageIndex;

/// A page as a card.
pub(super) fn card(context: &PageContext<'_>, index: PageIndex) -> CardView {
    let page = context.summary(index);
    CardView {
        title: page.name.title.to_owned(),
        summary: page.text.map(str::to_owned),
        url: page.name.url.clone(),
    }
}
