//! Markdown to HTML: from the parser's events to the body of a page.
//!
//! Owns the markup of everything that Markdown can say. Links and images come resolved, heading ids come from the
//! outline, care cards are shown by the theme's fragment. Nothing here decides whether something is a fault, and no
//! attribute is written that the security policy would block.

use std::borrow::Cow;
use std::sync::Arc;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html};

use super::paper::Addresses;
use super::templates::Templates;
use super::view::CareCardView;
use crate::config::{BaseUrl, RawHtml};
use crate::content::{CARD_HEADING_LEVEL, Document, is_comment, options};
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

/// Bytes of Markdown that most pages have for each event, and rather more.
const BYTES_OF_EVENT: usize = 16;

/// Renders the Markdown of a page.
///
/// # Errors
/// The findings of a fragment that could not be rendered.
pub(super) fn render(body: &Body<'_>) -> Result<String, Vec<Diagnostic>> {
    let mut writer = Writer::new(body);
    for event in Parser::new_ext(body.document.body(), options()) {
        writer.event(event);
    }
    writer.finish()
}

/// What is being gathered while something is open.
enum Frame<'e> {
    /// The page, or a quotation.
    Flow,
    /// A care card with its title so far.
    Card { kind: BlockQuoteKind, title: Option<(String, String)> },
    /// The heading of a care card, which becomes its title.
    CardHeading { id: String },
    /// The text alternative of an image.
    Image { target: Option<Arc<str>>, title: CowStr<'e> },
    /// A footnote.
    Footnote(String),
}

struct Writer<'b, 'e> {
    body: &'b Body<'b>,
    frames: Vec<(Frame<'e>, Vec<Event<'e>>)>,
    headings: usize,
    links: usize,
    images: usize,
    tables: usize,
    /// Open links: their number, and where they stand among the events of their frame.
    open_links: Vec<(usize, usize)>,
    addresses: Addresses<'b>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Names of footnotes in the order of their first reference, with how often each was referred to.
    references: Vec<(String, usize)>,
    footnotes: Vec<(String, String)>,
    faults: Vec<Diagnostic>,
}

impl<'b, 'e> Writer<'b, 'e> {
    fn new(body: &'b Body<'b>) -> Self {
        Self {
            body,
            frames: vec![(Frame::Flow, Vec::with_capacity(body.document.body().len() / BYTES_OF_EVENT))],
            headings: 0,
            links: 0,
            images: 0,
            tables: 0,
            open_links: Vec::new(),
            addresses: Addresses::new(body.base, body.url),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            references: Vec::new(),
            footnotes: Vec::new(),
            faults: Vec::new(),
        }
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

    fn open(&mut self, frame: Frame<'e>) {
        self.frames.push((frame, Vec::new()));
    }

    /// Closes what was opened last, and gives what was gathered in it.
    fn close(&mut self) -> Option<(Frame<'e>, Vec<Event<'e>>)> {
        if self.frames.len() > 1 { self.frames.pop() } else { None }
    }

    fn event(&mut self, event: Event<'e>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Html(text) | Event::InlineHtml(text) => self.raw(text),
            Event::FootnoteReference(name) => self.reference(&name),
            Event::TaskListMarker(done) => self.html(task_marker(done)),
            other => self.push(other),
        }
    }

