//! Links: from what a page says to what is there.

mod indirect;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use foldhash::fast::FixedState;
use memchr::memchr2;
use percent_encoding::percent_decode_str;

use super::resolved::{Broken, IndirectLink, PageIndex, PageLinks, Resolution, ResolvedLink};
use super::urls::{encode, encode_address};
use super::{ById, ContentFile, Page, Redirect};
use crate::config::Settings;
use crate::content::{Document, DocumentId, Publication, composed, is_reserved};
use crate::schema::{NameIndex, did_you_mean};
use crate::source::SourceTree;

/// Everything that a link can lead to.
pub(super) struct LinkIndex<'s> {
    settings: &'s Settings,
    pages: &'s [Arc<Page>],
    by_id: &'s ById,
    /// Made when the first link by an address comes.
    by_url: OnceLock<HashMap<&'s str, PageIndex, FixedState>>,
    files: HashMap<&'s str, &'s str>,
    statics: BTreeSet<String>,
    unpublished: &'s BTreeMap<DocumentId, Publication>,
    redirects: HashMap<&'s str, PageIndex>,
    near: Near<'s>,
}

/// Names among which suggestions are sought, put in order when the first link is broken.
#[derive(Default)]
struct Near<'s> {
    /// The pages that have files, by the last part of their ids.
    pages: OnceLock<(NameIndex<'s>, HashMap<&'s str, &'s Document>)>,
    /// The paths of files.
    files: OnceLock<NameIndex<'s>>,
}

impl<'s> LinkIndex<'s> {
    pub(super) fn new(
        tree: &SourceTree,
        settings: &'s Settings,
        pages: &'s [Arc<Page>],
        by_id: &'s ById,
        files: &'s [ContentFile],
        unpublished: &'s BTreeMap<DocumentId, Publication>,
        redirects: &'s [Redirect],
    ) -> Self {
        let files = files
            .iter()
            .map(|file| (file.output.as_str(), file.url.as_str()))
            .collect();
        let name = |path: &str| {
            path.strip_prefix("static/")
                .filter(|name| !name.starts_with("assets/"))
                .map(str::to_owned)
        };
        let statics = tree
            .under("static/")
            .filter_map(|(path, _)| name(path.as_str()))
            .collect();
        let redirects = redirects
            .iter()
            .map(|redirect| (redirect.url.as_str(), redirect.target))
            .collect();
        let (by_url, near) = (OnceLock::new(), Near::default());
        Self {
            settings,
            pages,
            by_id,
            by_url,
            files,
            statics,
            unpublished,
            redirects,
            near,
        }
    }
}

/// Resolves the links of one page.
pub(super) fn resolve_page(index: &LinkIndex<'_>, page: &Page) -> PageLinks {
    let Some(document) = &page.document else {
        return PageLinks::default();
    };
    let outline = &document.outline;
    PageLinks {
        links: outline
            .links
            .iter()
            .map(|link| index.link(document, &link.target))
            .collect(),
        images: outline
            .images
            .iter()
            .map(|image| index.file(document, &image.target))
            .collect(),
        lead: document
            .front
            .image
            .as_ref()
            .map(|image| index.file(document, &image.src.value)),
    }
}

/// The parts of a link within the site.
struct Parts<'t> {
    path: &'t str,
    query: &'t str,
    fragment: Option<&'t str>,
}

impl<'t> Parts<'t> {
    fn of(target: &'t str) -> Self {
        let (path, rest) =
            target.split_at(memchr2(b'#', b'?', target.as_bytes()).unwrap_or(target.len()));
        let (query, fragment) = rest
            .split_once('#')
            .map_or((rest, None), |(query, part)| (query, Some(part)));
        Self {
            path,
            query,
            fragment,
        }
    }
}

