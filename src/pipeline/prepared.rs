//! A site ready to be rendered: linked, with its templates, its assets and the plan of its files.
//!
//! From here a single page can be made without the others. What has not changed since the last
//! preparation with the same [`Memo`] is taken from there; with or without it, the same sources give
//! the same preparation.

use std::sync::{Arc, OnceLock};

use super::Largest;
use super::memo::{LastState, Made, Memo};
use super::phase::{NO_WATCHER, Phase, Watcher};
use super::plan::{OutputSpec, Plan};
use crate::assets::{self, Assets};
use crate::check::{self, FinishedPage, PageRules, Subresources};
use crate::config::{self, RunOptions, Settings};
use crate::content::{self, Content, Document, ProseReader};
use crate::diagnostic::Diagnostic;
use crate::memo::{Input, Inputs, Key, KeyHasher};
use crate::output::{Origin, OutputFile, OutputPath, OutputRecord};
use crate::render::{self, CSP, Job, RenderFault, Renderer, SiteFingerprints, Templates};
use crate::site::{self, Site};
use crate::source::{FileBytes, SourcePath, SourceTree};

/// A file of the plan, with its path.
type PlannedOutput<'p> = (&'p OutputPath, &'p OutputSpec);

/// When the rules on documents run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentRules {
    /// While documents are read, in the parse that makes their outlines.
    WhileReading,
    /// When somebody asks for findings.
    Later,
}

/// A site ready to be rendered.
#[derive(Debug)]
pub struct Prepared {
    tree: Arc<SourceTree>,
    site: Arc<Site>,
    made: Made,
    fingerprints: OnceLock<SiteFingerprints>,
    subresources: OnceLock<Subresources>,
    page_rules: PageRules,
    found: Vec<Diagnostic>,
}

impl Prepared {
    /// Reads and links a site, and plans its files. Rules run when somebody asks for findings.
    #[must_use]
    pub fn new(tree: Arc<SourceTree>, run: RunOptions, memo: &Memo) -> Self {
        Self::with(tree, run, memo, DocumentRules::Later, NO_WATCHER)
    }

    /// Prepares as [`Prepared::new`] does, and tells of each phase that begins.
    pub(super) fn with(
        tree: Arc<SourceTree>,
        run: RunOptions,
        memo: &Memo,
        rules: DocumentRules,
        watcher: Watcher<'_>,
    ) -> Self {
        watcher(Phase::Load);
        let (settings, mut found) = config::read(&tree, run);
        let (content, findings) = load(&tree, &settings, memo, rules);
        found.extend(findings);
        watcher(Phase::Link);
        let theme = tree.part(&["static/", "templates/"]);
        let last = memo.take_last();
        let last = last.filter(|last| last.is_comparable(&settings, &theme));
        let changed = last
            .as_ref()
            .and_then(|last| documents_with_new_bodies(&last.content, &content));
        let site = Arc::new(match last.as_ref().zip(changed.as_ref()) {
            Some((last, changed)) => site::relink(&last.site, &tree, changed),
            None => site::link(&tree, &settings, content.clone()),
        });
        watcher(Phase::Theme);
        // Where no interface has changed and no file of the theme, neither have the things that
        // depend on nothing else.
        let last = last.filter(|last| changed.is_some() && last.theme == theme);
        let made = last.map_or_else(|| make(&tree, &site), |last| last.made);
        found.extend_from_slice(&made.faults);
        memo.keep_last(LastState {
            content,
            site: site.clone(),
            theme,
            made: made.clone(),
        });
        Self {
            fingerprints: OnceLock::new(),
            subresources: OnceLock::new(),
            page_rules: PageRules::new(&site.settings),
            tree,
            site,
            made,
            found,
        }
    }

    /// The sources.
    #[must_use]
    pub fn tree(&self) -> &Arc<SourceTree> {
        &self.tree
    }

    /// The linked site.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The files of the theme.
    #[must_use]
    pub fn assets(&self) -> &Assets {
        &self.made.assets
    }

    /// What is known to be wrong before a rule has looked: in the files as they were read, in
    /// templates, and where two files want one place. Not graded.
    #[must_use]
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Every file that the site has: those of the search index, and the others.
    pub(super) fn planned(&self) -> (Vec<PlannedOutput<'_>>, Vec<PlannedOutput<'_>>) {
        let files = self.made.plan.files.iter();
        files.partition(|(_, planned)| matches!(planned, OutputSpec::Search(_)))
    }

