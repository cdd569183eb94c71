//! The preview's own addresses: its scripts and styles, the stream of news, and the findings.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::preview_service::Findings;
use super::preview_state::{PreviewState, content_type};
use super::{ServerState, Serving, plain};
use crate::check;
use crate::content::Document;
use crate::diagnostic::{Diagnostic, Tally, human};
use crate::site::{Page, has_review};
use crate::source::{LineIndex, SourceTree};

/// The preview's files.
const FILES: [(&str, &str); 11] = [
    ("", include_str!("client/index.html")),
    ("findings.js", include_str!("client/findings.js")),
    ("icon.svg", include_str!("client/icon.svg")),
    ("idiomorph.js", include_str!("client/idiomorph.js")),
    ("mark.css", include_str!("client/mark.css")),
    ("morph.js", include_str!("client/morph.js")),
    ("news.js", include_str!("client/news.js")),
    ("preview.css", include_str!("client/preview.css")),
    ("preview.js", include_str!("client/preview.js")),
    ("site.js", include_str!("client/site.js")),
    ("worker.js", include_str!("client/worker.js")),
];

/// The answer to a request for one of the preview's addresses.
pub(super) async fn answer(name: &str, query: &str, mut state: Serving) -> Response<Body> {
    if let Some((name, text)) = FILES.iter().find(|(file, _)| *file == name) {
        return file(if name.is_empty() { "index.html" } else { name }, text);
    }
    if name == "events" {
        return events(&state);
    }
    let now = state
        .state
        .wait_for(Option::is_some)
        .await
        .ok()
        .and_then(|now| now.clone());
    let Some(now) = now else {
        return plain(StatusCode::SERVICE_UNAVAILABLE, "The server is stopping.\n");
    };
    match name {
        "page" => {
            let path = query.strip_prefix("path=").unwrap_or(query);
            json_response(&page(
                &now,
                &percent_decode_str(path).decode_utf8_lossy(),
                &state,
            ))
        }
        "findings" => json_response(&all(&now, &state)),
        _ => plain(StatusCode::NOT_FOUND, "The preview has no such file.\n"),
    }
}

