//! What a finished page is built of, as far as it can be told without a browser: headings,
//! landmarks, names, labels.
//!
//! Gathered while the page is read once. A start tag that needs a name stays open until its end
//! tag, and all text between gives it one. Elements that end by themselves are not followed: where
//! a tag is missing, what follows counts too, which finds less and never more.

use crate::check::markup::Tag;

/// A heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) struct Heading {
    pub(in crate::check) level: u8,
    pub(in crate::check) has_words: bool,
    /// Whether it is the heading of a care card, which stands apart.
    pub(in crate::check) is_of_card: bool,
}

/// Something that a reader acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Control {
    Link,
    Button,
    Field,
}

/// Something that a reader acts on and whose name is not known.
#[derive(Clone, Debug)]
pub(in crate::check) struct Nameless {
    pub(in crate::check) control: Control,
    /// Its start tag.
    pub(in crate::check) tag: Tag,
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// What a page is built of.
#[derive(Debug, Default)]
pub(in crate::check) struct AccessibilityTree {
    pub(in crate::check) language: Option<String>,
    pub(in crate::check) title: Option<String>,
    pub(in crate::check) headings: Vec<Heading>,
    pub(in crate::check) ids: Vec<String>,
    /// The `<main>` elements, and whether one of them stands in a part of the page that it cannot
    /// be a part of.
    pub(in crate::check) mains: usize,
    pub(in crate::check) has_nested_main: bool,
    /// The names of the navigation landmarks.
    pub(in crate::check) navigations: Vec<String>,
    /// The start tags of images without a text alternative, and of tables without heads.
    pub(in crate::check) images: Vec<String>,
    pub(in crate::check) tables: Vec<String>,
    nameless: Vec<Nameless>,
    labels: Vec<String>,
    open: Vec<Open>,
    /// Tags that are no longer needed, for the next that are: pages have many links.
    spare: Vec<Tag>,
    /// What is hidden from screen readers: the name of its element, and how many of that name are
    /// open.
    hidden: Option<(String, usize)>,
}

/// An element that is open, and what is known of it so far.
#[derive(Debug)]
struct Open {
    part: Part,
    name: &'static str,
    has_words: bool,
}

#[derive(Debug)]
enum Part {
    Control(Control, Tag),
    Heading(u8, bool),
    Label(String),
    /// A table that begins with this tag, and whether it has cells and heads.
    Table {
        tag: String,
        has_cells: bool,
        has_heads: bool,
    },
    Title,
    /// Header, footer and the like, in which no `<main>` may stand.
    Region,
    /// A drawing; with its start tag, where it is an image that must have a name.
    Drawing(Option<String>),
}

impl AccessibilityTree {
    /// The links, buttons and fields that have no name.
    pub(in crate::check) fn nameless(&self) -> impl Iterator<Item = &Nameless> {
        let has = |ids: &[String], id: &str| !id.is_empty() && ids.iter().any(|known| known == id);
        self.nameless.iter().filter(move |one| {
            // A label may name it, and so may what it points to.
            let is_labelled =
                one.control == Control::Field && has(&self.labels, one.tag.value("id"));
            let is_named = one
                .tag
                .value("aria-labelledby")
                .split_whitespace()
                .any(|id| has(&self.ids, id));
            !is_labelled && !is_named
        })
    }

    /// The ids that the page has twice.
    pub(in crate::check) fn twice(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.ids.iter().map(String::as_str).collect();
        ids.sort_unstable();
        let mut twice: Vec<&str> = ids
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect();
        twice.dedup();
        twice
    }

    pub(super) fn start(&mut self, tag: &Tag) {
        let name = tag.name();
        if let Some(id) = tag.get("id").filter(|id| !id.is_empty()) {
            self.ids.push(id.to_owned());
        }
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth += usize::from(hidden == name && !is_void(name));
            return;
        }
        if tag.value("aria-hidden").eq_ignore_ascii_case("true")
            && !tag.is_closed()
            && !is_void(name)
        {
            self.hidden = Some((name.to_owned(), 1));
            return;
        }
        // As bytes, a name is told from others by its length first.
        match name.as_bytes() {
            b"html" => self.language = tag.get("lang").map(str::to_owned),
            b"title" if self.title.is_none() && !self.is_drawing() => {
                self.title = Some(String::new());
                self.open(tag, "title", Part::Title);
            }
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
                let is_of_card = tag.value("class").starts_with("care-card");
                let level = name.as_bytes()[1] - b'0';
                self.open(
                    tag,
                    HEADINGS[usize::from(level) - 1],
                    Part::Heading(level, is_of_card),
                );
            }
            b"a" if tag.get("href").is_some() => self.control(tag, "a", Control::Link),
            b"button" => self.control(tag, "button", Control::Button),
            b"select" | b"textarea" => self.field(tag),
            b"input" => self.input(tag),
            b"label" => self.open(tag, "label", Part::Label(tag.value("for").to_owned())),
            b"img" => self.image(tag),
            b"svg" => self.drawing(tag),
            b"main" => self.main(tag),
            b"nav" => {
                self.navigations.push(format!(
                    "{}{}",
                    tag.value("aria-label"),
                    tag.value("aria-labelledby")
                ));
                self.open(tag, "nav", Part::Region);
            }
            b"article" => self.open(tag, "article", Part::Region),
            b"aside" => self.open(tag, "aside", Part::Region),
            b"footer" => self.open(tag, "footer", Part::Region),
            b"header" => self.open(tag, "header", Part::Region),
            b"table" if !matches!(tag.value("role"), "presentation" | "none") => {
                self.open(
                    tag,
                    "table",
                    Part::Table {
                        tag: tag.to_string(),
                        has_cells: false,
                        has_heads: false,
                    },
                );
            }
            b"td" | b"th" => self.cell(name == "th"),
            _ => {}
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        if let Some((hidden, depth)) = &mut self.hidden {
            *depth -= usize::from(hidden == name);
            if *depth == 0 {
                self.hidden = None;
            }
            return;
        }
        if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
            let closed = self.open.remove(at);
            self.close(closed);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.hidden.is_some() || self.open.is_empty() {
            return;
        }
        if let (
            Some(Open {
                part: Part::Title, ..
            }),
            Some(title),
        ) = (self.open.last(), &mut self.title)
        {
            title.push_str(text);
        }
        if !text.chars().all(char::is_whitespace) {
            self.name_open();
        }
    }

