//! All that a site's builds remember, and where it is kept.
//!
//! A command that runs once keeps it in a log alone; the preview, which builds state after state,
//! keeps it in memory over the log. Both ask the same tables in the same way.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::recall::BuildRecord;
use crate::assets::Assets;
use crate::config::Settings;
use crate::content::{self, Content};
use crate::diagnostic::Diagnostic;
use crate::memo::{Counts, Log, Query, Save, Table};
use crate::output::OutputRecord;
use crate::render::Templates;
use crate::site::Site;
use crate::source::{SourcePath, SourceTree};

/// A rendered page: its file, and what the rules find in it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RenderedPage {
    pub(super) record: OutputRecord,
    pub(super) found: Vec<Diagnostic>,
}

/// What is made of a linked site and the files of its theme.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) assets: Arc<Assets>,
    pub(super) templates: Arc<Templates>,
    pub(super) plan: Arc<Plan>,
    /// What is wrong with templates and with paths.
    pub(super) faults: Vec<Diagnostic>,
}

/// The last state of a site, and what it was made of.
#[derive(Debug)]
pub(super) struct LastState {
    pub(super) content: Content,
    pub(super) site: Arc<Site>,
    pub(super) theme: SourceTree,
    pub(super) made: Made,
}

impl LastState {
    /// Whether another state with these settings and files of the theme can take anything from it.
    pub(super) fn is_comparable(&self, settings: &Settings, theme: &SourceTree) -> bool {
        let names = |tree: &SourceTree| -> Vec<SourcePath> {
            tree.under("").map(|(path, _)| path.clone()).collect()
        };
        *self.site.settings == *settings && names(&self.theme) == names(theme)
    }
}

/// What earlier builds leave for the next.
#[derive(Debug)]
pub struct Memo {
    pub(super) content: content::Memo,
    pub(super) document_findings: Table<Vec<Diagnostic>>,
    pub(super) pages: Table<RenderedPage>,
    pub(super) file_findings: Table<Vec<Diagnostic>>,
    pub(super) search_files: Table<OutputRecord>,
    pub(super) builds: Table<BuildRecord>,
    /// The last state of a preview, of which the next takes what has not changed; nothing where
    /// there is no next.
    last: Option<Mutex<Option<LastState>>>,
    log: Option<Arc<Log>>,
}

impl Default for Memo {
    fn default() -> Self {
        Self::in_memory(None)
    }
}

impl Memo {
    /// A memo that one command uses: what it adds goes into the log.
    #[must_use]
    pub fn in_log(log: Log) -> Self {
        let log = Arc::new(log);
        Self {
            content: content::Memo::in_log(&log),
            document_findings: Table::in_log(Query::DocumentFindings, log.clone()),
            pages: Table::in_log(Query::Page, log.clone()),
            file_findings: Table::in_log(Query::FileFindings, log.clone()),
            search_files: Table::in_log(Query::SearchFile, log.clone()),
            builds: Table::in_log(Query::Build, log.clone()),
            last: None,
            log: Some(log),
        }
    }

    /// A memo that lives as long as the process, and begins with what a log has.
    #[must_use]
    pub fn in_memory(log: Option<Log>) -> Self {
        let log = log.map(Arc::new);
        Self {
            content: content::Memo::in_memory(log.clone()),
            document_findings: Table::in_memory(Query::DocumentFindings, log.clone()),
            pages: Table::in_memory(Query::Page, log.clone()),
            file_findings: Table::in_memory(Query::FileFindings, log.clone()),
            search_files: Table::in_memory(Query::SearchFile, log.clone()),
            builds: Table::in_memory(Query::Build, log.clone()),
            last: Some(Mutex::default()),
            log,
        }
    }

    /// What is to be done with the log so that the next run finds what is new.
    #[must_use]
    pub fn save(&self) -> Save {
        self.log.as_ref().map_or(Save::Nothing, |log| log.save())
    }

    /// How many bytes the log had that the memo began with.
    #[must_use]
    pub fn log_length(&self) -> usize {
        self.log.as_ref().map_or(0, |log| log.length())
    }

    /// How often each sort of work had been done before.
    #[must_use]
    pub fn counts(&self) -> [(Query, Counts); 4] {
        [
            (Query::DocumentFindings, self.document_findings.counts()),
            (Query::Page, self.pages.counts()),
            (Query::FileFindings, self.file_findings.counts()),
            (Query::SearchFile, self.search_files.counts()),
        ]
    }

    /// Takes the last state of a preview.
    pub(super) fn take_last(&self) -> Option<LastState> {
        let mut last = self
            .last
            .as_ref()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        last.take()
    }

    /// Keeps a state for the next of a preview.
    pub(super) fn keep_last(&self, state: LastState) {
        if let Some(last) = &self.last {
            *last.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
        }
    }

    /// Drops from memory what no build has asked for since the last time.
    pub(super) fn sweep(&self) {
        self.content.sweep();
        self.document_findings.sweep();
        self.pages.sweep();
        self.file_findings.sweep();
        self.search_files.sweep();
    }
}
