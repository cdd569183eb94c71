//! The Markdown of a page as prose: what a reader reads, block by block, each character with its
//! place in the source.
//!
//! Made for the rules from the same dialect as the outline, and dropped after them. Text that no
//! reader reads as a sentence of the page (code blocks, HTML, template code, text alternatives) is
//! not prose. Nothing here judges.

mod tags;
mod walk;

use std::ops::Range;

use pulldown_cmark::BlockQuoteKind;

use super::markdown::each_event;
use crate::language::{Language, sentences};
use crate::source::Span;
pub(super) use walk::Walk as ProseWalk;

/// What a block of prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// An item of a list, or a paragraph of one.
    Item,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
}

/// What a piece of text is besides words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Apart {
    /// Nothing.
    #[default]
    No,
    /// Code.
    Code,
    /// A link, or code, that is written as HTML.
    Html,
}

/// How a piece of text is set apart from the text around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// It is emphasised.
    pub emphasis: bool,
    /// It is emphasised strongly.
    pub strong: bool,
    /// Whether it is written as words at all.
    pub apart: Apart,
    /// The link that it stands in, by its number in the outline.
    pub link: Option<usize>,
}

/// A piece of a block's text with its place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    at: usize,
    length: usize,
    source: Span,
    style: Style,
}

/// A run of text without a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without markup.
    pub text: String,
    /// Whether it stands in a quotation, that is, not in the words of the page.
    pub is_quoted: bool,
    /// The care card that it stands in.
    pub card: Option<usize>,
    /// The heading that it stands under, by its number in the outline; headings in cards do not
    /// count.
    pub heading: Option<usize>,
    pieces: Vec<Piece>,
}

impl Block {
    /// Where a range of the text stands in the Markdown.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self
            .pieces_in(range.clone())
            .next()
            .map_or(0, |piece| piece.offset(range.start).start);
        let end = self
            .pieces_in(range.clone())
            .last()
            .map_or(start, |piece| piece.offset(range.end).end);
        Span::new(start, end)
    }

    /// Where the whole block stands in the Markdown.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }

    /// Whether a range of the text is set apart as something that is spoken about: emphasised,
    /// code, or in quotes.
    #[must_use]
    pub fn is_mention(&self, range: Range<usize>) -> bool {
        let is_apart = self.is_styled(range.clone(), |style| {
            style.emphasis || style.strong || style.apart == Apart::Code
        });
        is_apart || self.is_in_quotes(&range)
    }

    /// Whether all of a range of the text has a style.
    #[must_use]
    pub fn is_styled(&self, range: Range<usize>, has: impl Fn(Style) -> bool) -> bool {
        let mut pieces = self.pieces_in(range).peekable();
        pieces.peek().is_some() && pieces.all(|piece| has(piece.style))
    }

    /// Whether it is a paragraph or an item in the words of the page.
    #[must_use]
    pub fn is_running(&self) -> bool {
        !self.is_quoted && matches!(self.kind, BlockKind::Paragraph | BlockKind::Item)
    }

    /// Whether a range of the text is code.
    #[must_use]
    pub fn is_code(&self, range: Range<usize>) -> bool {
        self.pieces_in(range)
            .any(|piece| piece.style.apart == Apart::Code)
    }

    /// The link that a range of the text stands in, wholly or in part.
    #[must_use]
    pub fn link(&self, range: Range<usize>) -> Option<usize> {
        self.pieces_in(range).find_map(|piece| piece.style.link)
    }

    /// Whether a range of the text stands in a link or in code that is written as HTML.
    #[must_use]
    pub fn is_in_html(&self, range: Range<usize>) -> bool {
        self.pieces_in(range)
            .any(|piece| piece.style.apart == Apart::Html)
    }

    /// Whether the source writes a range of the text just as it is, so that an edit of the one is
    /// an edit of the other.
    #[must_use]
    pub fn is_verbatim(&self, range: Range<usize>, markdown: &str) -> bool {
        let span = self.span(range.clone());
        markdown.get(span.start..span.end) == self.text.get(range)
    }

    fn pieces_in(&self, range: Range<usize>) -> impl Iterator<Item = &Piece> {
        let first = self
            .pieces
            .partition_point(|piece| piece.at + piece.length <= range.start);
        self.pieces[first..]
            .iter()
            .take_while(move |piece| piece.at < range.end)
    }

    /// Whether a range of the text stands between quotation marks.
    #[must_use]
    pub fn is_in_quotes(&self, range: &Range<usize>) -> bool {
        let is_open = |c: char| matches!(c, '\u{201c}' | '\u{201d}');
        let before = self
            .text
            .get(..range.start)
            .and_then(|text| text.rfind(is_open).map(|at| &text[at..]));
        let after = self
            .text
            .get(range.end..)
            .and_then(|text| text.find(is_open).map(|at| &text[at..]));
        before.is_some_and(|text| text.starts_with('\u{201c}'))
            && after.is_some_and(|text| text.starts_with('\u{201d}'))
    }
}

