//! The site as it is shown at one moment: any file of it, made when it is asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use percent_encoding::percent_decode_str;

use super::decorate::{decorate, policy};
use super::headers::HeaderRules;
use crate::output::OutputPath;
use crate::pipeline::Prepared;
use crate::site::Page;
use crate::source::Digest;

/// The last good state of each page that was shown.
type Good = Mutex<HashMap<OutputPath, Bytes>>;

/// A site as it is shown.
#[derive(Debug)]
pub(super) struct PreviewState {
    /// Counts the states of the site.
    pub(super) number: u64,
    prepared: Arc<Prepared>,
    headers: HeaderRules,
    /// Stands for all scripts: pages are loaded anew when one changes.
    scripts: String,
    good: Arc<Good>,
}

/// What a path leads to.
#[derive(Debug)]
enum Found {
    File {
        path: OutputPath,
        bytes: Bytes,
        status: StatusCode,
    },
    Moved(String),
    Nothing,
}

impl PreviewState {
    /// The state after another one.
    pub(super) fn after(last: Option<&Self>, prepared: Arc<Prepared>) -> Self {
        let bytes = |name: &str| Some(prepared.file(&OutputPath::new(name)?)?.ok()?.bytes);
        let headers =
            bytes("_headers").map(|bytes| HeaderRules::read(&String::from_utf8_lossy(&bytes)));
        Self {
            number: last.map_or(1, |last| last.number + 1),
            headers: headers.unwrap_or_default(),
            scripts: scripts(&prepared),
            prepared,
            good: last.map(|last| last.good.clone()).unwrap_or_default(),
        }
    }

    /// The site.
    pub(super) fn prepared(&self) -> &Arc<Prepared> {
        &self.prepared
    }

    /// Stands for all scripts.
    pub(super) fn scripts(&self) -> &str {
        &self.scripts
    }

    /// Where the site is mounted.
    pub(super) fn root(&self) -> &str {
        self.prepared.site().settings.root()
    }

    /// The page at the path of an address.
    pub(super) fn page(&self, path: &str) -> Option<&Page> {
        let name = self.name(path)?;
        self.prepared.page_at(&OutputPath::new(&index_of(&name))?)
    }

    /// The answer to a request for a path.
    pub(super) fn answer(&self, path: &str, request: &HeaderMap) -> Response<Body> {
        let mut response = match self.find(path) {
            Found::File {
                path: file,
                bytes,
                status,
            } => respond(&file, bytes, status, request),
            Found::Moved(to) => moved(&to),
            Found::Nothing => super::plain(StatusCode::NOT_FOUND, "There is no such page.\n"),
        };
        for (name, value) in self.headers.of(path) {
            let value = if name.eq_ignore_ascii_case("content-security-policy") {
                own_policy(value)
            } else {
                value.into()
            };
            if let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::from_str(&value))
            {
                response.headers_mut().insert(name, value);
            }
        }
        // What is edited must be seen at the next look, whatever a published site would allow.
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// A path under the site's root, decoded.
    fn name(&self, path: &str) -> Option<String> {
        let inside = path.strip_prefix(self.root())?;
        percent_decode_str(inside)
            .decode_utf8()
            .ok()
            .map(std::borrow::Cow::into_owned)
    }

    fn find(&self, path: &str) -> Found {
        let root = self.root();
        if !path.starts_with(root) && (format!("{path}/") == root || path == "/") {
            return Found::Moved(root.to_owned());
        }
        let Some(name) = self.name(path) else {
            return self.not_found();
        };
        if let Some(found) = self.file(&index_of(&name), StatusCode::OK) {
            return found;
        }
        let folder = OutputPath::new(&format!("{name}/index.html"));
        let is_folder = folder.is_some_and(|folder| self.prepared.file(&folder).is_some());
        if is_folder {
            Found::Moved(format!("{path}/"))
        } else {
            self.not_found()
        }
    }

    fn file(&self, name: &str, status: StatusCode) -> Option<Found> {
        let path = OutputPath::new(name)?;
        let made = self.prepared.file(&path)?;
        let mut good = self.good.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = match made {
            Ok(file) => file.bytes,
            // A template fails: the page as it last was stays, and the findings say why.
            Err(_) => good
                .get(&path)
                .cloned()
                .unwrap_or_else(|| FAULTY.as_bytes().into()),
        };
        if name.ends_with(".html") {
            good.insert(path.clone(), bytes.clone());
        }
        Some(Found::File {
            path,
            bytes,
            status,
        })
    }

    fn not_found(&self) -> Found {
        self.file("404.html", StatusCode::NOT_FOUND)
            .unwrap_or(Found::Nothing)
    }
}

/// What is shown of a page that was never well.
const FAULTY: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A template is at fault</title>\
    </head><body><main><h1>A template is at fault</h1><p>This page cannot be made. The findings below say why.</p></main>\
    </body></html>";

fn index_of(name: &str) -> String {
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    }
}

/// The site's policy as its own header says it, with connections to the server.
fn own_policy(value: &str) -> String {
    value.replace(crate::render::CSP, &policy())
}

fn scripts(prepared: &Prepared) -> String {
    let scripts = prepared
        .assets()
        .files
        .iter()
        .filter(|file| file.path.as_str().ends_with(".js"));
    let hashes: Vec<Digest> = scripts.map(|file| file.bytes.hash()).collect();
    Digest::of_parts(hashes.iter().map(|hash| hash.as_bytes().as_slice())).short()
}

/// A file; a page is decorated, and sent only where the browser does not have this state of it.
fn respond(
    path: &OutputPath,
    bytes: Bytes,
    status: StatusCode,
    request: &HeaderMap,
) -> Response<Body> {
    let kind = content_type(path.as_str());
    let is_page = path.as_str().ends_with(".html") || path.as_str().ends_with(".htm");
    let mut response = if let (true, Ok(html)) = (is_page, std::str::from_utf8(&bytes)) {
        let tag = Digest::of(&bytes).short();
        if request
            .get(header::IF_NONE_MATCH)
            .is_some_and(|known| known.as_bytes() == tag.as_bytes())
        {
            return super::plain(StatusCode::NOT_MODIFIED, "");
        }
        Response::new(Body::from(decorate(html, &tag)))
    } else {
        Response::new(Body::from(bytes))
    };
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn moved(to: &str) -> Response<Body> {
    let mut response = super::plain(StatusCode::TEMPORARY_REDIRECT, "");
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

pub(super) fn content_type(path: &str) -> HeaderValue {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let is_text =
        kind.type_() == "text" || kind.subtype() == "xml" || kind.subtype() == "javascript";
    let text = if is_text {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    };
    HeaderValue::from_str(&text)
        .unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}
