//! The Markdown of a page as HTML, with slots for what only the linked site knows.
//!
//! Owns the markup of everything that Markdown can say, so that a page is rendered from the parse
//! that its outline is made from. Where links and images lead, and how a care card looks, is
//! settled later: each leaves a [`Slot`]. The words for the search are noted where they stand in
//! the HTML, so nobody reads it again. Nothing here decides whether something is a fault, and no
//! attribute is written that the security policy would block.

mod text;
mod walk;
mod write;

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use pulldown_cmark::BlockQuoteKind;

use super::markdown::each_event;
use crate::config::RawHtml;

pub(super) use walk::BodyWalk;

/// The HTML of a page's Markdown, with its slots and its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    html: Box<str>,
    /// In the order of their places.
    slots: Box<[Slot]>,
    /// In the order of the page; footnotes come last.
    text: Box<[TextRun]>,
}

/// Something that is missing in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slot {
    /// Where it is missing: a byte of the HTML.
    at: usize,
    kind: SlotKind,
}

/// What is missing in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// The id of a heading, by its number in the outline.
    HeadingId(usize),
    /// The name of a table, by its number on the page, with how many headings stand above.
    TableName {
        /// From 1.
        table: usize,
        /// Headings of the outline.
        headings: usize,
    },
    /// The start tag of a link.
    LinkStart {
        /// Its number in the outline.
        number: usize,
        /// What it is titled; mostly empty.
        title: Box<str>,
        /// Its words, without markup.
        words: Box<str>,
    },
    /// The end tag of the last link that is open.
    LinkEnd,
    /// An image.
    Image {
        /// Its number in the outline.
        number: usize,
        /// What it is titled; mostly empty.
        title: Box<str>,
        /// Its text alternative.
        alt: Box<str>,
    },
    /// Where a care card begins.
    CardStart(BlockQuoteKind),
    /// Where the title of a care card ends, which stands at its beginning: its heading, by its
    /// number in the outline.
    CardTitle(usize),
    /// Where the last care card ends that is open.
    CardEnd,
}

impl SlotKind {
    /// Whether a block is missing, and not something in a line.
    fn is_block(&self) -> bool {
        matches!(
            self,
            Self::CardStart(_) | Self::CardTitle(_) | Self::CardEnd
        )
    }
}

/// Words that stand together in the HTML, with characters written as HTML writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TextRun {
    start: usize,
    end: usize,
    /// Whether its first word is another than the last one before it.
    begins_word: bool,
}

/// A piece of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'b> {
    /// Some HTML.
    Html(&'b str),
    /// Something that is missing.
    Slot(&'b SlotKind),
}

impl Body {
    /// Reads a Markdown text.
    #[must_use]
    pub fn of(markdown: &str, raw_html: RawHtml) -> Self {
        let mut walk = BodyWalk::new(markdown, raw_html);
        each_event(markdown, |event, _| walk.event(event));
        walk.end()
    }

    /// The pieces, in the order of the page.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        let starts = std::iter::once(0).chain(self.slots.iter().map(|slot| slot.at));
        let ends = self
            .slots
            .iter()
            .map(|slot| slot.at)
            .chain([self.html.len()]);
        let slots = self.slots.iter().map(Some).chain([None]);
        starts
            .zip(ends)
            .zip(slots)
            .flat_map(|((start, end), slot)| {
                let html = Some(&self.html[start..end]).filter(|html| !html.is_empty());
                let slot = slot.map(|slot| Piece::Slot(&slot.kind));
                html.map(Piece::Html).into_iter().chain(slot)
            })
    }

    /// How many bytes of HTML it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.html.len()
    }

    /// How many bytes of memory it takes, or a few more.
    fn size(&self) -> usize {
        const BYTES_OF_SLOT: usize = 2 * size_of::<Slot>();
        self.html.len() + self.slots.len() * BYTES_OF_SLOT + size_of_val(&*self.text)
    }
}

/// How many more bytes of bodies may be held between the reading of pages and their rendering.
#[derive(Debug)]
pub(super) struct BodyBudget(AtomicUsize);

impl BodyBudget {
    /// What all pages of a large site may take. The bodies of others are made again.
    const BYTES: usize = 72 * 1024 * 1024;

    /// The budget of one reading of a site.
    pub(super) fn new() -> Self {
        Self(AtomicUsize::new(Self::BYTES))
    }

    fn takes(&self, body: &Body) -> bool {
        let rest = |left: usize| left.checked_sub(body.size());
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, rest)
            .is_ok()
    }
}

/// The body of a page from its reading until the page is rendered, where the budget had room.
#[derive(Debug, Default)]
pub(super) struct HeldBody(Mutex<Option<Arc<Body>>>);

impl HeldBody {
    /// Holds a body, if the budget has room for it.
    pub(super) fn new(body: Body, budget: &BodyBudget) -> Self {
        Self(Mutex::new(budget.takes(&body).then(|| Arc::new(body))))
    }

