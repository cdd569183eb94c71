//! The Markdown of a page as an outline: headings with their ids, links, images and HTML, each with
//! its span.
//!
//! Owns the dialect ([`options`]) and the ids of headings, so that the renderer and the link
//! checker agree on both. Spans are bytes of the Markdown, without the front matter.

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::FixedState;
use memchr::memrchr_iter;
use pulldown_cmark::{BlockQuoteKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

use crate::source::Span;

/// The level that every heading inside a care card has on the page.
pub const CARD_HEADING_LEVEL: u8 = 3;

/// Ids that the generated parts of a page use, whole or as a beginning; no heading gets one by its
/// words.
const RESERVED: [&str; 8] = [
    "our-locations",
    "pages",
    "related-",
    "group-",
    "letter-",
    "finder-",
    "fn-",
    "fnref-",
];

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its plain text.
    pub text: String,
    /// Its id on the page, unique.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it stands inside a care card.
    pub in_card: bool,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// Where the target stands; the whole link where the target stands elsewhere.
    pub span: Span,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// Its file, as written.
    pub target: String,
    /// Its text alternative.
    pub alt: String,
    /// Where the whole image stands.
    pub span: Span,
    /// Where the target stands.
    pub target_span: Span,
}

/// What the Markdown of a page holds, in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Headings.
    pub headings: Vec<Heading>,
    /// Links.
    pub links: Vec<Link>,
    /// Images.
    pub images: Vec<Image>,
    /// HTML, one span a piece.
    pub html: Vec<Span>,
}

impl Outline {
    /// Gives back the room that its lists were made with and do not need: a site holds the outline
    /// of every page.
    fn shrink(&mut self) {
        for heading in &mut self.headings {
            heading.text.shrink_to_fit();
            heading.id.shrink_to_fit();
        }
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        self.images.shrink_to_fit();
        self.html.shrink_to_fit();
    }
}

/// The dialect: CommonMark with the extensions that the documentation promises, and no others.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_GFM
}

/// Parses a Markdown text, and shows each event with its place.
pub(super) fn each_event<'m>(markdown: &'m str, mut see: impl FnMut(Event<'m>, Span)) {
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        see(event, range.into());
    }
}

/// From the parser's events to an outline.
pub(super) struct OutlineWalk<'m> {
    markdown: &'m str,
    outline: Outline,
    quotes: Vec<Option<BlockQuoteKind>>,
    heading: Option<Heading>,
    images: Vec<Image>,
}

impl<'m> OutlineWalk<'m> {
    /// Begins a text.
    pub(super) fn new(markdown: &'m str) -> Self {
        Self {
            markdown,
            outline: Outline::default(),
            quotes: Vec::new(),
            heading: None,
            images: Vec::new(),
        }
    }

    /// What all events came to.
    pub(super) fn end(self) -> Outline {
        let mut outline = self.outline;
        number_ids(&mut outline.headings);
        outline.shrink();
        outline
    }

    /// Goes on by one event.
    pub(super) fn event(&mut self, event: &Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.close(*tag),
            Event::Text(text) | Event::Code(text) => self.words(text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            Event::InlineHtml(_) => self.html(span),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::BlockQuote(kind) => self.quotes.push(*kind),
            Tag::HtmlBlock => self.html(span),
            Tag::Heading { level, id, .. } => {
                let in_card = self.quotes.iter().any(Option::is_some);
                let id = id.as_deref().map(str::to_owned).unwrap_or_default();
                let span = self.trimmed(span);
                self.heading = Some(Heading {
                    level: *level as u8,
                    text: String::new(),
                    id,
                    span,
                    in_card,
                });
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.as_ref().to_owned(),
                };
                let span = self.target_span(dest_url, span);
                self.outline.links.push(Link { target, span });
            }
            Tag::Image { dest_url, .. } => {
                let target_span = self.target_span(dest_url, span);
                self.images.push(Image {
                    target: dest_url.as_ref().to_owned(),
                    alt: String::new(),
                    span,
                    target_span,
                });
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.quotes.pop();
            }
            TagEnd::Heading(_) => self.outline.headings.extend(self.heading.take()),
            TagEnd::Image => self.outline.images.extend(self.images.pop()),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        for image in &mut self.images {
            image.alt.push_str(text);
        }
    }

    /// Records a piece of HTML; a comment is a note among editors and no content.
    fn html(&mut self, span: Span) {
        let span = self.trimmed(span);
        if !is_comment(&self.markdown[span.start..span.end]) {
            self.outline.html.push(span);
        }
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = &self.markdown[span.start..span.end];
        Span::new(span.start, span.start + text.trim_end().len())
    }

    /// The target as it stands in the text of the link, if it does.
    fn target_span(&self, target: &str, link: Span) -> Span {
        let text = &self.markdown[link.start..link.end];
        // A title may hold the target too, so the one after the bracket counts.
        let after = |open: &str| {
            let mut brackets = memrchr_iter(b']', text.as_bytes());
            let starts = |at: &usize| {
                text[*at..]
                    .strip_prefix(open)
                    .is_some_and(|rest| rest.starts_with(target))
            };
            Some(brackets.find(starts)? + open.len())
        };
        let inline = ["](", "](<"].into_iter().find_map(after);
        match inline.or_else(|| text.rfind(target)) {
            Some(at) if !target.is_empty() => {
                Span::new(link.start + at, link.start + at + target.len())
            }
            _ => self.trimmed(link),
        }
    }
}

