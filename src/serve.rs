//! The development server: the site in a browser as it is being written.
//!
//! It prepares the site by the same pipeline as a build, makes each page when it is asked for, and
//! tells the open pages when there is a new state. The bytes of a page are those of a build, with
//! the preview's script and policy added by one pure function. Nothing is written to disk.

mod decorate;
mod headers;
mod hosts;
mod preview_service;
mod preview_state;
mod tools;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use tokio::net::TcpListener;
use tokio::sync::watch as latest;

use crate::config::RunOptions;
use crate::diagnostic::Diagnostic;
use crate::host::read;
use crate::host::watch::{self, Watch};
use crate::source::SourceTree;
use decorate::TOOLS;
use preview_service::{Findings, PreviewService, lock};
use preview_state::PreviewState;

pub use decorate::{decorate, policy};

/// The port that is taken when it is free.
pub const USUAL_PORT: u16 = 4600;

/// How many ports after the usual one are tried.
const PORTS_TRIED: u16 = 20;

/// What the server is asked to do.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// The options of each state.
    pub run: RunOptions,
    /// Whether the day moves on at midnight UTC.
    pub day: Day,
    /// The name or address to listen on; without one, this machine only.
    pub host: Option<String>,
    /// The port that must be taken; without one, the usual one or the next that is free.
    pub port: Option<u16>,
    /// How changes are noticed.
    pub watching: watch::Method,
    /// The address that opens a file in an editor, with `{path}`, `{line}` and `{column}` in it.
    pub editor: String,
}

/// Which day the site is prepared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The one that was asked for.
    Fixed,
    /// Today.
    Moving,
}

/// What came of a change.
#[derive(Clone, Copy, Debug)]
pub struct Rebuild<'r> {
    /// The files that changed; none for the first state.
    pub changed: &'r [String],
    /// How many pages were rendered for the findings.
    pub rendered: usize,
    /// How many pages the site has.
    pub pages: usize,
    /// All findings, graded and in order.
    pub diagnostics: &'r [Diagnostic],
    /// The sources that they point into.
    pub sources: &'r SourceTree,
    /// How long after the change was noticed the site could be seen.
    pub shown_after: Duration,
    /// How long after it all findings were known.
    pub examined_after: Duration,
}

/// What the server tells whoever started it.
pub trait Reporter: Send {
    /// The server listens.
    fn listens(&mut self, address: &Address);
    /// There is a new state of the site, and its findings are known.
    fn rebuilt(&mut self, rebuild: &Rebuild<'_>);
    /// Something went wrong that the next change may fix.
    fn failed(&mut self, error: &anyhow::Error);
}

/// Where the server listens.
#[derive(Clone, Debug)]
pub struct Address {
    /// The site's home page.
    pub url: String,
    /// The port that was wanted.
    pub wanted: u16,
    /// The port that was taken.
    pub taken: u16,
    /// Whether other machines can reach it.
    pub reach: Reach,
}

/// Who can reach the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This machine only.
    Loopback,
    /// Every machine of the network.
    Network,
}

/// What is there to be seen.
#[derive(Clone, Debug)]
struct ServerState {
    shown: Arc<PreviewState>,
    /// The findings of this state, or of an earlier one.
    findings: Option<Arc<Findings>>,
}

/// What every request needs.
#[derive(Clone, Debug)]
struct Serving {
    state: latest::Receiver<Option<ServerState>>,
    own: Arc<str>,
    root: Arc<PathBuf>,
    editor: Arc<str>,
    /// How many streams of news are open.
    streams: Arc<AtomicUsize>,
}