    fn start(&mut self, tag: Tag<'e>) {
        match tag {
            Tag::Heading { level, .. } => self.heading(level as u8),
            Tag::BlockQuote(Some(kind)) => self.open(Frame::Card { kind, title: None }),
            Tag::Link { title, .. } => self.link(title),
            Tag::Image { title, .. } => self.image(title),
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

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.end_heading(level as u8),
            TagEnd::BlockQuote(Some(_)) => self.end_card(),
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

    /// HTML passes where the site allows it; where it does not, a rule has a finding, and the text is shown as text.
    fn raw(&mut self, text: CowStr<'e>) {
        match self.body.raw_html {
            RawHtml::Allowed => self.push(Event::InlineHtml(text)),
            RawHtml::Refused if is_comment(&text) => {}
            RawHtml::Refused => self.push(Event::Text(text)),
        }
    }

    fn heading(&mut self, level: u8) {
        let heading = self.body.document.outline.headings.get(self.headings);
        let id = heading.map(|heading| heading.id.clone()).unwrap_or_default();
        self.headings += 1;
        if let Some((Frame::Card { title: None, .. }, events)) = self.frames.last()
            && events.is_empty()
        {
            return self.open(Frame::CardHeading { id });
        }
        let (name, _) = heading_tags(self.level(level));
        self.html([name, &escape(&id), "\">"].concat());
    }

    fn level(&self, level: u8) -> u8 {
        let in_card = self.frames.iter().any(|(frame, _)| matches!(frame, Frame::Card { .. }));
        if in_card { CARD_HEADING_LEVEL } else { level }
    }

    fn end_heading(&mut self, level: u8) {
        if !matches!(self.frames.last(), Some((Frame::CardHeading { .. }, _))) {
            let (_, closing) = heading_tags(self.level(level));
            return self.html(closing);
        }
        if let Some((Frame::CardHeading { id }, events)) = self.close()
            && let Some((Frame::Card { title, .. }, _)) = self.frames.last_mut()
        {
            *title = Some((id, written(events)));
        }
    }

    fn end_card(&mut self) {
        let Some((Frame::Card { kind, title }, events)) = self.close() else { return };
        let (id, title) = title.unzip();
        let (kind, label) = card_words(kind);
        let view = CareCardView { kind, label, title, id, body: written(events) };
        match self.body.templates.care_card(&view) {
            Ok(card) => self.html(card),
            Err(faults) => self.faults.extend(faults),
        }
    }

    /// Its title stands where its tag will be: the tag says on paper what the text leaves out.
    fn link(&mut self, title: CowStr<'e>) {
        let at = self.frames.last().map_or(0, |(_, events)| events.len());
        self.open_links.push((self.links, at));
        self.links += 1;
        self.push(Event::InlineHtml(title));
    }

    fn end_link(&mut self) {
        let Some((number, at)) = self.open_links.pop() else { return };
        let resolved = self.body.links.links.get(number);
        let Some((_, events)) = self.frames.last_mut() else { return };
        let Some((Event::InlineHtml(title), text)) = events.get(at..).and_then(<[_]>::split_first) else { return };
        let address = resolved.and_then(|link| self.addresses.of(link, &plain(text)));
        let (opening, closing) = link_tags(resolved, title, address.as_deref());
        events[at] = Event::InlineHtml(opening.into());
        self.html(closing);
    }

    fn image(&mut self, title: CowStr<'e>) {
        let resolved = self.body.links.images.get(self.images);
        self.images += 1;
        let is_own = |link: &&ResolvedLink| matches!(link.resolution, Resolution::Asset(_));
        let target = resolved.filter(is_own).and_then(|link| link.href.clone());
        self.open(Frame::Image { target, title });
    }

    fn end_image(&mut self) {
        let Some((Frame::Image { target, title }, events)) = self.close() else { return };
        let alt = escape(&plain(&events)).into_owned();
        let Some(target) = target else { return self.html(alt) };
        let size = (self.body.size_of)(&target);
        let size = size.map_or(String::new(), |(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
        let title = attribute("title", Some(&*title).filter(|title| !title.is_empty()));
        let target = escape(&target);
        self.html(format!("<img src=\"{target}\" alt=\"{alt}\"{title}{size} loading=\"lazy\" decoding=\"async\">"));
    }

    /// A wide table scrolls in a region of its own, which the keyboard can reach and which says what it holds.
    fn table(&mut self) {
        self.tables += 1;
        let above = self.body.document.outline.headings[..self.headings].last();
        let above = above.map_or("", |heading| heading.text.as_str());
        let label = match (self.tables, above) {
            (number, "") => format!("Table {number}"),
            (number, above) => format!("Table {number}: {above}"),
        };
        let label = attribute("aria-label", Some(&label));
        self.html(format!("<div class=\"table-scroll\" role=\"region\"{label} tabindex=\"0\">\n<table>\n"));
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
        let at = self.references.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
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
            self.footnotes.push((name, written(events)));
        }
    }

    /// The footnotes that are referred to, in order, each with the ways back to its references.
    fn footnotes(&self) -> String {
        let known = |name: &str| self.footnotes.iter().find(|(other, _)| other == name);
        let mut items = String::new();
        for (at, (name, count)) in self.references.iter().enumerate() {
            let number = at + 1;
            let text = known(name).map_or("", |(_, text)| text.trim_end());
            let back: String = (1..=*count).map(|time| back_link(number, time)).collect();
            let text = match text.strip_suffix("</p>") {
                Some(text) => format!("{text}{back}</p>"),
                None => format!("{text}<p>{back}</p>"),
            };
            items += &format!("<li id=\"fn-{number}\">{text}</li>\n");
        }
        if items.is_empty() {
            return items;
        }
        format!("<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n{items}</ol>\n</section>\n")
    }

    fn finish(mut self) -> Result<String, Vec<Diagnostic>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let events = self.frames.swap_remove(0).1;
        let markdown = self.body.document.body().len();
        let mut html = String::with_capacity(markdown + markdown / 2);
        write(&mut html, events);
        html += &self.footnotes();
        Ok(html)
    }
}

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

/// The tags around the text of a link; a broken one is plain text.
fn link_tags(resolved: Option<&ResolvedLink>, title: &str, address: Option<&str>) -> (String, &'static str) {
    let Some((link, href)) = resolved.and_then(|link| Some((link, link.href.as_deref()?))) else {
        return (String::new(), "");
    };
    let title = attribute("title", Some(title).filter(|title| !title.is_empty()));
    let (href, address) = (escape(href), attribute("data-address", address));
    match link.resolution {
        Resolution::External => (
            ["<a class=\"link link--external\" href=\"", &href, "\"", &title, &address, " rel=\"noreferrer\">"]
                .concat(),
            "<span class=\"link__note visually-hidden\"> (external site)</span></a>",
        ),
        _ => (["<a href=\"", &href, "\"", &title, &address, ">"].concat(), "</a>"),
    }
}

/// An attribute with the space before it; nothing without a value.
fn attribute(name: &str, value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| [" ", name, "=\"", &escape(value), "\""].concat())
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
    let which = if time > 1 { format!(", time {time}") } else { String::new() };
    format!(
        " <a class=\"footnotes__back\" href=\"#fnref-{number}{again}\" \
         aria-label=\"Back to reference {number}{which}\">↩</a>"
    )
}

/// Sets the second and later references to one footnote apart.
fn suffix(time: usize) -> String {
    if time > 1 { format!("-{time}") } else { String::new() }
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
    let class = attribute("class", Some(format!("language-{language}")).filter(|_| !language.is_empty()).as_deref());
    format!("<pre tabindex=\"0\"><code{class}>")
}

fn written(events: Vec<Event<'_>>) -> String {
    let mut text = String::new();
    write(&mut text, events);
    text
}

fn write(html: &mut String, events: Vec<Event<'_>>) {
    html::push_html(html, events.into_iter());
}

/// The words of some events, without markup.
fn plain(events: &[Event<'_>]) -> String {
    let word = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => text.to_string(),
        Event::SoftBreak | Event::HardBreak => " ".to_owned(),
        _ => String::new(),
    };
    events.iter().map(word).collect()
}

/// Text as it stands in an attribute or between tags.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        return Cow::Borrowed(text);
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    Cow::Owned(escaped)
}
