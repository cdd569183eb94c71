//! From the path of a request to a file of the site.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use percent_encoding::percent_decode_str;

use super::headers::HeaderRules;
use crate::host::memory::Files;
use crate::output::OutputPath;

/// A site as it is served.
#[derive(Debug)]
pub struct Served {
    root: String,
    files: Files,
    headers: HeaderRules,
}

enum Answer {
    File { path: OutputPath, bytes: Arc<[u8]>, status: StatusCode },
    Moved(String),
    Nothing,
}

impl Served {
    /// A site mounted at `root`, which begins and ends in `/`.
    #[must_use]
    pub fn new(root: String, files: Files) -> Self {
        let rules = OutputPath::new("_headers").and_then(|path| files.get(&path).cloned());
        let rules = rules.map(|bytes| HeaderRules::read(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
        Self { root, files, headers: rules }
    }

    /// Where the site is mounted.
    #[must_use]
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The answer to a request for a path.
    #[must_use]
    pub fn answer(&self, path: &str) -> Response<Body> {
        let mut response = match self.find(path) {
            Answer::File { path: file, bytes, status } => {
                let mut response = Response::new(Body::from(Bytes::from_owner(bytes)));
                *response.status_mut() = status;
                let kind = content_type(file.as_str());
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
                response
            }
            Answer::Moved(to) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
                if let Ok(to) = HeaderValue::from_str(&to) {
                    response.headers_mut().insert(header::LOCATION, to);
                }
                response
            }
            Answer::Nothing => {
                let mut response = Response::new(Body::from("There is no such page.\n"));
                *response.status_mut() = StatusCode::NOT_FOUND;
                response
            }
        };
        for (name, value) in self.headers.of(path) {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
                response.headers_mut().insert(name, value);
            }
        }
        // What is edited must be seen at the next look, whatever a published site would allow.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    fn find(&self, path: &str) -> Answer {
        let Some(inside) = path.strip_prefix(self.root.as_str()) else {
            let is_root = format!("{path}/") == self.root || path == "/";
            return if is_root { Answer::Moved(self.root.clone()) } else { self.not_found() };
        };
        let Ok(name) = percent_decode_str(inside).decode_utf8() else { return self.not_found() };
        let file = if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name.to_string() };
        if let Some(found) = self.file(&file, StatusCode::OK) {
            return found;
        }
        let is_folder = self.file(&format!("{name}/index.html"), StatusCode::OK).is_some();
        if is_folder { Answer::Moved(format!("{path}/")) } else { self.not_found() }
    }

    fn file(&self, name: &str, status: StatusCode) -> Option<Answer> {
        let path = OutputPath::new(name)?;
        let bytes = self.files.get(&path)?.clone();
        Some(Answer::File { path, bytes, status })
    }

    fn not_found(&self) -> Answer {
        self.file("404.html", StatusCode::NOT_FOUND).unwrap_or(Answer::Nothing)
    }
}

fn content_type(path: &str) -> HeaderValue {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = kind.type_() == "text" || kind.subtype() == "xml" || kind.subtype() == "javascript";
    let text = if is_text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static("application/octet-stream"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(root: &str) -> Served {
        let names = ["index.html", "tests/ecg/index.html", "404.html", "a b.txt", "_headers"];
        let bytes = |name: &str| if name == "_headers" { &b"/*\n  X-A: b\n"[..] } else { b"x" };
        let files = names.iter().filter_map(|name| Some((OutputPath::new(name)?, bytes(name).into())));
        Served::new(root.to_owned(), files.collect())
    }

    #[test]
    fn paths_lead_to_files() {
        let check = |root: &str, path: &str, status: u16, location: Option<&str>| {
            let response = site(root).answer(path);
            let to = response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok());
            assert_eq!((response.status().as_u16(), to), (status, location), "{root} {path}");
        };
        check("/", "/", 200, None);
        check("/", "/tests/ecg/", 200, None);
        check("/", "/tests/ecg", 307, Some("/tests/ecg/"));
        check("/", "/a%20b.txt", 200, None);
        check("/", "/nothing/", 404, None);
        check("/", "/../etc/passwd", 404, None);
        check("/health/", "/", 307, Some("/health/"));
        check("/health/", "/health", 307, Some("/health/"));
        check("/health/", "/health/tests/ecg/", 200, None);
        check("/health/", "/tests/ecg/", 404, None);
    }

    #[test]
    fn headers_are_those_of_the_site() {
        let response = site("/").answer("/");
        assert_eq!(response.headers()["x-a"], "b");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
    }
}
