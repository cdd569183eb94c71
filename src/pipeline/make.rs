//! Making the files of a plan: from what is known of an earlier build, or anew.
//!
//! A page is rendered only where something that it read has changed, or where the sink does not
//! have the file that came of it.

use std::sync::Arc;

use super::memo::{Memo, RenderedPage};
use super::plan::OutputSpec;
use super::prepared::{Prepared, finished};
use crate::check::{self, FinishedFile, SourceMapping};
use crate::diagnostic::Diagnostic;
use crate::memo::{Input, Key, KeyHasher};
use crate::output::{Origin, OutputFile, OutputPath, OutputRecord, Sink};
use crate::render::search::SearchFile;
use crate::render::view::PageView;
use crate::render::{Job, RenderFault, Renderer};

/// How a file came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No template makes it; or it is an old address, and no page.
    Fixed,
    /// A page that was rendered for this build.
    Rendered,
    /// A page that an earlier build rendered.
    Recalled,
}

/// A file that went to the sink, or was there.
pub(super) struct Artifact {
    pub(super) kept: Option<(OutputPath, OutputRecord)>,
    pub(super) outcome: Outcome,
    pub(super) found: Vec<Diagnostic>,
}

/// Makes the files of one site.
pub(super) struct Maker<'b> {
    pub(super) prepared: &'b Prepared,
    pub(super) sink: &'b dyn Sink,
    pub(super) memo: &'b Memo,
    /// The fingerprint of what the site asks for.
    pub(super) settings: Key,
}

impl<'b> Maker<'b> {
    pub(super) fn new(prepared: &'b Prepared, sink: &'b dyn Sink, memo: &'b Memo) -> Self {
        Self {
            prepared,
            sink,
            memo,
            settings: prepared.site().settings.key(),
        }
    }

    pub(super) fn make(
        &self,
        path: &OutputPath,
        planned: &OutputSpec,
    ) -> Result<Artifact, RenderFault> {
        let (kept, found) = match planned {
            OutputSpec::Page(job, origin) => {
                let (page, rendered) = self.page(*job, path, origin)?;
                let outcome = match job {
                    Job::Page(_) => rendered,
                    Job::Redirect(_) => Outcome::Fixed,
                };
                return Ok(Artifact {
                    kept: Some((path.clone(), page.record)),
                    outcome,
                    found: page.found.clone(),
                });
            }
            OutputSpec::Search(file) => (Some((path.clone(), self.search(path, file))), Vec::new()),
            _ => (self.fixed(path, planned), self.look(path, planned)),
        };
        Ok(Artifact {
            kept,
            outcome: Outcome::Fixed,
            found,
        })
    }

    /// The key of what is made for a path.
    fn key(&self, path: &OutputPath, origin: &Origin) -> Key {
        KeyHasher::default()
            .add(&self.settings)
            .add(path)
            .add(origin)
            .key()
    }

    /// A file that no template makes. What is copied need not be read where it is there already.
    fn fixed(&self, path: &OutputPath, planned: &OutputSpec) -> Option<(OutputPath, OutputRecord)> {
        let make = || self.prepared.fixed(path, planned);
        let record = match self.prepared.record(planned) {
            Some(known) => {
                if !self.sink.keep(path, &known) {
                    self.sink.put(make()?);
                }
                known
            }
            None => self.put(make()?),
        };
        Some((path.clone(), record))
    }

    /// What is wrong with a file that no template makes.
    fn look(&self, path: &OutputPath, planned: &OutputSpec) -> Vec<Diagnostic> {
        let Some((origin, _)) = self.prepared.looked_at(path, planned) else {
            return Vec::new();
        };
        let (table, key) = (&self.memo.file_findings, self.key(path, origin));
        let found = table.get(key, self.prepared).unwrap_or_else(|| {
            let mut reads = vec![Input::Output(path.clone())];
            // A finding in a style sheet may point into any that was put into it.
            reads.extend(
                path.as_str()
                    .ends_with(".css")
                    .then_some(Input::StyleSheets),
            );
            let found = look(self.prepared, path, planned);
            table.put(key, reads, self.prepared, found)
        });
        Arc::unwrap_or_clone(found)
    }

    /// A file of the search index, unless an earlier build made it.
    fn search(&self, path: &OutputPath, file: &SearchFile) -> OutputRecord {
        let (table, key) = (&self.memo.search_files, self.key(path, &file.origin()));
        let known = table.get(key, self.prepared).map(|record| *record);
        known
            .filter(|record| self.sink.keep(path, record))
            .unwrap_or_else(|| {
                let record = self.put(file.make(self.prepared.site(), path));
                let reads = vec![Input::Output(path.clone())];
                *table.put(key, reads, self.prepared, record)
            })
    }

    fn page(
        &self,
        job: Job,
        path: &OutputPath,
        origin: &Origin,
    ) -> Result<(Arc<RenderedPage>, Outcome), RenderFault> {
        let (table, key) = (&self.memo.pages, self.key(path, origin));
        let known = table.get(key, self.prepared);
        if let Some(page) = known.filter(|page| self.sink.keep(path, &page.record)) {
            return Ok((page, Outcome::Recalled));
        }
        let renderer = self.prepared.renderer();
        let (view, reads) = renderer.view(job, origin)?;
        let (file, found) = render(self.prepared, &renderer, job, &view, path, origin)?;
        let record = self.put(file);
        let page = RenderedPage { record, found };
        Ok((
            table.put(key, reads, self.prepared, page),
            Outcome::Rendered,
        ))
    }

    /// Hands a file to the sink, unless it has it, and gives what is to be remembered of it.
    fn put(&self, file: OutputFile) -> OutputRecord {
        let record = OutputRecord::of(&file);
        if !self.sink.keep(&file.path, &record) {
            self.sink.put(file);
        }
        record
    }
}

/// Renders a page and looks at it.
fn render(
    prepared: &Prepared,
    renderer: &Renderer<'_>,
    job: Job,
    view: &PageView,
    path: &OutputPath,
    origin: &Origin,
) -> Result<(OutputFile, Vec<Diagnostic>), RenderFault> {
    let file = renderer.render(job, view, path, origin)?;
    let found = prepared
        .page_rules()
        .look(|| finished(prepared, renderer, job, view.frame.template, &file));
    Ok((file, found))
}

/// Runs the rules that look at a finished file that no template made.
fn look(prepared: &Prepared, path: &OutputPath, planned: &OutputSpec) -> Vec<Diagnostic> {
    let looked_at = prepared.looked_at(path, planned);
    let Some((origin, bytes, text)) =
        looked_at.and_then(|(origin, bytes)| Some((origin, bytes, bytes.text()?)))
    else {
        return Vec::new();
    };
    let renderer = prepared.renderer();
    let source = match origin {
        Origin::Source(source) => prepared.tree().get(source.as_str()),
        _ => None,
    };
    let is_copy = source == Some(bytes);
    let parts: Vec<_> = prepared
        .parts(path)
        .filter_map(|(source, file)| Some((source, &**file.text()?)))
        .collect();
    let mapping = if is_copy {
        SourceMapping::Copy
    } else {
        SourceMapping::Made(&parts)
    };
    let base_url = renderer.base_url();
    check::check_file(
        &FinishedFile {
            path,
            origin,
            mapping,
            base_url,
            text,
        },
        renderer.settings(),
    )
}
