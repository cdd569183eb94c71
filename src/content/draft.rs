//! The Markdown of a page as HTML, with holes for what only the linked site knows.
//!
//! Owns the markup of everything that Markdown can say, so that a page is rendered from the parse
//! that its outline is made from. Where links and images lead, and how a care card looks, is
//! settled later: each leaves a [`Hole`]. Nothing here decides whether something is a fault, and no
//! attribute is written that the security policy would block.

mod text;
mod walk;

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use memchr::memchr;
use pulldown_cmark::BlockQuoteKind;

use super::markdown::each_event;
use crate::config::RawHtml;

pub(super) use walk::DraftWalk;

/// The HTML of a page's Markdown, up to its holes. A hole stands in it as a NUL, a letter, and its
/// fields with a NUL behind each: no text of a page has one of its own.
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
    /// Where the title of a care card ends, which stands at its beginning: its heading, by its
    /// number in the outline.
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
                let read = Hole::read(hole);
                rest = read.map_or("", |(_, after)| after);
                // No walk writes what is no hole; should one ever, its text is shown and not lost.
                return Some(read.map_or(Part::Html(hole), |(hole, _)| Part::Hole(hole)));
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
    /// Writes it as it stands in a draft. Behind what is a block, a line ends.
    fn write(self, draft: &mut String) {
        let mut put = |letter: char, numbers: &[usize], texts: &[&str], end: &str| {
            draft.push('\0');
            draft.push(letter);
            let mut field = |text: &str| {
                draft.push_str(text);
                draft.push('\0');
            };
            for number in numbers {
                field(itoa::Buffer::new().format(*number));
            }
            for text in texts {
                field(text);
            }
            draft.push_str(end);
        };
        match self {
            Self::HeadingId(heading) => put('h', &[heading], &[], ""),
            Self::TableName { table, headings } => put('t', &[table, headings], &[], ""),
            Self::Link {
                number,
                title,
                words,
            } => put('l', &[number], &[title, words], ""),
            Self::LinkEnd => put('e', &[], &[], ""),
            Self::Image { number, title, alt } => put('i', &[number], &[title, alt], ""),
            Self::Card(kind) => {
                put(
                    'c',
                    &[CARDS
                        .iter()
                        .position(|one| *one == kind)
                        .unwrap_or_default()],
                    &[],
                    "\n",
                );
            }
            Self::CardTitle(heading) => put('s', &[heading], &[], "\n"),
            Self::CardEnd => put('x', &[], &[], "\n"),
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
            b't' => Self::TableName {
                table: field()?.parse().ok()?,
                headings: field()?.parse().ok()?,
            },
            b'l' => Self::Link {
                number: field()?.parse().ok()?,
                title: field()?,
                words: field()?,
            },
            b'e' => Self::LinkEnd,
            b'i' => Self::Image {
                number: field()?.parse().ok()?,
                title: field()?,
                alt: field()?,
            },
            b'c' => Self::Card(*CARDS.get(field()?.parse::<usize>().ok()?)?),
            b's' => Self::CardTitle(field()?.parse().ok()?),
            b'x' => Self::CardEnd,
            _ => return None,
        };
        let is_block = matches!(hole, Self::Card(_) | Self::CardTitle(_) | Self::CardEnd);
        Some((
            hole,
            if is_block {
                rest.strip_prefix('\n').unwrap_or(rest)
            } else {
                rest
            },
        ))
    }
}

/// Room for drafts that wait until their pages are rendered. A large site has more of them than
/// memory should hold, and much else: the more pages, the less room. Drafts that find none are made
/// again.
#[derive(Debug)]
pub struct Room(AtomicUsize);

/// Bytes of HTML that may wait, and by how much fewer for each page of the site.
const MOST: usize = 74 * 1024 * 1024;
const LESS_FOR_PAGE: usize = 1024;

/// Bytes among them for drafts that are made when all pages are read: few wait so, and not for
/// long.
const LATE: usize = 8 * 1024 * 1024;

impl Room {
    /// The room of a site with so many pages.
    #[must_use]
    pub fn of(pages: usize) -> Self {
        Self(AtomicUsize::new(
            MOST.saturating_sub(pages.saturating_mul(LESS_FOR_PAGE))
                .max(LATE),
        ))
    }

    /// The draft, where there is room for it and so many bytes are left.
    fn keep(&self, draft: Draft, rest: usize) -> Option<Draft> {
        let left = |room: usize| {
            room.checked_sub(draft.length())
                .filter(|left| *left >= rest)
        };
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, left)
            .is_ok()
            .then_some(draft)
    }

    /// Gives back the room of a draft.
    fn give_back(&self, draft: &Draft) {
        self.0.fetch_add(draft.length(), Ordering::Relaxed);
    }
}

/// A draft that may be there, and is taken once.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    draft: Mutex<Option<Draft>>,
    /// Where it has its room; none where no draft waits, now or later.
    room: Option<Arc<Room>>,
}

impl Waiting {
    /// Keeps the draft of a page that is read, where there is room for it.
    pub(super) fn new(draft: Draft, room: &Arc<Room>) -> Self {
        Self {
            draft: Mutex::new(room.keep(draft, LATE)),
            room: Some(room.clone()),
        }
    }