impl LinkIndex<'_> {
    fn link(&self, from: &Document, target: &str) -> ResolvedLink {
        if let Some(path) = self.own_path(target) {
            return self.own_link(from, target, &path);
        }
        elsewhere(target).unwrap_or_else(|| self.link_within(from, target))
    }

    fn link_within(&self, from: &Document, target: &str) -> ResolvedLink {
        let parts = Parts::of(target);
        if parts.path.is_empty() {
            return match parts.fragment {
                // Every page has a top.
                Some("" | "top") => ResolvedLink::to(Resolution::Anchor, "#"),
                Some(fragment) if is_reserved(fragment) => {
                    ResolvedLink::to(Resolution::Anchor, format!("#{fragment}"))
                }
                Some(fragment) => anchor_here(from, fragment),
                // A question to the page itself.
                None if parts.query.len() > 1 => ResolvedLink::to(Resolution::Anchor, parts.query),
                None => ResolvedLink::broken(Broken::Empty),
            };
        }
        let Some(path) = self.absolute(from, parts.path) else {
            return ResolvedLink::broken(Broken::NoPage(None));
        };
        if let Some(page) = self.page_at(&path, parts.path) {
            return self.page_link(page, &parts);
        }
        if let Some(href) = self.file_at(&path, parts.path) {
            return ResolvedLink::to(Resolution::Asset(path), format!("{href}{}", parts.query));
        }
        if let Some(page) = self.redirect_at(&path) {
            let found = self.page_link(page, &parts);
            let straight = self.straight(from, &found, target);
            return ResolvedLink {
                indirection: Some(IndirectLink::Alias(straight)),
                ..found
            };
        }
        ResolvedLink::broken(self.nothing_at(from, &path))
    }

    /// An image or another file that a page shows: never a page, never from elsewhere.
    fn file(&self, from: &Document, target: &str) -> ResolvedLink {
        if let Some(elsewhere) = elsewhere(target) {
            return elsewhere;
        }
        let parts = Parts::of(target);
        let path = self.absolute(from, parts.path).unwrap_or_default();
        match self.file_at(&path, parts.path) {
            Some(href) => ResolvedLink::to(Resolution::Asset(path), href),
            None => {
                let near = self
                    .near_file(&path)
                    .map(|near| relative(from_folder(self.settings, from), near));
                ResolvedLink::broken(Broken::NoFile(near))
            }
        }
    }

    /// The path of a target under the content folder.
    fn absolute(&self, from: &Document, path: &str) -> Option<String> {
        let has_escapes = path.contains('%');
        let path = if has_escapes {
            percent_decode_str(path).decode_utf8().ok()?
        } else {
            Cow::Borrowed(path)
        };
        if let Some(rooted) = path.strip_prefix('/') {
            return Some(composed(rooted).into_owned());
        }
        let folder = from_folder(self.settings, from);
        let mut found = String::with_capacity(folder.len() + 1 + path.len());
        found.push_str(folder);
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if found.is_empty() => return None,
                ".." => found.truncate(found.rfind('/').unwrap_or(0)),
                part => {
                    if !found.is_empty() {
                        found.push('/');
                    }
                    found.push_str(part);
                }
            }
        }
        Some(if found.is_ascii() {
            found
        } else {
            composed(&found).into_owned()
        })
    }

    /// A page by its Markdown file; one that begins with `/` is found by its address too.
    fn page_at(&self, path: &str, written: &str) -> Option<PageIndex> {
        if let Some(name) = path.strip_suffix(".md") {
            let id = name
                .strip_suffix("/index")
                .unwrap_or(if name == "index" { "" } else { name });
            return self
                .by_id
                .get(id)
                .copied()
                .filter(|page| self.is_written(*page, path));
        }
        if !written.starts_with('/') {
            return None;
        }
        // Servers send `/a` on to `/a/`, so both name the page.
        let path = encode(path);
        let urls = ["", "/"].map(|end| {
            [
                format!("{}{path}{end}", self.settings.root()),
                format!("/{path}{end}"),
            ]
        });
        urls.iter()
            .flatten()
            .find_map(|url| self.by_url().get(url.as_str()).copied())
    }

    fn by_url(&self) -> &HashMap<&str, PageIndex, FixedState> {
        let all = || {
            self.pages
                .iter()
                .enumerate()
                .map(|(at, page)| (&*page.url, PageIndex(at)))
                .collect()
        };
        self.by_url.get_or_init(all)
    }

    /// Links name files; a location without a file of its own can still be linked to by the name it
    /// would have.
    fn is_written(&self, page: PageIndex, path: &str) -> bool {
        let page = &self.pages[page.0];
        page.document
            .as_ref()
            .is_none_or(|document| composed(self.written_name(document)) == path)
    }

    fn file_at(&self, path: &str, written: &str) -> Option<String> {
        if let Some(url) = self.files.get(path) {
            return Some((*url).to_owned());
        }
        let is_static = written.starts_with('/') && self.statics.contains(path);
        is_static.then(|| format!("{}{}", self.settings.root(), encode(path)))
    }

    fn page_link(&self, index: PageIndex, parts: &Parts<'_>) -> ResolvedLink {
        let page = &self.pages[index.0];
        let Some(fragment) = parts.fragment.filter(|fragment| !fragment.is_empty()) else {
            let href = if parts.query.is_empty() {
                page.url.clone()
            } else {
                format!("{}{}", page.url, parts.query).into()
            };
            return ResolvedLink::to(Resolution::Document(index), href);
        };
        // Which generated parts a page has is settled when it is rendered.
        let generated = is_reserved(fragment).then(|| Ok(fragment.to_owned()));
        let written = || {
            page.document
                .as_ref()
                .map_or(Err(None), |document| anchor(document, fragment))
        };
        match generated.unwrap_or_else(written) {
            Ok(id) => ResolvedLink::to(
                Resolution::Document(index),
                format!("{}{}#{id}", page.url, parts.query),
            ),
            Err(near) => ResolvedLink::broken(Broken::NoAnchor(near)),
        }
    }

    fn nothing_at(&self, from: &Document, path: &str) -> Broken {
        let html = [".html", ".htm"]
            .into_iter()
            .find_map(|ending| path.strip_suffix(ending));
        let id = html
            .or_else(|| path.strip_suffix(".md"))
            .unwrap_or(path)
            .trim_end_matches('/');
        let id = id.strip_suffix("/index").unwrap_or(id);
        if let Some(publication) = self.unpublished.get(id) {
            return Broken::Unpublished(*publication);
        }
        let is_file = path
            .rsplit('/')
            .next()
            .expect("a split has a part")
            .contains('.')
            && !path.ends_with(".md")
            && !is_html(path);
        let folder = from_folder(self.settings, from);
        if is_file {
            return Broken::NoFile(self.near_file(path).map(|near| relative(folder, near)));
        }
        let file = |page: &Arc<Page>| {
            page.document
                .as_ref()
                .map(|document| self.file_name(document))
        };
        let exact = self
            .by_id
            .get(id)
            .and_then(|page| file(&self.pages[page.0]));
        let near = exact.or_else(|| self.near(id.rsplit('/').next().unwrap_or(id)));
        Broken::NoPage(near.map(|near| relative(folder, &near)))
    }

    /// The file of the page whose name is the given one, or looks most like it.
    fn near(&self, name: &str) -> Option<String> {
        let (names, written) = self.near.pages.get_or_init(|| {
            let documents = self
                .pages
                .iter()
                .filter_map(|page| page.document.as_deref());
            let named = documents.map(|document| {
                (
                    document
                        .id
                        .as_str()
                        .rsplit('/')
                        .next()
                        .expect("a split has a part"),
                    document,
                )
            });
            let written: HashMap<&str, &Document> = named.collect();
            (NameIndex::new(written.keys().copied()), written)
        });
        let found = written.get(name).or_else(|| written.get(names.near(name)?));
        found.map(|document| self.file_name(document))
    }

    /// The file beside the pages whose path looks most like the given one.
    fn near_file(&self, path: &str) -> Option<&str> {
        self.near
            .files
            .get_or_init(|| NameIndex::new(self.files.keys().copied()))
            .near(path)
    }

    /// The path of a page's file under the content folder.
    fn file_name(&self, document: &Document) -> String {
        composed(self.written_name(document)).into_owned()
    }

    /// The same as the system spells it.
    fn written_name<'d>(&self, document: &'d Document) -> &'d str {
        &document.path.as_str()[self.settings.content_root.len()..]
    }
}

