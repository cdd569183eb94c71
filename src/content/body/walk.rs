//! From the parser's events to a body: the markup of everything that Markdown can say.
//!
//! Events are gathered and then written by the library's own writer. What it does not know (our own
//! markup, and slots) stands between its events as an [`Item`]; where each ends up in the HTML is
//! noted while it is written.

use std::borrow::Cow;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::write::{Fragment, Item};
use super::{Body, SlotKind, push_attribute};
use crate::config::RawHtml;
use crate::content::markdown::{CARD_HEADING_LEVEL, is_comment};

/// Bytes of Markdown that most pages have for each event, and rather more.
const BYTES_OF_EVENT: usize = 16;

/// What is being gathered while something is open.
enum Frame<'e> {
    /// The page.
    Flow,
    /// The text alternative of an image, with its number and title.
    Image(usize, CowStr<'e>),
    /// A footnote.
    Footnote(String),
}

/// From the parser's events to a body.
pub(in crate::content) struct BodyWalk<'e> {
    raw_html: RawHtml,
    length: usize,
    frames: Vec<(Frame<'e>, Vec<Item<'e>>)>,
    headings: usize,
    links: usize,
    images: usize,
    tables: usize,
    /// Open care cards.
    cards: usize,
    /// Where the last care card began, as long as nothing stands in it: frames, and items of the
    /// last one.
    empty_card: Option<(usize, usize)>,
    /// The heading that is the title of a care card, while it is open.
    card_heading: Option<usize>,
    /// Open links: their number and title, and where they stand among the items of their frame.
    open_links: Vec<(usize, CowStr<'e>, usize)>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Names of footnotes in the order of their first reference, with how often each was referred
    /// to.
    references: Vec<(String, usize)>,
    footnotes: Vec<(String, Fragment)>,
}

impl<'e> BodyWalk<'e> {
    /// Begins a text.
    pub(in crate::content) fn new(markdown: &'e str, raw_html: RawHtml) -> Self {
        Self {
            raw_html,
            length: markdown.len(),
            frames: vec![(
                Frame::Flow,
                Vec::with_capacity(markdown.len() / BYTES_OF_EVENT),
            )],
            headings: 0,
            links: 0,
            images: 0,
            tables: 0,
            cards: 0,
            empty_card: None,
            card_heading: None,
            open_links: Vec::new(),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            references: Vec::new(),
            footnotes: Vec::new(),
        }
    }

    /// The body of all events.
    pub(in crate::content) fn end(mut self) -> Body {
        let items = self.frames.swap_remove(0).1;
        let mut body = Fragment::with_room(self.length + self.length / 2);
        body.write(items);
        self.add_footnotes(&mut body);
        body.into_body()
    }

    fn push(&mut self, item: Item<'e>) {
        if let Some((_, items)) = self.frames.last_mut() {
            items.push(item);
        }
    }

    /// Adds markup around which words end.
    fn html(&mut self, html: impl Into<Cow<'static, str>>) {
        self.push(Item::Markup(html.into()));
    }

    fn slot(&mut self, slot: SlotKind) {
        self.push(Item::Slot(slot));
    }

    fn open(&mut self, frame: Frame<'e>) {
        self.frames.push((frame, Vec::new()));
    }

    /// Closes what was opened last, and gives what was gathered in it.
    fn close(&mut self) -> Option<(Frame<'e>, Vec<Item<'e>>)> {
        if self.frames.len() > 1 {
            self.frames.pop()
        } else {
            None
        }
    }

    /// Where the next item will stand.
    fn place(&self) -> (usize, usize) {
        (
            self.frames.len(),
            self.frames.last().map_or(0, |(_, items)| items.len()),
        )
    }

