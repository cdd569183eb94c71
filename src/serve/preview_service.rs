//! The preview service: watches the files, prepares each new state of the site, and has it checked.
//!
//! One thread watches, so that two states are never made at once. Another checks the latest state,
//! and gives up when a newer one arrives.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch::Sender as StateSender;

use super::preview_state::PreviewState;
use super::{Day, Rebuild, Reporter, ServeOptions, ServerState};
use crate::config::RunOptions;
use crate::diagnostic::{Diagnostic, Level, RuleId, Severity};
use crate::host::watch::{Change, Watch};
use crate::host::{cache, clock, read};
use crate::pipeline::{self, Build, Memo, Prepared};
use crate::source::{SourcePath, SourceTree};

/// How often the day is looked at.
const LOOK: Duration = Duration::from_secs(30);

/// How long the browser has the machine for itself before a state is examined.
const GRACE: Duration = Duration::from_millis(40);

/// The findings of one state of the site.
#[derive(Debug)]
pub(super) struct Findings {
    /// The state.
    pub(super) number: u64,
    /// All findings, graded and in order.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The sources that they point into.
    pub(super) sources: Arc<Prepared>,
}

/// A state that waits to be examined.
struct Task {
    number: u64,
    prepared: Arc<Prepared>,
    changed: Vec<String>,
    began: Instant,
    shown_after: Duration,
}

/// Keeps a site, and makes a new state of it whenever its files change.
pub(super) struct PreviewService {
    options: ServeOptions,
    run: RunOptions,
    tree: Arc<SourceTree>,
    state: Arc<StateSender<Option<ServerState>>>,
    memo: Arc<Memo>,
    /// For the site with the last good state of the files that cannot be read.
    patched_memo: Memo,
    /// The sources as they were last shown, and those of them that were never good.
    shown: Arc<SourceTree>,
    never_good: HashSet<SourcePath>,
    last: Option<Arc<PreviewState>>,
    tasks: Sender<Task>,
    wanted: Arc<AtomicU64>,
}

impl PreviewService {
    /// Opens the workshop with the site as it is, and begins to examine.
    pub(super) fn open(
        options: ServeOptions,
        tree: SourceTree,
        state: Arc<StateSender<Option<ServerState>>>,
        reporter: &Arc<Mutex<Box<dyn Reporter>>>,
    ) -> Self {
        let (tasks, waiting) = channel();
        let wanted = Arc::new(AtomicU64::new(0));
        let memo = Arc::new(Memo::in_memory(cache::open(&options.root)));
        let examiner = Checker {
            waiting,
            memo: memo.clone(),
            wanted: wanted.clone(),
            state: state.clone(),
            reporter: reporter.clone(),
        };
        std::thread::spawn(move || examiner.work());
        let (run, shown) = (options.run.clone(), Arc::default());
        let mut workshop = Self {
            options,
            run,
            tree: Arc::new(tree),
            state,
            memo,
            patched_memo: Memo::default(),
            shown,
            never_good: HashSet::new(),
            last: None,
            tasks,
            wanted,
        };
        workshop.show(Vec::new(), clock::moment());
        workshop
    }

    /// Follows the files for ever.
    pub(super) fn follow(mut self, mut watch: Watch, reporter: &Mutex<Box<dyn Reporter>>) {
        loop {
            let change = watch.wait(LOOK);
            let began = clock::moment();
            let today = clock::today();
            let is_new_day = self.options.day == Day::Moving && today != self.run.as_of;
            if is_new_day {
                self.run.as_of = today;
            }
            if change == Change::Nothing && !is_new_day {
                continue;
            }
            match watch.follow().and_then(|()| self.read(&change)) {
                Ok(tree) => {
                    let mut changed: Vec<String> = self
                        .tree
                        .differences(&tree)
                        .iter()
                        .map(ToString::to_string)
                        .collect();
                    if is_new_day {
                        changed.insert(0, format!("it is {today}"));
                    }
                    if !changed.is_empty() {
                        self.tree = Arc::new(tree);
                        self.show(changed, began);
                    }
                }
                Err(error) => lock(reporter).failed(&error),
            }
        }
    }

    fn read(&self, change: &Change) -> anyhow::Result<SourceTree> {
        let refreshed = match change {
            Change::Files(files) => read::refresh(&self.options.root, &self.tree, files),
            _ => None,
        };
        refreshed.map_or_else(|| read::read(&self.options.root), Ok)
    }

