//! The Markdown of a page as HTML, with holes for what only the linked site knows.
//!
//! Owns the markup of everything that Markdown can say, so that a page is rendered from the parse that its outline is
//! made from. Where links and images lead, and how a care card looks, is settled later: each leaves a [`Hole`]. Nothing
//! here decides whether something is a fault, and no attribute is written that the security policy would block.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use memchr::memchr;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, Tag, TagEnd, html};

use super::markdown::{CARD_HEADING_LEVEL, each_event, is_comment};
use crate::config::RawHtml;

/// Bytes of Markdown that most pages have for each event, and rather more.
const BYTES_OF_EVENT: usize = 16;

/// The HTML of a page's Markdown, up to its holes. A hole stands in it as a NUL, a letter, and its fields with a NUL behind
/// each: no text of a page has one of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(Box<str>);

/// What is missing in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hole<'d> {
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
    Link {
        /// Its number in the outline.
        number: usize,
        /// What it is titled; mostly empty.
        title: &'d str,
        /// Its words, without markup.
        words: &'d str,
    },
    /// Its end tag.
    LinkEnd,
    /// An image.
    Image {
        /// Its number in the outline.
        number: usize,
        /// What it is titled; mostly empty.
        title: &'d str,
        /// Its text alternative.
        alt: &'d str,
    },
    /// Where a care card begins.
    Card(BlockQuoteKind),
    /// Where the title of a care card ends, which stands at its beginning: its heading, by its number in the outline.
    CardTitle(usize),
    /// Where the last care card ends that began.
    CardEnd,
}

/// A piece of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'d> {
    /// Some HTML.
    Html(&'d str),
    /// Something that is missing.
    Hole(Hole<'d>),
}

impl Draft {
    /// Reads a Markdown text.
    #[must_use]
    pub fn of(markdown: &str, raw_html: RawHtml) -> Self {
        let mut walk = DraftWalk::new(markdown, raw_html);
        each_event(markdown, |event, _| walk.event(event));
        walk.end()
    }

    /// The pieces, in the order of the page.
    pub fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let mut rest = &*self.0;
        std::iter::from_fn(move || {
            if let Some(hole) = rest.strip_prefix('\0') {
                let (hole, after) = Hole::read(hole)?;
                rest = after;
                return Some(Part::Hole(hole));
            }
            let (html, after) = rest.split_at(memchr(0, rest.as_bytes()).unwrap_or(rest.len()));
            rest = after;
            (!html.is_empty()).then_some(Part::Html(html))
        })
    }

    /// How many bytes it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.len()
    }
}

/// The kinds of care cards, as holes say them.
const CARDS: [BlockQuoteKind; 5] = [
    BlockQuoteKind::Note,
    BlockQuoteKind::Tip,
    BlockQuoteKind::Important,
    BlockQuoteKind::Warning,
    BlockQuoteKind::Caution,
];

impl<'d> Hole<'d> {
    /// As it stands in a draft. Behind what is a block, a line ends.
    fn written(self) -> String {
        let number = |number: usize| number.to_string();
        match self {
            Self::HeadingId(heading) => ["\0h", &number(heading), "\0"].concat(),
            Self::TableName { table, headings } => ["\0t", &number(table), "\0", &number(headings), "\0"].concat(),
            Self::Link { number: link, title, words } => {
                ["\0l", &number(link), "\0", title, "\0", words, "\0"].concat()
            }
            Self::LinkEnd => "\0e".to_owned(),
            Self::Image { number: image, title, alt } => ["\0i", &number(image), "\0", title, "\0", alt, "\0"].concat(),
            Self::Card(kind) => {
                ["\0c", &number(CARDS.iter().position(|one| *one == kind).unwrap_or_default()), "\0\n"].concat()
            }
            Self::CardTitle(heading) => ["\0s", &number(heading), "\0\n"].concat(),
            Self::CardEnd => "\0x\n".to_owned(),
        }
    }