    /// Closes what is open at the end of the page.
    pub(super) fn finish(&mut self) {
        while let Some(open) = self.open.pop() {
            self.close(open);
        }
    }

    fn open(&mut self, tag: &Tag, name: &'static str, part: Part) {
        self.open.push(Open {
            part,
            name,
            has_words: is_named(tag),
        });
    }

    fn close(&mut self, open: Open) {
        match open.part {
            Part::Control(control, tag) if !open.has_words => {
                self.nameless.push(Nameless { control, tag });
            }
            Part::Control(_, tag) => self.spare.push(tag),
            Part::Heading(level, is_of_card) => {
                self.headings.push(Heading {
                    level,
                    has_words: open.has_words,
                    is_of_card,
                });
            }
            Part::Label(id) if open.has_words => self.labels.push(id),
            Part::Drawing(image) if !open.has_words => self.images.extend(image),
            Part::Table {
                tag,
                has_cells: true,
                has_heads: false,
            } => self.tables.push(tag),
            _ => {}
        }
    }

    /// Gives a name to all that is open.
    fn name_open(&mut self) {
        self.open.iter_mut().for_each(|open| open.has_words = true);
    }

    fn is_drawing(&self) -> bool {
        self.open
            .iter()
            .any(|open| matches!(open.part, Part::Drawing(_)))
    }

    fn control(&mut self, tag: &Tag, name: &'static str, control: Control) {
        let mut kept = self.spare.pop().unwrap_or_default();
        kept.become_copy_of(tag);
        self.open(tag, name, Part::Control(control, kept));
    }

    /// A field; within a label, the label names it.
    fn field(&mut self, tag: &Tag) {
        let is_in_label = self
            .open
            .iter()
            .any(|open| matches!(open.part, Part::Label(_)));
        if !is_named(tag) && !is_in_label {
            self.nameless.push(Nameless {
                control: Control::Field,
                tag: tag.clone(),
            });
        }
    }

    fn input(&mut self, tag: &Tag) {
        // A browser has its own words for what sends a form and what clears it.
        let words = match tag.value("type").to_ascii_lowercase().as_str() {
            "hidden" | "submit" | "reset" => return,
            "button" => tag.value("value"),
            "image" => tag.value("alt"),
            _ => return self.field(tag),
        };
        if words.trim().is_empty() && !is_named(tag) {
            self.nameless.push(Nameless {
                control: Control::Button,
                tag: tag.clone(),
            });
        }
    }

    fn image(&mut self, tag: &Tag) {
        let is_decoration = matches!(tag.value("role"), "presentation" | "none");
        match tag.get("alt") {
            Some(alt) if !alt.trim().is_empty() => self.name_open(),
            None if !is_decoration && !is_named(tag) => self.images.push(tag.to_string()),
            _ => {}
        }
    }

    fn drawing(&mut self, tag: &Tag) {
        let is_image =
            tag.value("role") == "img" && !is_named(tag) && tag.value("aria-labelledby").is_empty();
        let image = is_image.then(|| tag.to_string());
        if tag.is_closed() {
            self.images.extend(image);
        } else {
            self.open(tag, "svg", Part::Drawing(image));
        }
    }

    fn main(&mut self, tag: &Tag) {
        self.mains += 1;
        self.has_nested_main |= self
            .open
            .iter()
            .any(|open| matches!(open.part, Part::Region));
        self.open(tag, "main", Part::Region);
    }

    fn cell(&mut self, is_head: bool) {
        let table = self
            .open
            .iter_mut()
            .rev()
            .find_map(|open| match &mut open.part {
                Part::Table {
                    has_cells,
                    has_heads,
                    ..
                } => Some((has_cells, has_heads)),
                _ => None,
            });
        if let Some((has_cells, has_heads)) = table {
            *(if is_head { has_heads } else { has_cells }) = true;
        }
    }
}

/// Whether a start tag says a name itself.
fn is_named(tag: &Tag) -> bool {
    ["aria-label", "title"]
        .iter()
        .any(|name| !tag.value(name).trim().is_empty())
}

fn is_void(name: &str) -> bool {
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr",
    ]
    .contains(&name)
}