    /// The paths of all files that the site has, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.made.plan.files.keys()
    }

    pub(super) fn renderer(&self) -> Renderer<'_> {
        Renderer::new(&self.site, &self.tree, &self.made.templates)
    }

    /// The style sheets and scripts that pages may load.
    pub(super) fn subresources(&self) -> &Subresources {
        let root = self.site.settings.root();
        let file = |(path, planned): (&OutputPath, &OutputSpec)| {
            let (_, bytes) = self
                .copied(planned)
                .filter(|_| Subresources::takes(path.as_str()))?;
            Some((format!("{root}{path}"), bytes.share()))
        };
        self.subresources
            .get_or_init(|| Subresources::new(self.made.plan.files.iter().filter_map(file)))
    }

    /// The rules that look at a finished page.
    pub(super) fn page_rules(&self) -> &PageRules {
        &self.page_rules
    }

    /// What the page with the most HTML weighs, with its URL.
    pub(super) fn weigh(&self, path: &OutputPath) -> Option<Largest> {
        let Some(OutputSpec::Page(job, origin)) = self.made.plan.files.get(path) else {
            return None;
        };
        let renderer = self.renderer();
        let (view, _) = renderer.view(*job, origin).ok()?;
        let file = renderer.render(*job, &view, path, origin).ok()?;
        let page = finished(self, &renderer, *job, view.frame.template, &file);
        Some(Largest {
            path: path.clone(),
            url: page.url.to_owned(),
            weight: check::weigh(&page),
        })
    }

    /// The page of a path, as one looks for it in the plan.
    #[must_use]
    pub fn page_at(&self, path: &OutputPath) -> Option<&site::Page> {
        match self.made.plan.files.get(path)? {
            OutputSpec::Page(Job::Page(index), _) => Some(self.site.page(*index)),
            _ => None,
        }
    }

    /// Makes one file; nothing where the site has none by that path.
    ///
    /// # Errors
    /// The faults of the templates.
    pub fn file(&self, path: &OutputPath) -> Option<Result<OutputFile, RenderFault>> {
        let planned = self.made.plan.files.get(path)?;
        if let OutputSpec::Page(job, origin) = planned {
            let renderer = self.renderer();
            let view = renderer.view(*job, origin);
            return Some(view.and_then(|(view, _)| renderer.render(*job, &view, path, origin)));
        }
        self.fixed(path, planned).map(Ok)
    }

    /// A file that is written as it is, with where it comes from.
    fn copied<'p>(&'p self, planned: &'p OutputSpec) -> Option<(&'p Origin, &'p FileBytes)> {
        match planned {
            OutputSpec::Copy(origin, source) => Some((origin, self.tree.get(source.as_str())?)),
            OutputSpec::Asset(number) => self
                .made
                .assets
                .files
                .get(*number)
                .map(|file| (&file.origin, &file.bytes)),
            OutputSpec::Page(..) | OutputSpec::Search(_) | OutputSpec::Machine(_) => None,
        }
    }

    /// The same where a rule looks at it. What the generator makes for machines, and the data of
    /// the search, hold nothing that a browser asks for (`tests/it/privacy.rs`).
    pub(super) fn looked_at<'p>(
        &'p self,
        path: &OutputPath,
        planned: &'p OutputSpec,
    ) -> Option<(&'p Origin, &'p FileBytes)> {
        self.copied(planned).filter(|_| check::is_read(path))
    }

    /// The sources whose lines may stand in a file: those of style sheets, which are put into one
    /// another.
    pub(super) fn parts(
        &self,
        path: &OutputPath,
    ) -> impl Iterator<Item = (&SourcePath, &FileBytes)> {
        let is_style = |path: &str| path.ends_with(".css");
        let folder = if is_style(path.as_str()) {
            Some("static/assets/")
        } else {
            None
        };
        let files = folder
            .into_iter()
            .flat_map(|folder| self.tree.under(folder));
        files.filter(move |(source, _)| is_style(source.as_str()))
    }

    /// The fingerprint of what a file is made from that no template makes.
    fn output_fingerprint(&self, path: &OutputPath) -> Option<Key> {
        let planned = self.made.plan.files.get(path)?;
        if let OutputSpec::Search(file) = planned {
            return Some(file.key(&self.site));
        }
        let (origin, bytes) = self.copied(planned)?;
        let source = match origin {
            Origin::Source(source) => self.tree.get(source.as_str()),
            _ => None,
        };
        let mut hasher = KeyHasher::default();
        hasher.add(origin).add_hash(bytes.hash());
        hasher.add(&source.map(|source| *source.hash().as_bytes()));
        Some(hasher.key())
    }

    /// The fingerprint of all style sheets of the theme.
    fn style_sheets(&self) -> Key {
        let mut hasher = KeyHasher::default();
        let files = self.tree.under("static/assets/");
        for (path, file) in files.filter(|(path, _)| path.as_str().ends_with(".css")) {
            hasher.add(path).add_hash(file.hash());
        }
        hasher.key()
    }

    /// What is known of a copy before it is made.
    pub(super) fn record(&self, planned: &OutputSpec) -> Option<OutputRecord> {
        let (_, bytes) = self.copied(planned)?;
        Some(OutputRecord {
            hash: bytes.hash(),
            length: bytes.length() as u64,
        })
    }

    /// A file that no template makes.
    pub(super) fn fixed(&self, path: &OutputPath, planned: &OutputSpec) -> Option<OutputFile> {
        match planned {
            OutputSpec::Page(..) => None,
            OutputSpec::Copy(..) | OutputSpec::Asset(_) => {
                let (origin, bytes) = self.copied(planned)?;
                Some(OutputFile {
                    path: path.clone(),
                    bytes: bytes.share(),
                    origin: origin.clone(),
                })
            }
            OutputSpec::Search(file) => Some(file.make(&self.site, path)),
            OutputSpec::Machine(file) => Some(file.clone()),
        }
    }
}