/// The news: the number of the state that is shown, and of the one whose findings are known.
fn events(state: &Serving) -> Response<Body> {
    let open = OpenStream::new(&state.streams);
    let news = WatchStream::new(state.state.clone()).filter_map(move |now| {
        // Counted for as long as the stream is there.
        let _counted = &open;
        let now = now?;
        let examined = now.findings.as_ref().map(|findings| findings.number);
        let news = json!({ "shown": now.shown.number, "scripts": now.shown.scripts(), "examined": examined });
        Some(Ok::<_, Infallible>(Event::default().data(news.to_string())))
    });
    Sse::new(news)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// Counts a stream while it is open.
struct OpenStream(Arc<AtomicUsize>);

impl OpenStream {
    fn new(streams: &Arc<AtomicUsize>) -> Self {
        streams.fetch_add(1, Ordering::Relaxed);
        Self(streams.clone())
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the preview says about one page.
fn page(now: &ServerState, path: &str, state: &Serving) -> Value {
    let page = now.shown.page(path);
    let document = page.and_then(|page| page.document.as_deref());
    let source = document.map(|document| document.path.as_str());
    let findings = now.findings.as_deref();
    let own =
        |found: &&Diagnostic| source.is_some_and(|source| found.place.path.as_str() == source);
    // A template or a setting stands for every page.
    let shared = |found: &&Diagnostic| is_shared(found.place.path.as_str());
    let here: Vec<&Diagnostic> = findings
        .map(|findings| {
            findings
                .diagnostics
                .iter()
                .filter(|found| own(found) || shared(found))
                .collect()
        })
        .unwrap_or_default();
    json!({
        "examined": findings.map(|findings| findings.number),
        "shown": now.shown.number,
        "streams": state.streams.load(Ordering::Relaxed),
        "source": source.map(|source| place(source, 1, 1, state)),
        "states": document.map(|document| states(document, page, &now.shown)),
        "grade": document.and_then(|document| grade(document, &now.shown)),
        "findings": findings.map(|findings| list(&here, findings, state)),
        "site": findings.map(|findings| tally(&findings.diagnostics)),
    })
}

/// Whether a file concerns every page.
fn is_shared(path: &str) -> bool {
    path.starts_with("templates/")
        || path.ends_with("site.yaml")
        || path.ends_with("locations.yaml")
}

/// Every finding of the site.
fn all(now: &ServerState, state: &Serving) -> Value {
    let Some(findings) = now.findings.as_deref() else {
        return json!({ "examined": null });
    };
    let found: Vec<&Diagnostic> = findings.diagnostics.iter().collect();
    json!({
        "examined": findings.number,
        "title": now.shown.prepared().site().settings.title,
        "root": now.shown.root(),
        "findings": list(&found, findings, state),
        "site": tally(&findings.diagnostics),
    })
}

fn tally(diagnostics: &[Diagnostic]) -> Value {
    let tally = Tally::of(diagnostics);
    json!({ "errors": tally.errors, "warnings": tally.warnings, "notes": tally.notes })
}

/// What a reader of the published site would see otherwise: a draft, a page to come, a page without
/// a review.
fn states(document: &Document, page: Option<&Page>, shown: &PreviewState) -> Vec<String> {
    let today = shown.prepared().site().settings.run.as_of;
    let front = &document.front;
    let mut states = Vec::new();
    if front.draft {
        states.push("Draft: not part of the published site".to_owned());
    }
    states.extend(
        front
            .publish_on
            .filter(|day| *day > today)
            .map(|day| format!("Scheduled: published on {day}")),
    );
    match &front.review {
        None if page.is_some_and(has_review) => states.push("Awaits clinical review".to_owned()),
        Some(review) if review.next.is_some_and(|day| day <= today) => {
            states.push(format!("Review overdue: last reviewed on {}", review.last));
        }
        Some(review) => states.push(format!("Reviewed on {}", review.last)),
        None => {}
    }
    states
}

fn grade(document: &Document, shown: &PreviewState) -> Option<Value> {
    let grade = check::grade_of(document, &shown.prepared().site().settings)?;
    Some(
        json!({ "grade": (grade.grade * 10.0).round() / 10.0, "aim": grade.aim, "words": grade.words }),
    )
}

fn list(found: &[&Diagnostic], findings: &Findings, state: &Serving) -> Vec<Value> {
    let sources = findings.sources.tree();
    let owned: Vec<Diagnostic> = found.iter().map(|found| (*found).clone()).collect();
    let excerpts = human::render_each(&owned, sources);
    owned
        .iter()
        .zip(excerpts)
        .map(|(found, excerpt)| finding(found, &excerpt, sources, state))
        .collect()
}

fn finding(found: &Diagnostic, excerpt: &str, sources: &SourceTree, state: &Serving) -> Value {
    let path = found.place.path.as_str();
    let start = found
        .place
        .span
        .zip(sources.text(&found.place.path))
        .map(|(span, text)| {
            let at = LineIndex::new(text).line_column(span.within(text).start);
            (at.line, at.column)
        });
    let (line, column) = start.unwrap_or((1, 1));
    // The first line of the excerpt is the message, and the help stands by itself.
    let source: Vec<&str> = excerpt
        .lines()
        .skip(1)
        .take_while(|line| !line.trim_start().starts_with("= "))
        .collect();
    json!({
        "rule": found.rule.name(),
        "severity": found.severity.word(),
        "message": found.message,
        "notes": found.notes(),
        "help": found.help,
        "place": place(path, line, column, state),
        "excerpt": if found.place.span.is_some() { source.join("\n") } else { String::new() },
    })
}

/// A place in a source, and the address that opens it in the editor.
fn place(path: &str, line: usize, column: usize, state: &Serving) -> Value {
    let whole = state.root.join(path).to_string_lossy().replace('\\', "/");
    // An address has the same form on every system: /c:/site/content/index.md.
    let whole = format!("/{}", crate::site::encode(whole.trim_start_matches('/')));
    let editor = state
        .editor
        .replace("{path}", &whole)
        .replace("{line}", &line.to_string())
        .replace("{column}", &column.to_string());
    json!({ "path": path, "line": line, "column": column, "editor": editor })
}

fn file(name: &str, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(name));
    if let Ok(policy) = HeaderValue::from_str(&super::policy()) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn json_response(value: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(value.to_string()));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        "x-content-type-options",
        HeaderValue::from_static("nosniff"),
    );
    response
}
