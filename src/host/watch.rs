//! Waiting for the files of a site to change.
//!
//! A change is reported once whoever makes it is done: at once where the system says that a file
//! was closed or renamed into place, after a moment of quiet where it may be half written or about
//! to come back. Folders are watched, never single files, for editors replace files instead of
//! writing them.

mod debounce;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use notify::event::{
    AccessKind, AccessMode, CreateKind, Event, EventKind, ModifyKind, RemoveKind, RenameMode,
};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::read::FOLDERS;
use debounce::{Debouncer, State};

/// How often files are looked at where the system sends no events.
const POLL: Duration = Duration::from_millis(300);

/// How long after a folder came the site is read again: what was written into it before it was
/// watched has no event.
const NEW_FOLDER: Duration = Duration::from_millis(150);

/// How changes are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The system says so.
    Events,
    /// The files are looked at again and again: for network mounts, which send no events.
    Polling,
}

/// What may have changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing in the time given.
    Nothing,
    /// These files, and no others.
    Files(BTreeSet<PathBuf>),
    /// Any file.
    Anything,
}

/// What one event says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Hint {
    File(PathBuf, State),
    Anything,
}

/// Keeps the watcher of either kind alive.
#[derive(Debug)]
enum Watcher {
    Events(RecommendedWatcher),
    Polling(PollWatcher),
}

/// Watches the folders of a site.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    watcher: Watcher,
    watched: BTreeSet<PathBuf>,
    hints: Receiver<Hint>,
    debounce: Debouncer,
    /// When the whole site is to be read again.
    again: Option<Instant>,
}

impl Watch {
    /// Begins to watch.
    ///
    /// # Errors
    /// When the system cannot watch the site's folder.
    pub fn new(root: &Path, method: Method) -> Result<Self> {
        let root = root
            .canonicalize()
            .with_context(|| format!("cannot open {}", root.display()))?;
        let (sender, hints) = channel();
        let handler = move |event: notify::Result<Event>| tell(&sender, event);
        let config = Config::default()
            .with_poll_interval(POLL)
            .with_compare_contents(true);
        let watcher = match method {
            Method::Events => Watcher::Events(RecommendedWatcher::new(handler, config)?),
            Method::Polling => Watcher::Polling(PollWatcher::new(handler, config)?),
        };
        let mut watch = Self {
            root,
            watcher,
            watched: BTreeSet::new(),
            hints,
            debounce: Debouncer::default(),
            again: None,
        };
        watch.add(&watch.root.clone(), RecursiveMode::NonRecursive)?;
        watch.follow()?;
        Ok(watch)
    }

    /// Watches the folders that are there and are not watched yet; a site may get its `templates/`
    /// later, and a folder that was deleted and made again is another one.
    ///
    /// # Errors
    /// When the system cannot watch a folder.
    pub fn follow(&mut self) -> Result<()> {
        if !self.root.join("content").is_dir() {
            return self.add_once(self.root.clone());
        }
        for folder in FOLDERS.map(|name| self.root.join(name)) {
            if folder.is_dir() {
                self.add_once(folder)?;
            }
        }
        Ok(())
    }

    fn add_once(&mut self, folder: PathBuf) -> Result<()> {
        if self.watched.contains(&folder) {
            return Ok(());
        }
        self.add(&folder, RecursiveMode::Recursive)?;
        self.watched.insert(folder);
        Ok(())
    }

    fn add(&mut self, folder: &Path, mode: RecursiveMode) -> Result<()> {
        let result = match &mut self.watcher {
            Watcher::Events(watcher) => watcher.watch(folder, mode),
            Watcher::Polling(watcher) => watcher.watch(folder, mode),
        };
        result.with_context(|| format!("cannot watch {}; try --poll", folder.display()))
    }

    /// Waits until something has changed and is at rest, at most for the given time.
    pub fn wait(&mut self, limit: Duration) -> Change {
        let until = Instant::now() + limit;
        loop {
            let now = Instant::now();
            if let Some(change) = self.debounce.at_rest(now) {
                return change;
            }
            if self.again.is_some_and(|again| now >= again) {
                self.again = None;
                return Change::Anything;
            }
            if now >= until {
                return Change::Nothing;
            }
            let wake = [Some(until), self.debounce.rests_at(), self.again]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(until);
            match self.hints.recv_timeout(wake.saturating_duration_since(now)) {
                Ok(hint) => self.take(hint),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(wake.saturating_duration_since(now));
                }
            }
        }
    }

    fn take(&mut self, hint: Hint) {
        let now = Instant::now();
        match hint {
            Hint::File(path, state) => {
                if self.watched.remove(&path) {
                    self.forget(&path);
                    self.debounce.anything(now);
                } else if path.parent() != Some(&self.root) || is_own(&self.root, &path) {
                    self.debounce.file(path, state, now);
                }
            }
            Hint::Anything => {
                self.watched.retain(|folder| folder.is_dir());
                self.again = Some(now + NEW_FOLDER);
                self.debounce.anything(now);
            }
        }
    }

    /// A folder that went is not watched any more, whatever comes in its place.
    fn forget(&mut self, folder: &Path) {
        // The system may have forgotten it by itself.
        let _ = match &mut self.watcher {
            Watcher::Events(watcher) => watcher.unwatch(folder),
            Watcher::Polling(watcher) => watcher.unwatch(folder),
        };
    }
}

/// Whether a path right under the root can matter: one of the site's folders, or an article where
/// there is no `content/`.
fn is_own(root: &Path, path: &Path) -> bool {
    let is_folder = FOLDERS.iter().any(|name| path == root.join(name));
    is_folder || !root.join("content").is_dir()
}

/// Passes on what an event says.
fn tell(sender: &Sender<Hint>, event: notify::Result<Event>) {
    let hints = match event {
        Ok(event) => hints(event),
        // A fault of the watcher may hide any change.
        Err(_) => vec![Hint::Anything],
    };
    for hint in hints {
        // Nobody waits any more when the server stops.
        let _ = sender.send(hint);
    }
}

fn hints(event: Event) -> Vec<Hint> {
    if event.need_rescan() {
        return vec![Hint::Anything];
    }
    let state = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => State::Written,
        EventKind::Access(_) => return Vec::new(),
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => {
            return event
                .paths
                .into_iter()
                .map(|path| Hint::File(path, State::Gone))
                .chain([Hint::Anything])
                .collect();
        }
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => State::Gone,
        EventKind::Modify(ModifyKind::Name(_)) => {
            let states = [State::Gone, State::Written].into_iter().cycle();
            return renamed(event.paths.into_iter().zip(states));
        }
        _ => State::Open,
    };
    let is_folder = |path: &PathBuf| state == State::Written && path.is_dir();
    event
        .paths
        .into_iter()
        .map(|path| {
            if is_folder(&path) {
                Hint::Anything
            } else {
                Hint::File(path, state)
            }
        })
        .collect()
}

fn renamed(paths: impl Iterator<Item = (PathBuf, State)>) -> Vec<Hint> {
    let hint = |(path, state): (PathBuf, State)| {
        if path.is_dir() {
            Hint::Anything
        } else {
            Hint::File(path, state)
        }
    };
    paths.map(hint).collect()
}
