//! From the parser's events to blocks of prose.

use pulldown_cmark::{BlockQuoteKind, Event, LinkType, Tag, TagEnd};

use super::{Apart, Block, BlockKind, Card, LinkText, List, Piece, Prose, Style, Table, tags};
use crate::source::Span;

/// An element of HTML within a paragraph that says what its text is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Inline {
    #[default]
    None,
    /// A link or code.
    Apart,
    /// Raised text: the number of a reference, or a part of a word.
    Raised,
}

/// What has been read of a text.
#[derive(Default)]
pub(in crate::content) struct Walk<'m> {
    markdown: &'m str,
    prose: Prose,
    /// Open quotations: a care card by its number, or somebody else's words.
    quotes: Vec<Option<usize>>,
    /// Open lists, by their number.
    lists: Vec<usize>,
    /// The block being read.
    block: Option<Block>,
    /// The last heading outside of cards, and how many there were in all.
    heading: Option<usize>,
    headings: usize,
    /// Open links, by their number.
    links: Vec<usize>,
    emphasis: usize,
    strong: usize,
    images: usize,
    /// Whether code or HTML is being read.
    is_silent: bool,
    /// The element of HTML whose text is being read.
    inline: Inline,
    in_head: bool,
}

impl<'m> Walk<'m> {
    /// Begins a text.
    pub(in crate::content) fn new(markdown: &'m str) -> Self {
        Self {
            markdown,
            ..Self::default()
        }
    }

    /// What all events came to.
    pub(in crate::content) fn end(mut self) -> Prose {
        self.flush();
        self.prose
    }