impl Piece {
    /// The source of one offset of the text; the whole piece where the source is written in another
    /// way.
    fn offset(&self, at: usize) -> Span {
        if self.source.end - self.source.start != self.length {
            return self.source;
        }
        let at = self.source.start + at.clamp(self.at, self.at + self.length) - self.at;
        Span::new(at, at)
    }
}

/// A care card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Card {
    /// Which.
    pub kind: BlockQuoteKind,
    /// Where it stands.
    pub span: Span,
    /// Where its first line stands, such as `> [!CAUTION]`.
    pub head: Span,
}

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// Where it stands.
    pub span: Span,
    /// How many items it has, without those of lists inside it.
    pub items: usize,
    /// The care card that it stands in.
    pub card: Option<usize>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The row of the heads.
    pub head: Span,
    /// For each column, whether its head has words.
    pub heads: Vec<bool>,
}

/// The words of a link, in the order of the outline's links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkText {
    /// Its words, and those of the images in it.
    pub text: String,
    /// Where the whole link stands.
    pub span: Span,
    /// The care card that it stands in.
    pub card: Option<usize>,
    /// Whether it is an address between angle brackets.
    pub is_autolink: bool,
}

/// What a reader reads of the Markdown of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Every run of text.
    pub blocks: Vec<Block>,
    /// Care cards.
    pub cards: Vec<Card>,
    /// Lists.
    pub lists: Vec<List>,
    /// Tables.
    pub tables: Vec<Table>,
    /// The words of links.
    pub links: Vec<LinkText>,
    /// Code of a template language that stands in the text.
    pub template_tags: Vec<Span>,
}

impl Prose {
    /// Reads a Markdown text.
    #[must_use]
    pub fn of(markdown: &str) -> Self {
        let mut walk = ProseWalk::new(markdown);
        each_event(markdown, |event, span| walk.event(&event, span));
        walk.end()
    }

    /// The sentences' blocks: paragraphs and items in the words of the page.
    pub fn running(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.is_running())
    }

    /// The running text for other programs, a block a line, in which a stop ends a sentence and
    /// every sentence ends in one.
    ///
    /// Stops within a sentence ("Dr.", "1.5") are left out, and blocks without a stop at their end,
    /// such as items of a list, get one: programs that cut at every stop see the sentences that the
    /// rules see.
    #[must_use]
    pub fn plain_text(&self, language: &Language) -> String {
        let sentence = |text: &str| {
            let words = text.trim_end_matches(|c: char| !c.is_alphanumeric());
            words.replace(['.', '!', '?', '\u{2026}'], "") + "."
        };
        let line = |block: &Block| {
            let sentences =
                sentences(language, &block.text).map(|range| sentence(&block.text[range]));
            sentences.collect::<Vec<_>>().join(" ") + "\n"
        };
        self.running().map(line).collect()
    }

    /// Whether a span touches a care card.
    #[must_use]
    pub fn is_in_card(&self, span: Span) -> bool {
        self.cards
            .iter()
            .any(|card| span.start < card.span.end && card.span.start <= span.end)
    }
}