    /// The body, if it is held.
    pub(super) fn get(&self) -> Option<Arc<Body>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The body, which is held no longer.
    pub(super) fn take(&self) -> Option<Arc<Body>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A copy holds no body: it can be made again.
impl Clone for HeldBody {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Writes an attribute with the space before it.
pub fn push_attribute(html: &mut String, name: &str, value: &str) {
    for part in [" ", name, "=\"", &escape(value), "\""] {
        html.push_str(part);
    }
}

/// Text as it stands in an attribute or between tags.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text
        .bytes()
        .any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"'))
    {
        return Cow::Borrowed(text);
    }
    let escaped = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;");
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A body with its slots in braces.
    fn shown(markdown: &str) -> String {
        let show = |piece: Piece<'_>| match piece {
            Piece::Html(html) => html.to_owned(),
            Piece::Slot(slot) => format!("{{{slot:?}}}"),
        };
        let body = Body::of(markdown, RawHtml::Refused);
        body.pieces().map(show).collect()
    }

    #[test]
    fn what_only_the_site_knows_is_a_slot() {
        let check =
            |markdown: &str, expected: &str| assert_eq!(shown(markdown), expected, "{markdown:?}");
        check(
            "## A *b*\n",
            "<h2 id=\"{HeadingId(0)}\">A <em>b</em></h2>\n",
        );
        check(
            "[a *b*](x.md \"t\") c",
            "<p>{LinkStart { number: 0, title: \"t\", words: \"a b\" }}a <em>b</em>{LinkEnd} c</p>\n",
        );
        check(
            "![a *b*](x.png)",
            "<p>{Image { number: 0, title: \"\", alt: \"a b\" }}</p>\n",
        );
        check(
            "[![a](x.png) b](y.md)",
            "<p>{LinkStart { number: 0, title: \"\", words: \" b\" }}{Image { number: 0, title: \"\", alt: \"a\" }} b{LinkEnd}</p>\n",
        );
        check(
            "> [!TIP]\n> ### A\n>\n> b\n",
            "{CardStart(Tip)}A{CardTitle(0)}<p>b</p>\n{CardEnd}",
        );
        check(
            "> [!TIP]\n> b\n>\n> ## A\n",
            "{CardStart(Tip)}<p>b</p>\n<h3 id=\"{HeadingId(0)}\">A</h3>\n{CardEnd}",
        );
        check(
            "a[^1]\n\n[^1]: f\n\n    > [!TIP]\n    > b\n\nc\n",
            "<p>a<sup class=\"footnote-ref\"><a id=\"fnref-1\" href=\"#fn-1\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
             <p>c</p>\n\
             <section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn-1\"><p>f</p>\n\
             {CardStart(Tip)}<p>b</p>\n{CardEnd}\
             <p> <a class=\"footnotes__back\" href=\"#fnref-1\" aria-label=\"Back to reference 1\">↩</a></p></li>\n\
             </ol>\n</section>\n",
        );
        check("> b\n", "<blockquote>\n<p>b</p>\n</blockquote>\n");
        check("a <b>c</b>\n", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    }

    #[test]
    fn bodies_are_held_while_the_budget_lasts() {
        let body = Body::of("12345", RawHtml::Refused);
        let budget = BodyBudget(AtomicUsize::new(body.size() * 2 + 1));
        let held: Vec<_> = (0..3)
            .map(|_| HeldBody::new(body.clone(), &budget))
            .collect();
        let expected = [Some(&body), Some(&body), None];
        let get = |held: &HeldBody| held.get();
        let found: Vec<_> = held.iter().map(get).collect();
        assert_eq!(
            found.iter().map(Option::as_deref).collect::<Vec<_>>(),
            expected
        );
        let taken: Vec<_> = held.iter().map(HeldBody::take).collect();
        assert_eq!(
            taken.iter().map(Option::as_deref).collect::<Vec<_>>(),
            expected
        );
        assert!(
            held.iter().all(|held| held.get().is_none()),
            "a body is taken twice"
        );
    }

    const PIECES: &[&str] = &[
        "## h\n",
        "a ",
        "[l](x.md)",
        "[l",
        "](y \"t\")",
        "![i](z.png)",
        "*",
        "**",
        "`",
        "\n",
        "\n\n",
        "> ",
        "> [!NOTE]\n",
        "- ",
        "| a | b |\n|---|:-:|\n| c | d |\n",
        "[^1]",
        "[^1]: f\n",
        "\n\n    ",
        "    > ",
        "<b>",
        "<!-- c -->",
        "&#0;",
        "\\",
        "é",
        "- [x] ",
    ];

    proptest! {
        #[test]
        fn pieces_and_words_are_those_of_the_html(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..16),
        ) {
            let body = Body::of(&pieces.concat(), RawHtml::Allowed);
            let html: String = body.pieces().filter_map(|piece| match piece {
                Piece::Html(html) => Some(html),
                Piece::Slot(_) => None,
            }).collect();
            prop_assert_eq!(&*html, &*body.html);
            let slots = body.pieces().filter(|piece| matches!(piece, Piece::Slot(_))).count();
            prop_assert_eq!(slots, body.slots.len());
            let mut end = 0;
            for run in &body.text {
                prop_assert!(run.start < run.end && end <= run.start, "{:?}", body.text);
                prop_assert!(body.html.get(run.start..run.end).is_some());
                end = run.end;
            }
        }
    }
}
