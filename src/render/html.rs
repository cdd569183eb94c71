//! The body of a page: the HTML of its Markdown with all slots filled.
//!
//! Links and images come resolved, heading ids come from the outline, care cards are shown by the
//! theme's fragment. Nothing here decides whether something is a fault, and no attribute is written
//! that the security policy would block.

use pulldown_cmark::BlockQuoteKind;

use super::paper::Addresses;
use super::templates::Templates;
use super::view::CareCardView;
use crate::config::{BaseUrl, RawHtml};
use crate::content::{Document, Piece, SlotKind, escape, push_attribute};
use crate::diagnostic::Diagnostic;
use crate::site::{PageLinks, Resolution, ResolvedLink};

/// What the body of a page is made from.
pub(super) struct Body<'b> {
    /// The page as written.
    pub(super) document: &'b Document,
    /// What its links lead to.
    pub(super) links: &'b PageLinks,
    /// The address of the site.
    pub(super) base: Option<&'b BaseUrl>,
    /// The URL of the page.
    pub(super) url: &'b str,
    /// Whether HTML passes through.
    pub(super) raw_html: RawHtml,
    /// The pixels of an image, by its URL.
    pub(super) size_of: &'b dyn Fn(&str) -> Option<(u32, u32)>,
    /// The theme.
    pub(super) templates: &'b Templates,
}

/// Renders the Markdown of a page.
///
/// # Errors
/// The findings of a fragment that could not be rendered.
pub(super) fn render(body: &Body<'_>) -> Result<String, Vec<Diagnostic>> {
    let written = body.document.take_body(body.raw_html);
    let mut filler = SlotFiller::new(body, written.length() + written.length() / 4);
    for piece in written.pieces() {
        match piece {
            Piece::Html(html) => filler.html.push_str(html),
            Piece::Slot(slot) => filler.fill(slot),
        }
    }
    if filler.faults.is_empty() {
        Ok(filler.html)
    } else {
        Err(filler.faults)
    }
}

/// A care card that is open.
struct OpenCard {
    kind: BlockQuoteKind,
    /// Its heading in the outline, and the words of it.
    title: Option<(usize, String)>,
    /// What stands before the card.
    before: String,
}

struct SlotFiller<'b> {
    body: &'b Body<'b>,
    /// What has been written of the page, or of the last card that is open.
    html: String,
    cards: Vec<OpenCard>,
    /// The end tags of links that are open.
    link_ends: Vec<&'static str>,
    addresses: Addresses<'b>,
    faults: Vec<Diagnostic>,
}

impl<'b> SlotFiller<'b> {
    fn new(body: &'b Body<'b>, room: usize) -> Self {
        let addresses = Addresses::new(body.base, body.url);
        let html = String::with_capacity(room);
        Self {
            body,
            html,
            cards: Vec::new(),
            link_ends: Vec::new(),
            addresses,
            faults: Vec::new(),
        }
    }

    fn fill(&mut self, slot: &SlotKind) {
        match slot {
            SlotKind::HeadingId(number) => {
                let id = self.heading_id(*number);
                self.html.push_str(&escape(id));
            }
            SlotKind::TableName { table, headings } => self.table_name(*table, *headings),
            SlotKind::LinkStart {
                number,
                title,
                words,
            } => self.link(*number, title, words),
            SlotKind::LinkEnd => {
                let end = self.link_ends.pop();
                self.html
                    .push_str(end.expect("a link begins before it ends"));
            }
            SlotKind::Image { number, title, alt } => self.image(*number, title, alt),
            SlotKind::CardStart(kind) => {
                self.cards.push(OpenCard {
                    kind: *kind,
                    title: None,
                    before: std::mem::take(&mut self.html),
                });
            }
            SlotKind::CardTitle(heading) => {
                let words = std::mem::take(&mut self.html);
                let card = self.cards.last_mut().expect("a title stands in a card");
                card.title = Some((*heading, words));
            }
            SlotKind::CardEnd => self.end_card(),
        }
    }

    fn heading_id(&self, number: usize) -> &'b str {
        self.body
            .document
            .outline
            .headings
            .get(number)
            .map_or("", |heading| heading.id.as_str())
    }

    fn table_name(&mut self, table: usize, headings: usize) {
        let above = self
            .body
            .document
            .outline
            .headings
            .get(..headings)
            .and_then(<[_]>::last);
        let name = match above.map_or("", |heading| heading.text.as_str()) {
            "" => format!("Table {table}"),
            above => format!("Table {table}: {above}"),
        };
        self.html.push_str(&escape(&name));
    }

    /// A broken link is plain text.
    fn link(&mut self, number: usize, title: &str, words: &str) {
        let resolved = self.body.links.links.get(number);
        let address = resolved.and_then(|link| self.addresses.of(link, words));
        let Some((link, href)) = resolved.and_then(|link| Some((link, link.href.as_deref()?)))
        else {
            return self.link_ends.push("");
        };
        let is_external = link.resolution == Resolution::External;
        self.html.push_str(if is_external {
            "<a class=\"link link--external\""
        } else {
            "<a"
        });
        push_attribute(&mut self.html, "href", href);
        if !title.is_empty() {
            push_attribute(&mut self.html, "title", title);
        }
        if let Some(address) = address {
            push_attribute(&mut self.html, "data-address", &address);
        }
        self.html.push_str(if is_external {
            " rel=\"noreferrer\">"
        } else {
            ">"
        });
        self.link_ends
            .push(if is_external { EXTERNAL_END } else { "</a>" });
    }

    fn image(&mut self, number: usize, title: &str, alt: &str) {
        let is_own = |link: &&ResolvedLink| matches!(link.resolution, Resolution::Asset(_));
        let resolved = self.body.links.images.get(number).filter(is_own);
        let Some(target) = resolved.and_then(|link| link.href.as_deref()) else {
            return self.html.push_str(&escape(alt));
        };
        self.html.push_str("<img");
        push_attribute(&mut self.html, "src", target);
        push_attribute(&mut self.html, "alt", alt);
        if !title.is_empty() {
            push_attribute(&mut self.html, "title", title);
        }
        if let Some((width, height)) = (self.body.size_of)(target) {
            self.html += &format!(" width=\"{width}\" height=\"{height}\"");
        }
        self.html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// A block ends its line, whatever the theme's fragment ends in.
    fn end_card(&mut self) {
        let Some(OpenCard {
            kind,
            title,
            before,
        }) = self.cards.pop()
        else {
            return;
        };
        let (id, title) = title
            .map(|(heading, words)| (self.heading_id(heading).to_owned(), words))
            .unzip();
        let (kind, label) = card_words(kind);
        let view = CareCardView {
            kind,
            label,
            title,
            id,
            body: std::mem::replace(&mut self.html, before),
        };
        match self.body.templates.care_card(&view) {
            Ok(card) => self.html.push_str(&card),
            Err(faults) => self.faults.extend(faults),
        }
        if !self.html.ends_with('\n') {
            self.html.push('\n');
        }
    }
}

const EXTERNAL_END: &str = "<span class=\"link__note visually-hidden\"> (external site)</span></a>";

/// The name of a care card's kind, and the words spoken before it.
fn card_words(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Information"),
        BlockQuoteKind::Tip => ("tip", "Good to know"),
        BlockQuoteKind::Important => ("important", "Key point"),
        BlockQuoteKind::Warning => ("warning", "Call your doctor"),
        BlockQuoteKind::Caution => ("caution", "Emergency"),
    }
}
