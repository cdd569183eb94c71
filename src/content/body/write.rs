//! Writing items as HTML, and noting where slots and words end up in it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use pulldown_cmark::{Event, TagEnd, html};

use super::text::RawText;
use super::{Body, Slot, SlotKind, TextRun};

/// What stands in a body, before it is written.
#[derive(Debug)]
pub(super) enum Item<'e> {
    /// What the library writes.
    Event(Event<'e>),
    /// Markup of our own, around which words end.
    Markup(Cow<'static, str>),
    /// Something that is filled when the page is rendered.
    Slot(SlotKind),
}

/// A body, or a part of one, that is being written.
#[derive(Debug, Default)]
pub(super) struct Fragment {
    pub(super) html: String,
    slots: Vec<Slot>,
    text: Vec<TextRun>,
}

impl Fragment {
    /// A fragment that will have so many bytes of HTML, or fewer.
    pub(super) fn with_room(bytes: usize) -> Self {
        Self {
            html: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Writes items.
    pub(super) fn write(&mut self, items: Vec<Item<'_>>) {
        let output = Output {
            html: RefCell::new(std::mem::take(&mut self.html)),
            is_placeholder: Cell::new(false),
        };
        let mut notes = Notes {
            output: &output,
            fragment: self,
            raw: RawText::default(),
            open: None,
            divides: true,
        };
        let events = items.into_iter().map(|item| notes.next(item));
        html::write_html_fmt(&output, events).expect("writing to a string does not fail");
        notes.end_words();
        self.html = output.html.into_inner();
    }

    /// Adds another fragment at the end.
    pub(super) fn append(&mut self, other: &Self) {
        let base = self.html.len();
        self.html.push_str(&other.html);
        let slots = other.slots.iter().map(|slot| Slot {
            at: slot.at + base,
            kind: slot.kind.clone(),
        });
        self.slots.extend(slots);
        let runs = other.text.iter().map(|run| TextRun {
            start: run.start + base,
            end: run.end + base,
            ..*run
        });
        self.text.extend(runs);
    }

    /// Whether a paragraph is the last thing in it.
    pub(super) fn ends_in_paragraph(&self) -> bool {
        let has_slot = self
            .slots
            .last()
            .is_some_and(|slot| slot.at == self.html.len());
        self.html.ends_with("</p>\n") && !has_slot
    }

    /// The body, exactly as large as it is: it is held for a while.
    pub(super) fn into_body(self) -> Body {
        Body {
            html: self.html.as_str().into(),
            slots: self.slots.into(),
            text: self.text.into(),
        }
    }
}

/// Where the library writes.
struct Output {
    html: RefCell<String>,
    /// Whether what comes next holds the place of a slot, and is not written.
    is_placeholder: Cell<bool>,
}

impl Output {
    fn length(&self) -> usize {
        self.html.borrow().len()
    }
}

impl fmt::Write for &Output {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if !self.is_placeholder.take() {
            self.html.borrow_mut().push_str(text);
        }
        Ok(())
    }
}

/// Notes where things end up while the library takes one event after the other: when it asks for
/// the next, it has written all that came before.
struct Notes<'o, 'f> {
    output: &'o Output,
    fragment: &'f mut Fragment,
    raw: RawText,
    /// What is being written, where that has words: where it begins, and what it is.
    open: Option<(usize, Words)>,
    /// Whether the next words begin a word of their own.
    divides: bool,
}

/// How words stand in the HTML that is written for an event.
#[derive(Clone, Copy)]
enum Words {
    /// All of it is words.
    Bare,
    /// They stand between the tags of code.
    Code,
    /// It is HTML as somebody wrote it.
    Raw,
}

impl Notes<'_, '_> {
    fn next<'e>(&mut self, item: Item<'e>) -> Event<'e> {
        self.end_words();
        match item {
            Item::Event(event) => {
                self.begin(&event);
                event
            }
            Item::Markup(html) => {
                self.divides = true;
                Event::InlineHtml(match html {
                    Cow::Borrowed(html) => html.into(),
                    Cow::Owned(html) => html.into(),
                })
            }
            Item::Slot(kind) => self.slot(kind),
        }
    }

    fn begin(&mut self, event: &Event<'_>) {
        let words = match event {
            Event::Text(_) => Words::Bare,
            Event::Code(_) => Words::Code,
            Event::InlineHtml(_) => Words::Raw,
            Event::Start(tag) if is_inline(tag.to_end()) => return,
            Event::End(tag) if is_inline(*tag) => return,
            _ => return self.divides = true,
        };
        self.open = Some((self.output.length(), words));
    }

    /// Notes the words of the event that was written last.
    fn end_words(&mut self) {
        let Some((start, words)) = self.open.take() else {
            return;
        };
        let html = self.output.html.borrow();
        match words {
            Words::Raw => {
                let (text, divides) = (&mut self.fragment.text, &mut self.divides);
                self.raw.each(&html[start..], |range| match range {
                    Some(range) => add(text, start + range.start..start + range.end, divides),
                    None => *divides = true,
                });
            }
            _ if self.raw.is_hidden() => {}
            Words::Bare => add(
                &mut self.fragment.text,
                start..html.len(),
                &mut self.divides,
            ),
            Words::Code => {
                let range = start + "<code>".len()..html.len() - "</code>".len();
                add(&mut self.fragment.text, range, &mut self.divides);
            }
        }
    }

    /// Notes a slot. The library is given something that is not written in its place: it writes a
    /// line break before a block where none was written last.
    fn slot<'e>(&mut self, kind: SlotKind) -> Event<'e> {
        let is_block = kind.is_block();
        self.divides |= is_block || matches!(kind, SlotKind::Image { .. });
        let at = self.output.length();
        self.fragment.slots.push(Slot { at, kind });
        self.output.is_placeholder.set(true);
        Event::InlineHtml(if is_block { "\n" } else { "-" }.into())
    }
}

/// Adds a run of words; one that goes on where the last ends is a part of it.
fn add(text: &mut Vec<TextRun>, range: std::ops::Range<usize>, divides: &mut bool) {
    if range.is_empty() {
        return;
    }
    let begins_word = std::mem::take(divides);
    match text.last_mut() {
        Some(last) if last.end == range.start && !begins_word => last.end = range.end,
        _ => text.push(TextRun {
            start: range.start,
            end: range.end,
            begins_word,
        }),
    }
}

/// Whether a tag marks some letters of a word, and divides none.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}
