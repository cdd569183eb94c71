//! Making the files of a plan: from what is known of an earlier build, or anew.
//!
//! A page is rendered only where its key is new, or where the sink does not have the file that came
//! of it.

use super::Prepared;
use super::plan::Planned;
use crate::cache::{Cache, Step};
use crate::check::{self, FinishedFile, FinishedPage, Likeness};
use crate::diagnostic::Diagnostic;
use crate::output::{Origin, OutputFile, OutputPath, OutputRecord, Sink};
use crate::render::search::SearchFile;
use crate::render::view::PageView;
use crate::render::{CSP, Job, RenderFault, Renderer};

/// How a file came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// No template makes it; or it is an old address, and no page.
    Fixed,
    /// A page that was rendered for this build.
    Rendered,
    /// A page that an earlier build rendered.
    Recalled,
}

/// A file that went to the sink, or was there.
pub(super) struct Made {
    pub(super) kept: Option<(OutputPath, OutputRecord)>,
    pub(super) how: How,
    pub(super) found: Vec<Diagnostic>,
}

/// What a rendered page came to: its file, and what was found in it.
type KnownPage = (OutputRecord, Vec<Diagnostic>);

/// Makes the files of one site.
pub(super) struct Maker<'b> {
    pub(super) prepared: &'b Prepared,
    pub(super) sink: &'b dyn Sink,
    pub(super) cache: &'b Cache,
}

impl Maker<'_> {
    pub(super) fn make(&self, path: &OutputPath, planned: &Planned) -> Result<Made, RenderFault> {
        let (kept, found) = match planned {
            Planned::Page(job, origin) => {
                let (record, found, how) = self.page(*job, path, origin)?;
                let how = if matches!(job, Job::Page(_)) {
                    how
                } else {
                    How::Fixed
                };
                return Ok(Made {
                    kept: Some((path.clone(), record)),
                    how,
                    found,
                });
            }
            Planned::Search(file) => (Some((path.clone(), self.search(path, file))), Vec::new()),
            _ => (self.fixed(path, planned), self.look(path, planned)),
        };
        Ok(Made {
            kept,
            how: How::Fixed,
            found,
        })
    }

    /// A file that no template makes. What is copied need not be read where it is there already.
    fn fixed(&self, path: &OutputPath, planned: &Planned) -> Option<(OutputPath, OutputRecord)> {
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
    fn look(&self, path: &OutputPath, planned: &Planned) -> Vec<Diagnostic> {
        if !self.cache.is_on() {
            return look(self.prepared, path, planned);
        }
        let Some(key) = self.prepared.look_key(path, planned) else {
            return Vec::new();
        };
        self.cache.get(Step::File, key).unwrap_or_else(|| {
            let found = look(self.prepared, path, planned);
            self.cache.put(Step::File, key, &found);
            found
        })
    }

    /// A file of the search index, unless an earlier build made it.
    fn search(&self, path: &OutputPath, file: &SearchFile) -> OutputRecord {
        let site = self.prepared.site();
        if !self.cache.is_on() {
            return self.put(file.make(site, path));
        }
        let key = file.key(site);
        let known: Option<OutputRecord> = self.cache.get(Step::Search, key);
        known
            .filter(|record| self.sink.keep(path, record))
            .unwrap_or_else(|| {
                let record = self.put(file.make(site, path));
                self.cache.put(Step::Search, key, &record);
                record
            })
    }

    fn page(
        &self,
        job: Job,
        path: &OutputPath,
        origin: &Origin,
    ) -> Result<(OutputRecord, Vec<Diagnostic>, How), RenderFault> {
        let renderer = self.prepared.renderer();
        if !self.cache.is_on() {
            let (file, found) = render(
                self.prepared,
                &renderer,
                job,
                &renderer.view(job, origin)?,
                path,
                origin,
            )?;
            return Ok((self.put(file), found, How::Rendered));
        }
        let (key, view) = renderer.key(self.prepared.ground(), job, origin)?;
        let known: Option<KnownPage> = self.cache.get(Step::Page, key);
        let is_known = known.is_some();
        if let Some((record, found)) = known.filter(|(record, _)| self.sink.keep(path, record)) {
            return Ok((record, found, How::Recalled));
        }
        let view = view.map_or_else(|| renderer.view(job, origin), Ok)?;
        let (file, found) = render(self.prepared, &renderer, job, &view, path, origin)?;
        let record = self.put(file);
        if !is_known {
            self.cache.put(Step::Page, key, &(record, &found));
        }
        Ok((record, found, How::Rendered))
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
pub(super) fn render(
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
pub(super) fn look(prepared: &Prepared, path: &OutputPath, planned: &Planned) -> Vec<Diagnostic> {
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
    let likeness = if is_copy {
        Likeness::Copy
    } else {
        Likeness::Made(&parts)
    };
    let base_url = renderer.base_url();
    check::check_file(
        &FinishedFile {
            path,
            origin,
            likeness,
            base_url,
            text,
        },
        renderer.settings(),
    )
}

/// A rendered page as the rules look at it.
pub(super) fn finished<'p>(
    prepared: &'p Prepared,
    renderer: &Renderer<'p>,
    job: Job,
    template: &'p str,
    file: &'p OutputFile,
) -> FinishedPage<'p> {
    FinishedPage {
        origin: &file.origin,
        url: renderer.url(job),
        template,
        base_url: renderer.base_url(),
        csp: CSP,
        html: std::str::from_utf8(&file.bytes).unwrap_or_default(),
        companions: prepared.companions(),
        budgets: renderer.settings().budgets,
    }
}