fn load(
    tree: &SourceTree,
    settings: &Settings,
    memo: &Memo,
    rules: DocumentRules,
) -> (Content, Vec<Diagnostic>) {
    let look = check::reader(settings, tree, &memo.document_findings);
    let reader = (rules == DocumentRules::WhileReading).then_some(&look as ProseReader<'_>);
    content::load(tree, settings, &memo.content, reader)
}

/// What queries read of a prepared site.
impl Inputs for Prepared {
    fn fingerprint(&self, input: &Input) -> Key {
        match input {
            Input::Sources | Input::File(_) => self.tree.fingerprint(input),
            Input::Output(path) => self.output_fingerprint(path).unwrap_or(Key::ABSENT),
            Input::StyleSheets => self.style_sheets(),
            Input::Subresources => self.subresources().key(),
            Input::Template(name) => self.made.templates.fingerprint(name),
            Input::Page(_)
            | Input::Name(_)
            | Input::Summary(_)
            | Input::List { .. }
            | Input::Letters
            | Input::Locations
            | Input::CodeSystems => {
                let new = || SiteFingerprints::new(&self.site);
                self.fingerprints.get_or_init(new).of(&self.site, input)
            }
        }
    }
}

fn make(tree: &SourceTree, site: &Site) -> Made {
    let finder = render::finder_modules(site).into_iter();
    let finder = finder
        .map(|(name, module)| (name.to_owned(), module.as_bytes().to_vec()))
        .collect();
    let assets = assets::process(tree, finder);
    let ((templates, mut faults), (plan, clashes)) = rayon::join(
        || Templates::new(tree, site, &assets.manifest),
        || Plan::new(tree, site, &assets),
    );
    faults.extend(clashes);
    Made {
        assets: Arc::new(assets),
        templates: Arc::new(templates),
        plan: Arc::new(plan),
        faults,
    }
}

/// The documents that have changed, if nothing has changed that another page can see.
fn documents_with_new_bodies(last: &Content, content: &Content) -> Option<Vec<Arc<Document>>> {
    let is_same_ground = last.locations == content.locations && last.files == content.files;
    if !is_same_ground || last.documents.len() != content.documents.len() {
        return None;
    }
    let mut changed = Vec::new();
    for (before, after) in last.documents.iter().zip(&content.documents) {
        if Arc::ptr_eq(before, after) {
            continue;
        }
        if !before.has_same_interface(after) {
            return None;
        }
        changed.push(after.clone());
    }
    Some(changed)
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
        html: std::str::from_utf8(&file.bytes).expect("templates write UTF-8"),
        subresources: prepared.subresources(),
        budgets: renderer.settings().budgets,
    }
}
