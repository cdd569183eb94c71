//! The development server: a site built in memory, served to this machine only, and built again when a file changes.
//!
//! It goes through the same pipeline as a build and serves the same bytes with the headers that `_headers` asks for, so
//! what an editor sees is what readers will get. Nothing is written to disk.

mod files;
mod headers;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, header};
use tokio::net::TcpListener;

pub use files::Served;

use crate::config::RunOptions;
use crate::host::memory::Memory;
use crate::host::watch::{self, Watch};
use crate::host::{clock, read};
use crate::pipeline::{self, Build};
use crate::source::SourceTree;

/// The port that is taken when it is free.
pub const USUAL_PORT: u16 = 4600;

/// How many ports after the usual one are tried.
const PORTS_TRIED: u16 = 20;

/// What the server is asked to do.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The site's folder.
    pub root: PathBuf,
    /// The options of each build.
    pub run: RunOptions,
    /// Whether the day moves on at midnight UTC.
    pub day: Day,
    /// The port that must be taken; without one, the usual one or the next that is free.
    pub port: Option<u16>,
    /// How changes are noticed.
    pub watching: watch::Method,
}

/// Which day the site is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// The one that was asked for.
    Fixed,
    /// Today.
    Moving,
}

/// What the server tells whoever started it.
pub trait Reporter: Send {
    /// A build begins.
    fn building(&mut self);
    /// The site was built.
    fn built(&mut self, build: &Build, tree: &SourceTree);
    /// The server listens.
    fn listens(&mut self, address: &str, wanted: u16, taken: u16);
    /// Something went wrong that the next change may mend.
    fn failed(&mut self, error: &anyhow::Error);
}

type Shared = Arc<RwLock<Arc<Served>>>;

/// Serves a site until it is interrupted.
///
/// # Errors
/// When the site's folder cannot be read or watched, or no port can be taken.
pub fn run(options: ServeOptions, mut reporter: Box<dyn Reporter>) -> Result<()> {
    let tree = read::read(&options.root)?;
    let served = build(&tree, &options.run, &mut *reporter);
    let root = served.root().to_owned();
    let shared: Shared = Arc::new(RwLock::new(Arc::new(served)));
    let watch = Watch::new(&options.root, options.watching)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let wanted = options.port.unwrap_or(USUAL_PORT);
        let listener = listen(options.port).await?;
        let taken = listener.local_addr()?.port();
        reporter.listens(&format!("http://127.0.0.1:{taken}{root}"), wanted, taken);
        let state = shared.clone();
        std::thread::spawn(move || rebuild(&options, tree, watch, &state, &mut *reporter));
        let application = Router::new().fallback(answer).with_state(shared);
        let stop = async {
            // Without a signal handler the process simply ends when it is interrupted.
            let _ = tokio::signal::ctrl_c().await;
        };
        axum::serve(listener, application).with_graceful_shutdown(stop).await.context("the server stopped")
    })
}

fn build(tree: &SourceTree, run: &RunOptions, reporter: &mut dyn Reporter) -> Served {
    reporter.building();
    let memory = Memory::default();
    let build = pipeline::build(tree, run.clone(), &memory);
    reporter.built(&build, tree);
    Served::new(pipeline::root(tree, run), memory.into_files())
}

async fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let Some(port) = port {
        return bind(port).await.with_context(|| format!("port {port} is busy; choose another with --port"));
    }
    for port in USUAL_PORT..USUAL_PORT + PORTS_TRIED {
        if let Ok(listener) = bind(port).await {
            return Ok(listener);
        }
    }
    let last = USUAL_PORT + PORTS_TRIED - 1;
    bail!("the ports {USUAL_PORT} to {last} are all busy; choose another with --port")
}

/// Builds the site again whenever its files, or the day, are not what they were.
fn rebuild(options: &ServeOptions, tree: SourceTree, mut watch: Watch, shared: &Shared, reporter: &mut dyn Reporter) {
    let mut run = options.run.clone();
    let mut last = tree;
    loop {
        let may_have_changed = watch.wait(Duration::from_secs(30));
        let today = clock::today();
        let is_new_day = options.day == Day::Moving && today != run.as_of;
        if !may_have_changed && !is_new_day {
            continue;
        }
        if is_new_day {
            run.as_of = today;
        }
        match watch.follow().and_then(|()| read::read(&options.root)) {
            Ok(tree) if tree == last && !is_new_day => {}
            Ok(tree) => {
                let served = Arc::new(build(&tree, &run, reporter));
                *shared.write().unwrap_or_else(PoisonError::into_inner) = served;
                last = tree;
            }
            Err(error) => reporter.failed(&error),
        }
    }
}

async fn answer(State(shared): State<Shared>, request: Request) -> Response<Body> {
    let served = shared.read().unwrap_or_else(PoisonError::into_inner).clone();
    if !is_local(request.headers()) {
        return plain(StatusCode::MISDIRECTED_REQUEST, "This server answers only to 127.0.0.1 and localhost.\n");
    }
    match *request.method() {
        Method::GET | Method::HEAD => served.answer(request.uri().path()),
        _ => plain(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n"),
    }
}

/// Another website must not be able to read the site through a host name that it points to this machine.
fn is_local(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1"].contains(&name)
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}