    /// Takes the draft, if it is still there.
    pub(super) fn take(&self) -> Option<Draft> {
        let draft = self.draft().take()?;
        if let Some(room) = &self.room {
            room.give_back(&draft);
        }
        Some(draft)
    }

    /// Shows the draft, or another that is made now and waits too, where there is room for it.
    pub(super) fn show(&self, make: impl FnOnce() -> Draft, see: impl FnOnce(&Draft)) {
        let mut draft = self.draft();
        if let Some(draft) = &*draft {
            return see(draft);
        }
        let made = make();
        see(&made);
        *draft = self.room.as_ref().and_then(|room| room.keep(made, 0));
    }

    fn draft(&self) -> MutexGuard<'_, Option<Draft>> {
        self.draft.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Waiting {
    /// The draft waits in one place.
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
        let check =
            |markdown: &str, expected: &str| assert_eq!(shown(markdown), expected, "{markdown:?}");
        check(
            "## A *b*\n",
            "<h2 id=\"{HeadingId(0)}\">A <em>b</em></h2>\n",
        );
        check(
            "[a *b*](x.md \"t\") c",
            "<p>{Link { number: 0, title: \"t\", words: \"a b\" }}a <em>b</em>{LinkEnd} c</p>\n",
        );
        check(
            "![a *b*](x.png)",
            "<p>{Image { number: 0, title: \"\", alt: \"a b\" }}</p>\n",
        );
        check(
            "[![a](x.png) b](y.md)",
            "<p>{Link { number: 0, title: \"\", words: \" b\" }}{Image { number: 0, title: \"\", alt: \"a\" }} b{LinkEnd}</p>\n",
        );
        check(
            "> [!TIP]\n> ### A\n>\n> b\n",
            "{Card(Tip)}A{CardTitle(0)}<p>b</p>\n{CardEnd}",
        );
        check(
            "> [!TIP]\n> b\n>\n> ## A\n",
            "{Card(Tip)}<p>b</p>\n<h3 id=\"{HeadingId(0)}\">A</h3>\n{CardEnd}",
        );
        check(
            "a[^1]\n\n[^1]: f\n\n    > [!TIP]\n    > b\n\nc\n",
            "<p>a<sup class=\"footnote-ref\"><a id=\"fnref-1\" href=\"#fn-1\" aria-label=\"Footnote 1\">1</a></sup></p>\n\
             <p>c</p>\n\
             <section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn-1\"><p>f</p>\n\
             {Card(Tip)}<p>b</p>\n{CardEnd}\
             <p> <a class=\"footnotes__back\" href=\"#fnref-1\" aria-label=\"Back to reference 1\">↩</a></p></li>\n\
             </ol>\n</section>\n",
        );
        check("> b\n", "<blockquote>\n<p>b</p>\n</blockquote>\n");
        check("a <b>c</b>\n", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    }

    #[test]
    fn what_is_no_hole_is_shown() {
        for text in ["\0?a <b>", "\0h", "\0c9\0a"] {
            let draft = Draft(text.into());
            assert_eq!(
                draft.parts().collect::<Vec<_>>(),
                [Part::Html(&text[1..])],
                "{text:?}"
            );
        }
    }

    #[test]
    fn drafts_wait_while_there_is_room() {
        let draft = Draft::of("12345", RawHtml::Refused);
        let room = Arc::new(Room(AtomicUsize::new(LATE + draft.length() * 2 + 1)));
        let waiting: Vec<_> = (0..3).map(|_| Waiting::new(draft.clone(), &room)).collect();
        let (kept, late) = (Some(draft.clone()), waiting.last().expect("three"));
        let made_anew = |waiting: &Waiting| {
            let mut is_made = false;
            let make = || {
                is_made = true;
                draft.clone()
            };
            waiting.show(make, |shown| assert_eq!(*shown, draft));
            is_made
        };
        assert_eq!(
            waiting.iter().map(made_anew).collect::<Vec<_>>(),
            [false, false, true]
        );
        assert!(!made_anew(late), "what is made late does not wait");
        assert_eq!(
            waiting.iter().map(Waiting::take).collect::<Vec<_>>(),
            [kept.clone(), kept.clone(), kept]
        );
        assert!(
            waiting.iter().all(|waiting| waiting.take().is_none()),
            "a draft is taken twice"
        );
        assert_eq!(
            room.0.load(Ordering::Relaxed),
            LATE + draft.length() * 2 + 1,
            "room is lost"
        );
        let full = Waiting::new(draft.clone(), &Arc::new(Room(AtomicUsize::new(0))));
        assert!(
            made_anew(&full) && made_anew(&full),
            "a draft waits where there is no room"
        );
        let unread = Waiting::default();
        assert!(
            made_anew(&unread) && unread.take().is_none(),
            "a draft waits that has no room"
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
        fn the_parts_are_the_whole(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..16)) {
            let draft = Draft::of(&pieces.concat(), RawHtml::Allowed);
            let mut whole = String::new();
            draft.parts().for_each(|part| match part {
                Part::Html(html) => whole.push_str(html),
                Part::Hole(hole) => hole.write(&mut whole),
            });
            prop_assert_eq!(&*whole, &*draft.0);
        }
    }
}