    /// Reads a hole behind its first NUL, and gives what follows.
    fn read(text: &'d str) -> Option<(Self, &'d str)> {
        let mut rest = text.get(1..)?;
        let mut field = || {
            let (field, after) = rest.split_once('\0')?;
            rest = after;
            Some(field)
        };
        let hole = match text.as_bytes().first()? {
            b'h' => Self::HeadingId(field()?.parse().ok()?),
            b't' => Self::TableName { table: field()?.parse().ok()?, headings: field()?.parse().ok()? },
            b'l' => Self::Link { number: field()?.parse().ok()?, title: field()?, words: field()? },
            b'e' => Self::LinkEnd,
            b'i' => Self::Image { number: field()?.parse().ok()?, title: field()?, alt: field()? },
            b'c' => Self::Card(*CARDS.get(field()?.parse::<usize>().ok()?)?),
            b's' => Self::CardTitle(field()?.parse().ok()?),
            _ => Self::CardEnd,
        };
        let is_block = matches!(hole, Self::Card(_) | Self::CardTitle(_) | Self::CardEnd);
        Some((hole, if is_block { rest.strip_prefix('\n')? } else { rest }))
    }
}

/// Drafts that wait until their pages are rendered: as many as there is room for, for a large site may have more of them
/// than memory should hold. The others are made again.
#[derive(Debug)]
pub struct Room(AtomicUsize);

impl Default for Room {
    fn default() -> Self {
        Self(AtomicUsize::new(ROOM))
    }
}

/// Bytes of HTML that wait.
const ROOM: usize = 44 * 1024 * 1024;

impl Room {
    fn take(&self, bytes: usize) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(bytes)).is_ok()
    }
}

/// A draft that may be there, and is taken once.
#[derive(Debug, Default)]
pub(super) struct Waiting(Mutex<Option<Draft>>);

impl Waiting {
    /// Keeps a draft, where there is room for it.
    pub(super) fn new(draft: Draft, room: &Room) -> Self {
        Self(Mutex::new(room.take(draft.length()).then_some(draft)))
    }