    /// Goes on by one event.
    pub(in crate::content) fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.close(*tag),
            Event::Text(text) => self.text(text, span, false),
            Event::Code(text) => self.text(text, self.code_span(text, span), true),
            Event::SoftBreak => self.text(" ", span, false),
            Event::HardBreak => self.text("\n", span, false),
            Event::InlineHtml(html) => self.inline_html(html, span),
            _ => {}
        }
    }

    fn inline_html(&mut self, html: &str, span: Span) {
        let name: String = html
            .chars()
            .skip(1)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
            .collect();
        match name.to_ascii_lowercase().as_str() {
            "br" | "br/" => self.text("\n", span, false),
            "a" if !html.to_ascii_lowercase().contains("href") => {}
            "a" | "code" => self.inline = Inline::Apart,
            "/a" | "/code" | "/sup" => self.inline = Inline::None,
            // The number of a reference is no word of the sentence.
            "sup" => self.inline = Inline::Raised,
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.open(self.flow_kind(), span.end - span.start),
            Tag::Heading { .. } => self.open(BlockKind::Heading, span.end - span.start),
            Tag::TableCell => self.open(BlockKind::Cell, span.end - span.start),
            Tag::Item => self.item(),
            Tag::List(_) => self.list(span),
            Tag::BlockQuote(kind) => self.quote(*kind, span),
            Tag::Table(_) => self.prose.tables.push(Table {
                head: span,
                heads: Vec::new(),
            }),
            Tag::TableHead => self.table_head(span),
            Tag::Link { link_type, .. } => self.link(*link_type, span),
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Image { .. } => self.images += 1,
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                self.flush();
                self.is_silent = true;
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableHead => self.in_head = false,
            TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes.pop();
            }
            TagEnd::Link => drop(self.links.pop()),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.is_silent = false,
            _ => {}
        }
    }

    fn flow_kind(&self) -> BlockKind {
        if self.lists.is_empty() {
            BlockKind::Paragraph
        } else {
            BlockKind::Item
        }
    }

    fn card(&self) -> Option<usize> {
        self.quotes.iter().rev().find_map(|quote| *quote)
    }

    /// Begins a block, with room for its words.
    fn open(&mut self, kind: BlockKind, room: usize) {
        self.flush();
        let is_quoted = self.quotes.iter().any(Option::is_none);
        let (card, heading) = (self.card(), self.heading);
        self.block = Some(Block {
            kind,
            text: String::with_capacity(room),
            is_quoted,
            card,
            heading,
            pieces: Vec::new(),
        });
    }

    /// Ends the block that is being read; one without words is no block.
    fn flush(&mut self) {
        let Some(mut block) = self.block.take() else {
            return;
        };
        self.inline = Inline::None;
        for range in tags::find(&block.text) {
            if !block.is_code(range.clone()) {
                self.prose.template_tags.push(block.span(range.clone()));
                tags::blank(&mut block.text, range);
            }
        }
        if !block.text.trim().is_empty() {
            self.prose.blocks.push(block);
        }
    }

    fn text(&mut self, text: &str, source: Span, code: bool) {
        for link in &self.links {
            self.prose.links[*link].text.push_str(text);
        }
        let is_reference = self.inline == Inline::Raised
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || ",-\u{2013} []".contains(c));
        if self.is_silent || self.images > 0 || is_reference {
            return;
        }
        if self.block.is_none() {
            self.open(self.flow_kind(), text.len());
        }
        let style = Style {
            emphasis: self.emphasis > 0,
            strong: self.strong > 0,
            apart: match self.inline {
                _ if code => Apart::Code,
                Inline::Apart => Apart::Html,
                Inline::None | Inline::Raised => Apart::No,
            },
            link: self.links.last().copied(),
        };
        if let Some(block) = &mut self.block {
            block.pieces.push(Piece {
                at: block.text.len(),
                length: text.len(),
                source,
                style,
            });
            block.text.push_str(text);
        }
    }

    /// The words of code without the backquotes, where they are written as they are.
    fn code_span(&self, text: &str, span: Span) -> Span {
        let inner = self.markdown[span.start..span.end]
            .find(text)
            .filter(|_| !text.is_empty());
        inner.map_or(span, |at| {
            Span::new(span.start + at, span.start + at + text.len())
        })
    }

    fn item(&mut self) {
        self.flush();
        if let Some(list) = self.lists.last() {
            self.prose.lists[*list].items += 1;
        }
    }

    fn list(&mut self, span: Span) {
        self.flush();
        self.lists.push(self.prose.lists.len());
        self.prose.lists.push(List {
            span: self.trimmed(span),
            items: 0,
            card: self.card(),
        });
    }

    fn quote(&mut self, kind: Option<BlockQuoteKind>, span: Span) {
        self.flush();
        let number = self.prose.cards.len();
        self.quotes.push(kind.map(|_| number));
        if let Some(kind) = kind {
            let span = self.trimmed(span);
            let first = self.markdown[span.start..span.end]
                .find(['\r', '\n'])
                .map_or(span.end, |at| span.start + at);
            self.prose.cards.push(Card {
                kind,
                span,
                head: Span::new(span.start, first),
            });
        }
    }

    fn table_head(&mut self, span: Span) {
        self.in_head = true;
        let span = self.trimmed(span);
        if let Some(table) = self.prose.tables.last_mut() {
            table.head = span;
        }
    }

    fn end_cell(&mut self) {
        let has_words = self
            .block
            .as_ref()
            .is_some_and(|block| !block.text.trim().is_empty());
        if let Some(table) = self.prose.tables.last_mut().filter(|_| self.in_head) {
            table.heads.push(has_words);
        }
        self.flush();
    }

    fn end_heading(&mut self) {
        self.flush();
        if self.card().is_none() {
            self.heading = Some(self.headings);
        }
        self.headings += 1;
    }

    fn link(&mut self, kind: LinkType, span: Span) {
        self.links.push(self.prose.links.len());
        let is_autolink = matches!(kind, LinkType::Autolink | LinkType::Email);
        self.prose.links.push(LinkText {
            text: String::new(),
            span,
            card: self.card(),
            is_autolink,
        });
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = &self.markdown[span.start..span.end];
        Span::new(
            span.start,
            span.start + text.trim_end().trim_end_matches('>').trim_end().len(),
        )
    }
}