/// Serves a site until it is interrupted.
///
/// # Errors
/// When the site's folder cannot be read or watched, or no port can be taken.
pub fn run(options: ServeOptions, reporter: Box<dyn Reporter>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let reporter = Arc::new(Mutex::new(reporter));
    let (host, name) = host(options.host.as_deref())?;
    let wanted = options.port.unwrap_or(USUAL_PORT);
    // The port is taken first: whoever looks early waits for the first state instead of being
    // refused.
    let listener = runtime.block_on(listen(host, options.port))?;
    let taken = listener.local_addr()?.port();
    let watch = Watch::new(&options.root, options.watching)?;
    let tree = read::read(&options.root)?;
    let root = crate::pipeline::root(&tree, &options.run);
    let reach = if host.is_loopback() {
        Reach::Loopback
    } else {
        Reach::Network
    };
    let authority = if name.parse::<std::net::Ipv6Addr>().is_ok() {
        format!("[{name}]")
    } else {
        name.clone()
    };
    lock(&reporter).listens(&Address {
        url: format!("http://{authority}:{taken}{root}"),
        wanted,
        taken,
        reach,
    });
    let (sender, receiver) = latest::channel(None);
    let state = Serving {
        state: receiver,
        own: name.into(),
        root: Arc::new(options.root.canonicalize()?),
        editor: options.editor.as_str().into(),
        streams: Arc::default(),
    };
    std::thread::spawn(move || {
        let service = PreviewService::open(options, tree, Arc::new(sender), &reporter);
        service.follow(watch, &reporter);
    });
    runtime.block_on(async {
        let application = Router::new().fallback(answer).with_state(state);
        // Open pages hold their connections for ever: nobody waits for them.
        tokio::select! {
            done = axum::serve(listener, application).into_future() => done.context("the server stopped"),
            _ = tokio::signal::ctrl_c() => Ok(()),
        }
    })?;
    runtime.shutdown_background();
    Ok(())
}

/// The address to listen on, and the name that the server is known by.
fn host(host: Option<&str>) -> Result<(IpAddr, String)> {
    let Some(host) = host else {
        return Ok((IpAddr::V4(Ipv4Addr::LOCALHOST), "127.0.0.1".to_owned()));
    };
    if let Ok(address) = host.parse::<IpAddr>() {
        let name = if address.is_unspecified() {
            "127.0.0.1".to_owned()
        } else {
            host.to_owned()
        };
        return Ok((address, name));
    }
    let found = (host, 0)
        .to_socket_addrs()
        .with_context(|| format!("there is no host {host:?}"))?
        .next();
    let address = found.with_context(|| format!("{host:?} has no address"))?;
    Ok((address.ip(), host.to_owned()))
}

async fn listen(host: IpAddr, port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::from((host, port)));
    if let Some(port) = port {
        return bind(port)
            .await
            .with_context(|| format!("port {port} is busy; choose another with --port"));
    }
    for port in USUAL_PORT..USUAL_PORT + PORTS_TRIED {
        match bind(port).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).with_context(|| format!("cannot listen on {host}")),
        }
    }
    let last = USUAL_PORT + PORTS_TRIED - 1;
    bail!("the ports {USUAL_PORT} to {last} are all busy; choose another with --port")
}

async fn answer(State(mut state): State<Serving>, request: Request) -> Response<Body> {
    if !is_for_us(request.headers(), &state.own) {
        return plain(
            StatusCode::MISDIRECTED_REQUEST,
            "This server does not answer to that name; see --host.\n",
        );
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
    }
    let path = request.uri().path();
    if let Some(tool) = path.strip_prefix(TOOLS) {
        return tools::answer(tool, request.uri().query().unwrap_or_default(), state).await;
    }
    // The first state may still be on its way.
    let now = state
        .state
        .wait_for(Option::is_some)
        .await
        .ok()
        .and_then(|now| now.clone());
    match now {
        Some(now) => now.shown.answer(path, request.headers()),
        None => plain(StatusCode::SERVICE_UNAVAILABLE, "The server is stopping.\n"),
    }
}

fn is_for_us(headers: &HeaderMap, own: &str) -> bool {
    let host = headers
        .get(header::HOST)
        .map(|host| host.to_str().unwrap_or_default());
    host.is_none_or(|host| hosts::is_known(host, own))
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}