    /// Takes the draft, if it is still there.
    pub(super) fn take(&self) -> Option<Draft> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Clone for Waiting {
    /// The draft waits in one place.
    fn clone(&self) -> Self {
        Self::default()
    }
}

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
pub(super) struct DraftWalk<'e> {
    raw_html: RawHtml,
    length: usize,
    frames: Vec<(Frame<'e>, Vec<Event<'e>>)>,
    headings: usize,
    links: usize,
    images: usize,
    tables: usize,
    /// Open care cards.
    cards: usize,
    /// Where the last care card began, as long as nothing stands in it: frames, and events of the last one.
    empty_card: Option<(usize, usize)>,
    /// The heading that is the title of a care card, while it is open.
    card_heading: Option<usize>,
    /// Open links: their number and title, and where they stand among the events of their frame.
    open_links: Vec<(usize, CowStr<'e>, usize)>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    /// Names of footnotes in the order of their first reference, with how often each was referred to.
    references: Vec<(String, usize)>,
    footnotes: Vec<(String, String)>,
}

impl<'e> DraftWalk<'e> {
    /// Begins a text.
    pub(super) fn new(markdown: &'e str, raw_html: RawHtml) -> Self {
        Self {
            raw_html,
            length: markdown.len(),
            frames: vec![(Frame::Flow, Vec::with_capacity(markdown.len() / BYTES_OF_EVENT))],
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

    /// What all events came to.
    pub(super) fn end(mut self) -> Draft {
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

    fn hole(&mut self, hole: Hole<'_>) {
        self.html(hole.written());
    }

    fn open(&mut self, frame: Frame<'e>) {
        self.frames.push((frame, Vec::new()));
    }

    /// Closes what was opened last, and gives what was gathered in it.
    fn close(&mut self) -> Option<(Frame<'e>, Vec<Event<'e>>)> {
        if self.frames.len() > 1 { self.frames.pop() } else { None }
    }

    /// Where the next event will stand.
    fn place(&self) -> (usize, usize) {
        (self.frames.len(), self.frames.last().map_or(0, |(_, events)| events.len()))
    }

    /// Goes on by one event.
    pub(super) fn event(&mut self, event: Event<'e>) {
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
                self.hole(Hole::CardEnd);
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

    /// HTML passes where the site allows it; where it does not, a rule has a finding, and the text is shown as text.
    fn raw(&mut self, text: CowStr<'e>) {
        match self.raw_html {
            RawHtml::Allowed => self.push(Event::InlineHtml(text)),
            RawHtml::Refused if is_comment(&text) => {}
            RawHtml::Refused => self.push(Event::Text(text)),
        }
    }

    fn card(&mut self, kind: BlockQuoteKind) {
        self.cards += 1;
        self.hole(Hole::Card(kind));
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
        self.html([opening, &Hole::HeadingId(number).written(), "\">"].concat());
    }

    fn level(&self, level: u8) -> u8 {
        if self.cards > 0 { CARD_HEADING_LEVEL } else { level }
    }

    fn end_heading(&mut self, level: u8) {
        if let Some(heading) = self.card_heading.take() {
            return self.hole(Hole::CardTitle(heading));
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
        let Some((number, title, at)) = self.open_links.pop() else { return };
        let Some((_, events)) = self.frames.last_mut() else { return };
        let words = plain(events.get(at..).unwrap_or_default());
        if let Some(place) = events.get_mut(at) {
            *place = Event::InlineHtml(Hole::Link { number, title: &title, words: &words }.written().into());
        }
        self.hole(Hole::LinkEnd);
    }

    fn end_image(&mut self) {
        if let Some((Frame::Image(number, title), events)) = self.close() {
            self.hole(Hole::Image { number, title: &title, alt: &plain(&events) });
        }
    }

    /// A wide table scrolls in a region of its own, which the keyboard can reach and which says what it holds.
    fn table(&mut self) {
        self.tables += 1;
        let name = Hole::TableName { table: self.tables, headings: self.headings };
        let opening = "<div class=\"table-scroll\" role=\"region\" aria-label=\"";
        self.html([opening, &name.written(), "\" tabindex=\"0\">\n<table>\n"].concat());
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
    let class = if language.is_empty() { String::new() } else { attribute("class", &format!("language-{language}")) };
    format!("<pre tabindex=\"0\"><code{class}>")
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

/// An attribute with the space before it.
#[must_use]
pub fn attribute(name: &str, value: &str) -> String {
    [" ", name, "=\"", &escape(value), "\""].concat()
}

/// Text as it stands in an attribute or between tags.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        return Cow::Borrowed(text);
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A draft with its holes in braces.
    fn shown(markdown: &str) -> String {
        let draft = Draft::of(markdown, RawHtml::Refused);
        let part = |part: Part<'_>| match part {
            Part::Html(html) => html.to_owned(),
            Part::Hole(hole) => format!("{{{hole:?}}}"),
        };
        draft.parts().map(part).collect()
    }

    #[test]
    fn what_only_the_site_knows_is_left_open() {
        let check = |markdown: &str, expected: &str| assert_eq!(shown(markdown), expected, "{markdown:?}");
        check("## A *b*\n", "<h2 id=\"{HeadingId(0)}\">A <em>b</em></h2>\n");
        check(
            "[a *b*](x.md \"t\") c",
            "<p>{Link { number: 0, title: \"t\", words: \"a b\" }}a <em>b</em>{LinkEnd} c</p>\n",
        );
        check("![a *b*](x.png)", "<p>{Image { number: 0, title: \"\", alt: \"a b\" }}</p>\n");
        check(
            "[![a](x.png) b](y.md)",
            "<p>{Link { number: 0, title: \"\", words: \" b\" }}{Image { number: 0, title: \"\", alt: \"a\" }} b{LinkEnd}</p>\n",
        );
        check("> [!TIP]\n> ### A\n>\n> b\n", "{Card(Tip)}A{CardTitle(0)}<p>b</p>\n{CardEnd}");
        check("> [!TIP]\n> b\n>\n> ## A\n", "{Card(Tip)}<p>b</p>\n<h3 id=\"{HeadingId(0)}\">A</h3>\n{CardEnd}");
        check("> b\n", "<blockquote>\n<p>b</p>\n</blockquote>\n");
        check("a <b>c</b>\n", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    }

    #[test]
    fn drafts_wait_while_there_is_room() {
        let draft = Draft::of("12345", RawHtml::Refused);
        let room = Room(AtomicUsize::new(draft.length() * 2 + 1));
        let waiting: Vec<_> = (0..3).map(|_| Waiting::new(draft.clone(), &room)).collect();
        let taken: Vec<_> = waiting.iter().map(Waiting::take).collect();
        assert_eq!(taken, [Some(draft.clone()), Some(draft), None]);
        assert!(waiting.iter().all(|waiting| waiting.take().is_none()), "a draft is taken twice");
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
        "<b>",
        "<!-- c -->",
        "&#0;",
        "\\",
        "é",
        "- [x] ",
    ];

    proptest! {
        #[test]
        fn the_parts_are_the_whole(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..16)) {
            let draft = Draft::of(&pieces.concat(), RawHtml::Allowed);
            let written = |part: Part<'_>| match part {
                Part::Html(html) => html.to_owned(),
                Part::Hole(hole) => hole.written(),
            };
            prop_assert_eq!(&*draft.parts().map(written).collect::<String>(), &*draft.0);
        }
    }
}
