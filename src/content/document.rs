//! One page as written: its front matter, its Markdown and where both stand.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::body::{Body, BodyBudget, BodyWalk, HeldBody};
use super::front_matter::{self, FrontMatter, Presence};
use super::markdown::{Heading, Outline, OutlineWalk, each_event};
use super::prose::{Prose, ProseWalk};
use super::text;
use crate::config::{Drafts, Kind, RawHtml, Settings};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::memo::{Input, Key, KeyHasher, Table};
use crate::schema::YamlText;
use crate::source::{FileBytes, SourcePath, SourceTree, Span};
use crate::yaml::YamlPath;

/// The identity of a page: its path under `content/` without `.md` or `/index.md`; empty for the
/// home page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentId(Arc<str>);

impl DocumentId {
    /// Names a page.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as shared text.
    #[must_use]
    pub fn shared(&self) -> Arc<str> {
        self.0.clone()
    }

    /// The id without the folder of its collection.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(_, name)| name)
    }

    /// The first folder of the id; nothing for pages at the root.
    #[must_use]
    pub fn folder(&self) -> Option<&str> {
        self.0.split_once('/').map(|(folder, _)| folder)
    }

    /// The id of a file.
    fn of(name: &str) -> Self {
        let name = &*composed(name);
        let name = name.strip_suffix(".md").unwrap_or(name);
        let name = name
            .strip_suffix("/index")
            .unwrap_or(if name == "index" { "" } else { name });
        Self::new(name)
    }
}

/// The composed form (NFC) of a name: two systems may spell one name in two ways.
#[must_use]
pub fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        name.into()
    } else {
        name.nfc().collect()
    }
}

/// An id is found by its text, and hashed as it is.
impl Borrow<str> for DocumentId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a page is part of the site on the day of the build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Publication {
    /// It is.
    Public,
    /// It is a draft.
    Draft,
    /// Its day is still to come.
    NotYet(Date),
    /// Its day is past.
    Expired(Date),
}

/// One page as written. The cache keeps what takes time to find out; the rest is in the file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// Its identity.
    pub id: DocumentId,
    /// Its file.
    #[serde(skip)]
    pub path: SourcePath,
    /// What it is.
    pub kind: Kind,
    /// Its front matter.
    pub front: FrontMatter,
    /// The front matter's text, for findings.
    pub yaml: YamlText,
    /// The whole file.
    #[serde(skip)]
    pub file: FileBytes,
    /// Bytes of the file before its text: those of a byte order mark.
    pub text_offset: usize,
    /// Where in the text the Markdown begins.
    pub body_start: usize,
    /// What the Markdown holds.
    pub outline: Outline,
    /// The fingerprint of what linking reads of the document; see
    /// [`Document::has_same_interface`].
    interface: Key,
    /// What the page will be rendered from.
    #[serde(skip)]
    body: HeldBody,
}

impl Document {
    /// The text of the file, without a byte order mark.
    fn text(&self) -> &str {
        self.file
            .text()
            .and_then(|text| text.get(self.text_offset..))
            .unwrap_or_default()
    }

    /// The Markdown.
    #[must_use]
    pub fn markdown(&self) -> &str {
        self.text().get(self.body_start..).unwrap_or_default()
    }

    /// The place of a span of the Markdown.
    #[must_use]
    pub fn body_place(&self, span: Span) -> Place {
        Place::at(&self.path, span.shifted(self.body_start + self.text_offset))
    }

    /// The place of the title; of the front matter where it has none.
    #[must_use]
    pub fn title_place(&self) -> Place {
        self.yaml.value_place(&YamlPath::default().key("title"))
    }

    /// Whether another state of the same document has the same interface: its path, its front
    /// matter and its headings. Linking, other pages and lists read nothing else of a document, so
    /// where it stands only the links of this page are resolved again.
    #[must_use]
    pub fn has_same_interface(&self, other: &Self) -> bool {
        self.interface == other.interface
    }

    /// The Markdown as HTML: the body that is held since the page was read, or another.
    #[must_use]
    pub fn body(&self, raw_html: RawHtml) -> Arc<Body> {
        let held = self.body.get();
        held.unwrap_or_else(|| Arc::new(Body::of(self.markdown(), raw_html)))
    }

    /// The same for the rendering of the page, after which the body is held no longer.
    #[must_use]
    pub fn take_body(&self, raw_html: RawHtml) -> Arc<Body> {
        let held = self.body.take();
        held.unwrap_or_else(|| Arc::new(Body::of(self.markdown(), raw_html)))
    }

    /// Whether the page is part of the site.
    #[must_use]
    pub fn publication(&self, settings: &Settings) -> Publication {
        let today = settings.run.as_of;
        let front = &self.front;
        let is_early = settings.run.drafts == Drafts::Included;
        if front.draft && !is_early {
            return Publication::Draft;
        }
        match (front.publish_on, front.expire_on) {
            (Some(day), _) if today < day && !is_early => Publication::NotYet(day),
            (_, Some(day)) if today >= day => Publication::Expired(day),
            _ => Publication::Public,
        }
    }
}

/// What reading one page gives; a file that is not text gives only findings.
pub type Read = (Option<Arc<Document>>, Vec<Diagnostic>);

/// Who wants the prose of a page while it is read, from the parse that makes its outline.
pub type ProseReader<'r> = &'r (dyn Fn(&Document, Prose) + Sync);

