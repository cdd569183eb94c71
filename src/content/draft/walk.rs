//! From the parser's events to a draft: the markup of everything that Markdown can say.

use std::borrow::Cow;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, InlineStr, Tag, TagEnd, html,
};

use super::{Draft, Hole, push_attribute};
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

/// From the parser's events to a draft.
pub(in crate::content) struct DraftWalk<'e> {
    raw_html: RawHtml,
    length: usize,
    frames: Vec<(Frame<'e>, Vec<Event<'e>>)>,
    headings: usize,
    links: usize,
    images: usize,
    tables: usize,
    /// Open care cards.
    cards: usize,
    /// Where the last care card began, as long as nothing stands in it: frames, and events of the
    /// last one.
    empty_card: Option<(usize, usize)>,
    /// The heading that is the title of a care card, while it is open.
    card_heading: Option<usize>,
    /// Open links: their number and title, and where they stand among the events of their frame.
    open_links: Vec<(usize, CowStr<'e>, usize)>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Names of footnotes in the order of their first reference, with how often each was referred
    /// to.
    references: Vec<(String, usize)>,
    footnotes: Vec<(String, String)>,
    /// Where a hole is written, before it is an event.
    scratch: String,
}

impl<'e> DraftWalk<'e> {
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
            scratch: String::new(),
        }
    }

    /// What all events came to.
    pub(in crate::content) fn end(mut self) -> Draft {
        let events = self.frames.swap_remove(0).1;
        let mut html = String::with_capacity(self.length + self.length / 2);
        write(&mut html, events);
        html += &self.footnotes();
        // Exactly as long, for it may wait.
        Draft(html.as_str().into())
    }

    fn push(&mut self, event: Event<'e>) {
        if let Some((_, events)) = self.frames.last_mut() {
            events.push(event);
        }
    }

    fn html(&mut self, text: impl Into<Cow<'static, str>>) {
        let text = match text.into() {
            Cow::Borrowed(text) => CowStr::Borrowed(text),
            Cow::Owned(text) => CowStr::from(text),
        };
        self.push(Event::InlineHtml(text));
    }

    /// Leaves a hole between some HTML.
    fn hole(&mut self, before: &str, hole: Hole<'_>, after: &str) {
        let text = self.with_hole(before, hole, after);
        self.push(Event::InlineHtml(text));
    }

    /// A hole between some HTML, as an event holds it: most are so short that they need no room of
    /// their own.
    fn with_hole(&mut self, before: &str, hole: Hole<'_>, after: &str) -> CowStr<'e> {
        let text = &mut self.scratch;
        text.clear();
        text.push_str(before);
        hole.write(text);
        text.push_str(after);
        InlineStr::try_from(text.as_str())
            .map_or_else(|_| CowStr::Boxed(text.as_str().into()), CowStr::Inlined)
    }

    fn open(&mut self, frame: Frame<'e>) {
        self.frames.push((frame, Vec::new()));
    }

    /// Closes what was opened last, and gives what was gathered in it.
    fn close(&mut self) -> Option<(Frame<'e>, Vec<Event<'e>>)> {
        if self.frames.len() > 1 {
            self.frames.pop()
        } else {
            None
        }
    }

    /// Where the next event will stand.
    fn place(&self) -> (usize, usize) {
        (
            self.frames.len(),
            self.frames.last().map_or(0, |(_, events)| events.len()),
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
            other => self.push(other),
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
            other => self.push(Event::Start(other)),
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(Some(_)) => {
                self.cards = self.cards.saturating_sub(1);
                self.hole("", Hole::CardEnd, "");
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
            other => self.push(Event::End(other)),
        }
    }

    /// HTML passes where the site allows it; where it does not, a rule has a finding, and the text
    /// is shown as text.
    fn raw(&mut self, text: CowStr<'e>) {
        match self.raw_html {
            RawHtml::Allowed => self.push(Event::InlineHtml(text)),
            RawHtml::Refused if is_comment(&text) => {}
            RawHtml::Refused => self.push(Event::Text(text)),
        }
    }

    fn card(&mut self, kind: BlockQuoteKind) {
        self.cards += 1;
        self.hole("", Hole::Card(kind), "");
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
        self.hole(opening, Hole::HeadingId(number), "\">");
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
            return self.hole("", Hole::CardTitle(heading), "");
        }
        let (_, closing) = heading_tags(self.level(level));
        self.html(closing);
    }

    /// The words of a link are known when it ends; until then something holds its place.
    fn link(&mut self, title: CowStr<'e>) {
        let (_, at) = self.place();
        self.open_links.push((self.links, title, at));
        self.links += 1;
        self.html("");
    }

    fn end_link(&mut self) {
        let Some((number, title, at)) = self.open_links.pop() else {
            return;
        };
        let words = plain(
            self.frames
                .last()
                .and_then(|(_, events)| events.get(at..))
                .unwrap_or_default(),
        );
        let link = self.with_hole(
            "",
            Hole::Link {
                number,
                title: &title,
                words: &words,
            },
            "",
        );
        if let Some(place) = self
            .frames
            .last_mut()
            .and_then(|(_, events)| events.get_mut(at))
        {
            *place = Event::InlineHtml(link);
        }
        self.hole("", Hole::LinkEnd, "");
    }

    fn end_image(&mut self) {
        if let Some((Frame::Image(number, title), events)) = self.close() {
            self.hole(
                "",
                Hole::Image {
                    number,
                    title: &title,
                    alt: &plain(&events),
                },
                "",
            );
        }
    }

    /// A wide table scrolls in a region of its own, which the keyboard can reach and which says
    /// what it holds.
    fn table(&mut self) {
        self.tables += 1;
        let name = Hole::TableName {
            table: self.tables,
            headings: self.headings,
        };
        let opening = "<div class=\"table-scroll\" role=\"region\" aria-label=\"";
        self.hole(opening, name, "\" tabindex=\"0\">\n<table>\n");
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
        if let Some((Frame::Footnote(name), events)) = self.close() {
            let mut text = String::new();
            write(&mut text, events);
            self.footnotes.push((name, text));
        }
    }

    /// The footnotes that are referred to, in order, each with the ways back to its references.
    fn footnotes(&self) -> String {
        let known = |name: &str| self.footnotes.iter().find(|(other, _)| other == name);
        let mut items = String::new();
        for (at, (name, count)) in self.references.iter().enumerate() {
            let number = at + 1;
            let text = known(name).map_or("", |(_, text)| text.as_str());
            let back: String = (1..=*count).map(|time| back_link(number, time)).collect();
            let text = match text.strip_suffix("</p>\n") {
                Some(text) => format!("{text}{back}</p>"),
                None => format!("{text}<p>{back}</p>"),
            };
            items += &format!("<li id=\"fn-{number}\">{text}</li>\n");
        }
        if items.is_empty() {
            return items;
        }
        format!(
            "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n{items}</ol>\n</section>\n"
        )
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
        CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
        CodeBlockKind::Indented => "",
    };
    let mut html = "<pre tabindex=\"0\"><code".to_owned();
    if !language.is_empty() {
        push_attribute(&mut html, "class", &format!("language-{language}"));
    }
    html + ">"
}

fn write(html: &mut String, events: Vec<Event<'_>>) {
    html::push_html(html, events.into_iter());
}

/// The words of some events, without markup.
fn plain(events: &[Event<'_>]) -> String {
    let mut words = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}