    /// Goes on by one event.
    pub(in crate::content) fn event(&mut self, event: Event<'e>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end_tag(tag),
            Event::Html(text) | Event::InlineHtml(text) => self.raw(text),
            Event::FootnoteReference(name) => self.reference(&name),
            Event::TaskListMarker(done) => self.html(task_marker(done)),
            other => self.push(Item::Event(other)),
        }
    }

    fn start(&mut self, tag: Tag<'e>) {
        match tag {
            Tag::Heading { level, .. } => self.heading(level as u8),
            Tag::BlockQuote(Some(kind)) => self.card(kind),
            Tag::Link { title, .. } => self.link(title),
            Tag::Image { title, .. } => {
                self.open(Frame::Image(self.images, title));
                self.images += 1;
            }
            Tag::FootnoteDefinition(name) => self.open(Frame::Footnote(name.to_string())),
            Tag::CodeBlock(kind) => self.html(code_block(&kind)),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.table();
            }
            Tag::TableHead => self.row(true),
            Tag::TableRow => self.row(false),
            Tag::TableCell => self.cell(),
            Tag::HtmlBlock => {}
            other => self.push(Item::Event(Event::Start(other))),
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(Some(_)) => {
                self.cards = self.cards.saturating_sub(1);
                self.slot(SlotKind::CardEnd);
            }
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::CodeBlock => self.html("</code></pre>\n"),
            TagEnd::Table => self.html("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => self.html("</tr>\n</thead>\n<tbody>\n"),
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.html(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::HtmlBlock => {}
            other => self.push(Item::Event(Event::End(other))),
        }
    }

    /// HTML passes where the site allows it; where it does not, a rule has a finding, and the text
    /// is shown as text.
    fn raw(&mut self, text: CowStr<'e>) {
        match self.raw_html {
            RawHtml::Allowed => self.push(Item::Event(Event::InlineHtml(text))),
            RawHtml::Refused if is_comment(&text) => {}
            RawHtml::Refused => self.push(Item::Event(Event::Text(text))),
        }
    }

    fn card(&mut self, kind: BlockQuoteKind) {
        self.cards += 1;
        self.slot(SlotKind::CardStart(kind));
        self.empty_card = Some(self.place());
    }

    /// The heading that a care card begins with is its title.
    fn heading(&mut self, level: u8) {
        let number = self.headings;
        self.headings += 1;
        if self.cards > 0 && self.empty_card == Some(self.place()) {
            self.card_heading = Some(number);
            return;
        }
        let (opening, _) = heading_tags(self.level(level));
        self.html(opening);
        self.slot(SlotKind::HeadingId(number));
        self.html("\">");
    }

    fn level(&self, level: u8) -> u8 {
        if self.cards > 0 {
            CARD_HEADING_LEVEL
        } else {
            level
        }
    }

    fn end_heading(&mut self, level: u8) {
        if let Some(heading) = self.card_heading.take() {
            return self.slot(SlotKind::CardTitle(heading));
        }
        let (_, closing) = heading_tags(self.level(level));
        self.html(closing);
    }

    /// The words of a link are known when it ends; until then something holds its place.
    fn link(&mut self, title: CowStr<'e>) {
        let (_, at) = self.place();
        self.open_links.push((self.links, title, at));
        self.links += 1;
        self.slot(SlotKind::LinkEnd);
    }

    fn end_link(&mut self) {
        let Some((number, title, at)) = self.open_links.pop() else {
            return;
        };
        let (_, items) = self.frames.last_mut().expect("the page is a frame");
        let words = plain(
            items
                .get(at..)
                .expect("a link ends in the frame that it began in"),
        );
        let (title, words) = (title.as_ref().into(), words.into());
        items[at] = Item::Slot(SlotKind::LinkStart {
            number,
            title,
            words,
        });
        self.slot(SlotKind::LinkEnd);
    }

    fn end_image(&mut self) {
        if let Some((Frame::Image(number, title), items)) = self.close() {
            let (title, alt) = (title.as_ref().into(), plain(&items).into());
            self.slot(SlotKind::Image { number, title, alt });
        }
    }

    /// A wide table scrolls in a region of its own, which the keyboard can reach and which says
    /// what it holds.
    fn table(&mut self) {
        self.tables += 1;
        self.html("<div class=\"table-scroll\" role=\"region\" aria-label=\"");
        self.slot(SlotKind::TableName {
            table: self.tables,
            headings: self.headings,
        });
        self.html("\" tabindex=\"0\">\n<table>\n");
    }

    fn row(&mut self, is_head: bool) {
        self.in_head = is_head;
        self.cell = 0;
        self.html(if is_head { "<thead>\n<tr>" } else { "<tr>" });
    }

    fn cell(&mut self) {
        let opening = match (self.in_head, self.alignments.get(self.cell)) {
            (true, Some(Alignment::Center)) => "<th scope=\"col\" class=\"align-center\">",
            (true, Some(Alignment::Right)) => "<th scope=\"col\" class=\"align-end\">",
            (true, _) => "<th scope=\"col\">",
            (false, Some(Alignment::Center)) => "<td class=\"align-center\">",
            (false, Some(Alignment::Right)) => "<td class=\"align-end\">",
            (false, _) => "<td>",
        };
        self.cell += 1;
        self.html(opening);
    }

    fn reference(&mut self, name: &str) {
        let at = self
            .references
            .iter()
            .position(|(known, _)| known == name)
            .unwrap_or_else(|| {
                self.references.push((name.to_owned(), 0));
                self.references.len() - 1
            });
        self.references[at].1 += 1;
        let (number, again) = (at + 1, suffix(self.references[at].1));
        self.html(format!(
            "<sup class=\"footnote-ref\"><a id=\"fnref-{number}{again}\" href=\"#fn-{number}\" \
             aria-label=\"Footnote {number}\">{number}</a></sup>"
        ));
    }

    fn end_footnote(&mut self) {
        if let Some((Frame::Footnote(name), items)) = self.close() {
            let mut text = Fragment::default();
            text.write(items);
            self.footnotes.push((name, text));
        }
    }

    /// Adds the footnotes that are referred to, in order, each with the ways back to its
    /// references.
    fn add_footnotes(&mut self, body: &mut Fragment) {
        if self.references.is_empty() {
            return;
        }
        body.html
            .push_str("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n");
        for (number, (name, count)) in (1..).zip(&self.references) {
            body.html.push_str(&format!("<li id=\"fn-{number}\">"));
            let known = self.footnotes.iter().find(|(other, _)| other == name);
            let mut opening = "<p>";
            if let Some((_, text)) = known {
                body.append(text);
                if text.ends_in_paragraph() {
                    body.html.truncate(body.html.len() - "</p>\n".len());
                    opening = "";
                }
            }
            body.html.push_str(opening);
            (1..=*count).for_each(|time| body.html.push_str(&back_link(number, time)));
            body.html.push_str("</p></li>\n");
        }
        body.html.push_str("</ol>\n</section>\n");
    }
}

