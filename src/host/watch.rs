//! Waiting for the files of a site to change.
//!
//! Events are only hints: whoever waits reads the site again and compares. Folders are watched, never single files, for
//! editors replace files instead of writing them.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer_opt};

use super::read::FOLDERS;

/// How long the disk must be quiet before a change is reported: editors write in several steps.
const QUIET: Duration = Duration::from_millis(80);

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The system says so.
    Events,
    /// The files are looked at again and again: for network mounts, which send no events.
    Polling,
}

/// Keeps the watcher of either kind alive.
#[derive(Debug)]
enum Watcher {
    Events(Debouncer<RecommendedWatcher, RecommendedCache>),
    Polling(Debouncer<PollWatcher, RecommendedCache>),
}

/// Watches the folders of a site.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    watcher: Watcher,
    watched: Vec<PathBuf>,
    changes: Receiver<()>,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the system cannot watch the site's folder.
    pub fn new(root: &Path, method: Method) -> Result<Self> {
        let (sender, changes) = channel();
        let handler = move |result: DebounceEventResult| {
            let is_change = match &result {
                Ok(events) => events.iter().any(|event| !matches!(event.kind, EventKind::Access(_))),
                // A fault of the watcher may hide a change, so the files are compared.
                Err(_) => true,
            };
            if is_change {
                // Nobody waits any more when the server stops.
                let _ = sender.send(());
            }
        };
        let config = Config::default().with_poll_interval(Duration::from_millis(500)).with_compare_contents(true);
        let cache = RecommendedCache::new();
        let watcher = match method {
            Method::Events => Watcher::Events(new_debouncer_opt(QUIET, None, handler, cache, config)?),
            Method::Polling => Watcher::Polling(new_debouncer_opt(QUIET, None, handler, cache, config)?),
        };
        let mut watch = Self { root: root.to_path_buf(), watcher, watched: Vec::new(), changes };
        watch.add(root, RecursiveMode::NonRecursive)?;
        watch.follow()?;
        Ok(watch)
    }

    /// Watches the folders that are there and are not watched yet; a site may get its `templates/` later.
    ///
    /// # Errors
    /// When the system cannot watch a folder.
    pub fn follow(&mut self) -> Result<()> {
        self.watched.retain(|folder| folder.is_dir());
        if !self.root.join("content").is_dir() {
            return self.add_once(&self.root.clone());
        }
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if folder.is_dir() {
                self.add_once(&folder)?;
            }
        }
        Ok(())
    }

    fn add_once(&mut self, folder: &Path) -> Result<()> {
        if self.watched.iter().any(|known| known == folder) {
            return Ok(());
        }
        self.watched.push(folder.to_path_buf());
        self.add(folder, RecursiveMode::Recursive)
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) -> Result<()> {
        let result = match &mut self.watcher {
            Watcher::Events(watcher) => watcher.watch(folder, mode),
            Watcher::Polling(watcher) => watcher.watch(folder, mode),
        };
        result.with_context(|| format!("cannot watch {}; try --poll", folder.display()))
    }

    /// Waits for a change, at most for the given time; says whether there may have been one.
    #[must_use]
    pub fn wait(&self, limit: Duration) -> bool {
        match self.changes.recv_timeout(limit) {
            Ok(()) => {
                while self.changes.try_recv().is_ok() {}
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(limit);
                false
            }
        }
    }
}