    /// Makes the next state of the site and publishes it.
    fn show(&mut self, changed: Vec<String>, began: Instant) {
        let tree = self.tree.clone();
        let prepared = Arc::new(Prepared::new(tree.clone(), self.run.clone(), &self.memo));
        let unreadable = unreadable(&prepared);
        let to_show = match self.patched(&tree, &unreadable) {
            Some(patched) => Arc::new(Prepared::new(patched, self.run.clone(), &self.patched_memo)),
            None => prepared.clone(),
        };
        self.shown = to_show.tree().clone();
        let shown = Arc::new(PreviewState::after(self.last.as_deref(), to_show));
        self.last = Some(shown.clone());
        self.wanted.store(shown.number, Ordering::Relaxed);
        let number = shown.number;
        self.state.send_modify(|now| {
            let findings = now.take().and_then(|now| now.findings);
            *now = Some(ServerState { shown, findings });
        });
        // The examiner is there as long as the process is.
        let _ = self.tasks.send(Task {
            number,
            prepared,
            changed,
            began,
            shown_after: began.elapsed(),
        });
    }

    /// The sources with the last good state of the files that cannot be read; nothing where all can
    /// be, or none ever could.
    fn patched(
        &mut self,
        tree: &Arc<SourceTree>,
        unreadable: &HashSet<SourcePath>,
    ) -> Option<Arc<SourceTree>> {
        let is_first = self.last.is_none();
        self.never_good.retain(|path| unreadable.contains(path));
        let mut patched = None;
        for path in unreadable {
            let good = self
                .shown
                .get(path.as_str())
                .filter(|_| !is_first && !self.never_good.contains(path));
            match good.cloned() {
                Some(bytes) => {
                    patched
                        .get_or_insert_with(|| (**tree).clone())
                        .insert(path.clone(), bytes);
                }
                None => {
                    self.never_good.insert(path.clone());
                }
            }
        }
        patched.map(Arc::new)
    }
}

/// The files that are so faulty that nothing of them can be shown.
fn unreadable(prepared: &Prepared) -> HashSet<SourcePath> {
    let hides = |found: &&Diagnostic| {
        let rules = [
            RuleId::InvalidYaml,
            RuleId::UnreadableFile,
            RuleId::TemplateFault,
        ];
        rules.contains(&found.rule) && found.rule.default_level() == Level::On(Severity::Error)
    };
    prepared
        .found()
        .iter()
        .filter(hides)
        .map(|found| found.place.path.clone())
        .collect()
}

/// Looks for what is wrong with each state, the latest first.
struct Checker {
    waiting: Receiver<Task>,
    memo: Arc<Memo>,
    wanted: Arc<AtomicU64>,
    state: Arc<StateSender<Option<ServerState>>>,
    reporter: Arc<Mutex<Box<dyn Reporter>>>,
}

impl Checker {
    fn work(self) {
        // Pages that somebody waits for are made by other threads than these.
        let threads = std::thread::available_parallelism()
            .map_or(1, |cores| cores.get().saturating_sub(1).max(1));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let mut changed = Vec::new();
        while let Ok(mut task) = self.waiting.recv() {
            while let Ok(later) = self.waiting.recv_timeout(GRACE) {
                changed.append(&mut task.changed);
                task = later;
            }
            changed.append(&mut task.changed);
            let is_wanted = || self.wanted.load(Ordering::Relaxed) == task.number;
            let examine = || pipeline::examine(&task.prepared, &self.memo, &is_wanted);
            let done = match &pool {
                Ok(pool) => pool.install(examine),
                Err(_) => examine(),
            };
            if let Some(done) = done {
                self.publish(task, done, std::mem::take(&mut changed));
            }
        }
    }

    fn publish(&self, task: Task, done: Build, mut changed: Vec<String>) {
        changed.sort();
        changed.dedup();
        lock(&self.reporter).rebuilt(&Rebuild {
            changed: &changed,
            rendered: done.rendered,
            pages: task.prepared.site().pages.len(),
            diagnostics: &done.diagnostics,
            sources: task.prepared.tree(),
            shown_after: task.shown_after,
            examined_after: task.began.elapsed(),
        });
        let findings = Findings {
            number: task.number,
            diagnostics: done.diagnostics,
            sources: task.prepared,
        };
        self.state.send_modify(|now| {
            if let Some(now) = now {
                now.findings = Some(Arc::new(findings));
            }
        });
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