/// The tags around the words of a heading, the first one up to its id.
fn heading_tags(level: u8) -> (&'static str, &'static str) {
    match level {
        1 => ("<h1 id=\"", "</h1>\n"),
        2 => ("<h2 id=\"", "</h2>\n"),
        3 => ("<h3 id=\"", "</h3>\n"),
        4 => ("<h4 id=\"", "</h4>\n"),
        5 => ("<h5 id=\"", "</h5>\n"),
        _ => ("<h6 id=\"", "</h6>\n"),
    }
}

fn back_link(number: usize, time: usize) -> String {
    let again = suffix(time);
    let which = if time > 1 {
        format!(", time {time}")
    } else {
        String::new()
    };
    format!(
        " <a class=\"footnotes__back\" href=\"#fnref-{number}{again}\" \
         aria-label=\"Back to reference {number}{which}\">↩</a>"
    )
}

/// Sets the second and later references to one footnote apart.
fn suffix(time: usize) -> String {
    if time > 1 {
        format!("-{time}")
    } else {
        String::new()
    }
}

fn task_marker(done: bool) -> &'static str {
    if done {
        "<input type=\"checkbox\" disabled checked aria-label=\"Done\"> "
    } else {
        "<input type=\"checkbox\" disabled aria-label=\"To do\"> "
    }
}

/// Code scrolls when it is wide, so the keyboard must reach it.
fn code_block(kind: &CodeBlockKind<'_>) -> String {
    let language = match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().expect("a split has a part"),
        CodeBlockKind::Indented => "",
    };
    let mut html = "<pre tabindex=\"0\"><code".to_owned();
    if !language.is_empty() {
        push_attribute(&mut html, "class", &format!("language-{language}"));
    }
    html + ">"
}

/// The words of some items, without markup.
fn plain(items: &[Item<'_>]) -> String {
    let mut words = String::new();
    for item in items {
        match item {
            Item::Event(Event::Text(text) | Event::Code(text)) => words.push_str(text),
            Item::Event(Event::SoftBreak | Event::HardBreak) => words.push(' '),
            _ => {}
        }
    }
    words
}