/// Whether a path names a page as it is built: pages are linked to by their Markdown files.
fn is_html(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".htm")
}

/// A link out of the site, by its scheme.
fn elsewhere(target: &str) -> Option<ResolvedLink> {
    // Browsers drop control characters and white space before they read the scheme, so it is read
    // without them here.
    let is_dropped = |c: char| c.is_control() || c.is_whitespace();
    let is_plain = target.bytes().all(|byte| byte.is_ascii_graphic());
    let bare = if !is_plain && target.contains(is_dropped) {
        Cow::Owned(target.replace(is_dropped, ""))
    } else {
        Cow::Borrowed(target)
    };
    if bare.starts_with("//") || bare.starts_with("\\\\") || bare.starts_with("/\\") {
        return Some(ResolvedLink::to(
            Resolution::External,
            encode_address(&format!("https:{}", bare.replace('\\', "/"))),
        ));
    }
    let scheme_end = bare
        .find([':', '/', '?', '#'])
        .filter(|at| bare[*at..].starts_with(':'))?;
    let scheme = bare[..scheme_end].to_ascii_lowercase();
    let resolution = match scheme.as_str() {
        "http" | "https" => Resolution::External,
        "tel" | "mailto" | "sms" => Resolution::Contact,
        _ => return Some(ResolvedLink::broken(Broken::UnsafeScheme(scheme))),
    };
    Some(ResolvedLink::to(resolution, encode_address(target.trim())))
}