/// Reads one page of a tree, unless the memo has it; then nobody is shown its prose.
pub(super) fn read(
    path: &SourcePath,
    tree: &SourceTree,
    settings: &Settings,
    memo: &Table<Read>,
    budget: &BodyBudget,
    reader: Option<ProseReader<'_>>,
) -> Arc<Read> {
    let bytes = tree.get(path.as_str()).expect("the page is in the tree");
    let (id, kind) = named(path, settings);
    let key = KeyHasher::default()
        .add(path)
        .add(settings.content_root)
        .add(&kind)
        .add(&settings.raw_html)
        .key();
    let restore = |(document, found): Read| {
        let document = document.map(Arc::unwrap_or_clone);
        let restored = document.map(|document| Arc::new(restore(document, path, bytes)));
        (restored, found)
    };
    memo.get_restored(key, tree, restore).unwrap_or_else(|| {
        let (document, found) = parse(path, bytes, (id, kind), settings.raw_html, budget, reader);
        let read = (document.map(Arc::new), found);
        memo.put(key, vec![Input::File(path.clone())], tree, read)
    })
}

/// What the path of a page says of it.
fn named(path: &SourcePath, settings: &Settings) -> (DocumentId, Kind) {
    let id = DocumentId::of(&path.as_str()[settings.content_root.len()..]);
    let collection = id.folder().and_then(|folder| settings.collection(folder));
    let kind = collection.map_or(Kind::Article, |collection| collection.kind);
    (id, kind)
}

/// Gives a document from the cache its file back.
fn restore(document: Document, path: &SourcePath, file: &FileBytes) -> Document {
    let yaml = document.yaml.of(path, file);
    Document {
        path: path.clone(),
        file: file.clone(),
        yaml,
        ..document
    }
}

fn parse(
    path: &SourcePath,
    bytes: &FileBytes,
    (id, kind): (DocumentId, Kind),
    raw_html: RawHtml,
    budget: &BodyBudget,
    reader: Option<ProseReader<'_>>,
) -> (Option<Document>, Vec<Diagnostic>) {
    let (file, text_offset) = match text::decode(path, bytes) {
        Ok(text) => text,
        Err(found) => return (None, vec![*found]),
    };
    let text = &file[text_offset..];
    let split = front_matter::split(text);
    let (front, yaml, findings) = read_front(path, bytes, kind, text, text_offset, &split);
    let (before, body) = text.split_at(split.body_start);
    let (outline, html, prose) = read_body(body, raw_html, reader.is_some());
    let interface = interface(path, &file[..text_offset + before.len()], &outline);
    let (path, file, body_start) = (path.clone(), bytes.clone(), split.body_start);
    let document = Document {
        id,
        path,
        kind,
        front,
        yaml,
        file,
        text_offset,
        body_start,
        outline,
        interface,
        body: HeldBody::new(html, budget),
    };
    if let Some((reader, prose)) = reader.zip(prose) {
        reader(&document, prose);
    }
    (Some(document), findings)
}

/// Reads the front matter of a page, and says what is wrong with it.
fn read_front(
    path: &SourcePath,
    bytes: &FileBytes,
    kind: Kind,
    text: &str,
    text_offset: usize,
    split: &front_matter::Split,
) -> (FrontMatter, YamlText, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let presence = if kind == Kind::Location {
        Presence::Optional
    } else {
        Presence::Required
    };
    if let Some(fault) = split.fault {
        let place = Place::at(path, split.fault_span.shifted(text_offset));
        findings.push(
            Diagnostic::new(RuleId::InvalidYaml, place, fault)
                .help("close it with a line of three hyphens: ---"),
        );
    }
    let stray = front_matter::stray(text, presence);
    // Nothing can be missing in what is not there.
    let presence = if stray.is_some() || split.fault.is_some() {
        Presence::Optional
    } else {
        presence
    };
    let yaml = YamlText::new(
        path,
        bytes,
        Span::from(split.yaml.clone()).shifted(text_offset),
    );
    let (mut front, yaml, found) = front_matter::read(yaml, kind, presence);
    front.is_known &= split.fault.is_none();
    findings.extend(found);
    if let Some(stray) = stray {
        front.is_known = stray.is_absent;
        let place = Place::at(path, stray.span.shifted(text_offset));
        findings.push(Diagnostic::new(RuleId::MissingField, place, stray.message).help(stray.help));
    }
    (front, yaml, findings)
}

/// Reads the Markdown of a page in one parse; its prose only where somebody wants it.
fn read_body(body: &str, raw_html: RawHtml, has_reader: bool) -> (Outline, Body, Option<Prose>) {
    let (mut outline, mut html) = (OutlineWalk::new(body), BodyWalk::new(body, raw_html));
    let mut prose = has_reader.then(|| ProseWalk::new(body));
    each_event(body, |event, span| {
        if let Some(prose) = &mut prose {
            prose.event(&event, span);
        }
        outline.event(&event, span);
        html.event(event);
    });
    (outline.end(), html.end(), prose.map(ProseWalk::end))
}

/// The fingerprint of a path, of all that stands before the Markdown, and of the headings.
fn interface(path: &SourcePath, before: &str, outline: &Outline) -> Key {
    let mut hasher = KeyHasher::default();
    hasher.add(path).add(before);
    for heading in &outline.headings {
        let Heading {
            level,
            in_card,
            text,
            id,
            ..
        } = heading;
        hasher.add(level).add(in_card).add(text).add(id);
    }
    hasher.key()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_leave_out_index_and_ending() {
        let check = |name: &str, id: &str| assert_eq!(DocumentId::of(name).as_str(), id, "{name}");
        check("index.md", "");
        check("about.md", "about");
        check("tests/index.md", "tests");
        check("tests/chest-x-ray.md", "tests/chest-x-ray");
        check("tests/chest-x-ray/index.md", "tests/chest-x-ray");
        check("tests/reindex.md", "tests/reindex");
    }
}