/// Whether a piece of HTML is made of comments and nothing else.
pub(super) fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    let mut found = false;
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else {
            return false;
        };
        rest = comment[end + "-->".len()..].trim_start();
        found = true;
    }
    found && rest.is_empty()
}

/// Gives every heading its id: the one that it was written with, else its words; a number tells
/// equal ones apart.
fn number_ids(headings: &mut [Heading]) {
    let mut taken: HashSet<String, FixedState> =
        HashSet::with_capacity_and_hasher(headings.len(), FixedState::default());
    taken.extend(
        headings
            .iter()
            .filter(|heading| !heading.id.is_empty())
            .map(|heading| heading.id.clone()),
    );
    for heading in headings.iter_mut().filter(|heading| heading.id.is_empty()) {
        let words = slug(&heading.text);
        let base = if is_reserved(&words) {
            format!("on-{words}")
        } else {
            words
        };
        let mut id = base.clone();
        let mut number = 1;
        while !taken.insert(id.clone()) {
            number += 1;
            id = format!("{base}-{number}");
        }
        heading.id = id;
    }
}

/// Whether an id is one of those that the generated parts of a page have.
#[must_use]
pub fn is_reserved(id: &str) -> bool {
    RESERVED
        .iter()
        .any(|reserved| id == *reserved || (reserved.ends_with('-') && id.starts_with(reserved)))
}

/// Words as an id: lower case, with hyphens between them, in any script; `section` where there are
/// none.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut is_apart = false;
    let lower = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.to_lowercase())
    };
    for c in lower.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if !c.is_alphanumeric() {
            is_apart = true;
            continue;
        }
        if is_apart && !slug.is_empty() {
            slug.push('-');
        }
        is_apart = false;
        slug.push(c.to_ascii_lowercase());
    }
    if slug.is_empty() {
        "section".to_owned()
    } else {
        slug
    }
}

impl Heading {
    /// The level that the heading has on the page.
    #[must_use]
    pub fn level_on_page(&self) -> u8 {
        if self.in_card {
            CARD_HEADING_LEVEL
        } else {
            self.level
                .clamp(HeadingLevel::H1 as u8, HeadingLevel::H6 as u8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(markdown: &str) -> Outline {
        let mut walk = OutlineWalk::new(markdown);
        each_event(markdown, |event, span| walk.event(&event, span));
        walk.end()
    }

    #[test]
    fn headings_have_unique_ids() {
        let check = |markdown: &str, expected: &[&str]| {
            let outline = outline(markdown);
            let ids: Vec<_> = outline
                .headings
                .iter()
                .map(|heading| heading.id.as_str())
                .collect();
            assert_eq!(ids, expected, "{markdown:?}");
        };
        check(
            "## What to expect\n\n## What to *expect*\n",
            &["what-to-expect", "what-to-expect-2"],
        );
        check("## Don’t worry & rest\n", &["dont-worry-rest"]);
        check("## A {#b}\n\n## B\n", &["b", "b-2"]);
        check("## ---\n\n## 心不全\n", &["section", "心不全"]);
        check(
            "## Our locations\n\n## Related tests\n",
            &["on-our-locations", "on-related-tests"],
        );
        check("> [!WARNING]\n> ### Call\n", &["call"]);
    }

    #[test]
    fn links_and_images_have_spans() {
        let markdown =
            "See [a](x.md#y \"t\"), <https://e.org>, [r] and ![alt *b*](i.png).\n\n[r]: z.md\n";
        let outline = outline(markdown);
        let text = |span: Span| &markdown[span.start..span.end];
        let links: Vec<_> = outline
            .links
            .iter()
            .map(|link| (link.target.as_str(), text(link.span)))
            .collect();
        assert_eq!(
            links,
            [
                ("x.md#y", "x.md#y"),
                ("https://e.org", "https://e.org"),
                ("z.md", "[r]")
            ]
        );
        let image = &outline.images[0];
        assert_eq!(
            (image.alt.as_str(), text(image.target_span)),
            ("alt b", "i.png")
        );
    }

    #[test]
    fn html_is_seen_and_comments_are_not() {
        let check = |markdown: &str, expected: &[&str]| {
            let outline = outline(markdown);
            let found: Vec<_> = outline
                .html
                .iter()
                .map(|span| &markdown[span.start..span.end])
                .collect();
            assert_eq!(found, expected, "{markdown:?}");
        };
        check("a <b>c</b>\n", &["<b>", "</b>"]);
        check(
            "<div>\n<p>x</p>\n</div>\n\ntext\n",
            &["<div>\n<p>x</p>\n</div>"],
        );
        check("<!-- a note for editors -->\n\ntext\n", &[]);
    }
}