/// A link to a heading of the page itself.
fn anchor_here(from: &Document, fragment: &str) -> ResolvedLink {
    match anchor(from, fragment) {
        Ok(id) => ResolvedLink::to(Resolution::Anchor, format!("#{id}")),
        Err(near) => ResolvedLink::broken(Broken::NoAnchor(near)),
    }
}

/// The id of a heading as a fragment; else the id that was probably meant.
fn anchor(document: &Document, fragment: &str) -> Result<String, Option<String>> {
    let wanted = percent_decode_str(fragment).decode_utf8_lossy();
    let ids = || {
        document
            .outline
            .headings
            .iter()
            .map(|heading| heading.id.as_str())
    };
    match ids().find(|id| *id == wanted) {
        Some(id) => Ok(encode(id)),
        None => Err(did_you_mean(&wanted, ids()).map(str::to_owned)),
    }
}

fn from_folder<'d>(settings: &Settings, from: &'d Document) -> &'d str {
    from.path
        .folder()
        .get(settings.content_root.len()..)
        .unwrap_or_default()
}

/// How a page in `folder` names the file at `path`, both under the content folder.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from
        .iter()
        .zip(&to)
        .take_while(|(a, b)| a == b)
        .count()
        .min(to.len() - 1);
    let mut parts = vec![".."; from.len() - shared];
    parts.extend(&to[shared..]);
    encode(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_lead_from_folder_to_file() {
        let check =
            |folder: &str, path: &str, expected: &str| assert_eq!(relative(folder, path), expected);
        check("tests", "tests/a.md", "a.md");
        check("tests", "conditions/a.md", "../conditions/a.md");
        check("", "a b.md", "a%20b.md");
        check("a/b", "index.md", "../../index.md");
    }

    #[test]
    fn schemes_decide() {
        let check = |target: &str, expected: Option<Resolution>| {
            assert_eq!(
                elsewhere(target).map(|link| link.resolution),
                expected,
                "{target}"
            );
        };
        let unsafe_scheme =
            |scheme: &str| Some(Resolution::Broken(Broken::UnsafeScheme(scheme.to_owned())));
        check("https://example.org", Some(Resolution::External));
        check("//example.org/x", Some(Resolution::External));
        check("tel:911", Some(Resolution::Contact));
        check("javascript:alert(1)", unsafe_scheme("javascript"));
        check("java\nscript:alert(1)", unsafe_scheme("javascript"));
        check("DATA:text/html,x", unsafe_scheme("data"));
        check("a/b:c.md", None);
        check("../x.md#a:b", None);
    }
}
