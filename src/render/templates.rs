//! The templates of a site: read, checked and ready to render.
//!
//! Owns the set-up of Tera and the way from its errors to findings. A template sees one view model
//! and two pure functions, `asset` and `url`; none of them reaches into the site.

mod reach;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use super::site_view;
use super::view::{CareCardView, PageView};
use crate::assets::Manifest;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::memo::Key;
use crate::site::Site;
use crate::source::{Digest, SourcePath, SourceTree, Span};

/// The fragment that shows a care card.
const CARE_CARD: &str = "components/care-card/care-card.html";

/// Its name as that of a page's template, without the ending.
pub(super) const CARE_CARD_NAME: &str = "components/care-card/care-card";

/// Bytes that most pages need no more than, and most care cards around their text; others make
/// their own room.
const ROOM_OF_PAGE: usize = 24 * 1024;
const ROOM_AROUND_CARD: usize = 512;

/// The templates of a site.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    sources: SourceTree,
    /// Templates that were left out: they have their findings already.
    faulty: Vec<String>,
    /// What a page made by each template depends on, besides its view.
    fingerprints: BTreeMap<String, Digest>,
}

impl Templates {
    /// Reads every template for the pages of a site; those that are faulty have findings and are
    /// left out.
    #[must_use]
    pub fn new(tree: &SourceTree, site: &Site, manifest: &Manifest) -> (Self, Vec<Diagnostic>) {
        let site = site_view::site_view(site);
        let sources = tree.part(&["templates/"]);
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".xml"]);
        register(&mut tera, &site.root, manifest);
        let mut files = Vec::new();
        let mut findings = Vec::new();
        for (path, bytes) in sources.under("").filter(|(path, _)| is_template(path)) {
            match bytes.text() {
                Some(text) => files.push((path.as_str()["templates/".len()..].to_owned(), &**text)),
                None => findings.push(
                    Diagnostic::new(
                        RuleId::UnreadableFile,
                        Place::file(path),
                        "this template is not UTF-8",
                    )
                    .help("save it as UTF-8"),
                ),
            }
        }
        let mut faulty: Vec<String> = Vec::new();
        // Tera reports the first fault; leaving out the faulty template and trying again reports
        // them all.
        while let Err(error) =
            tera.add_raw_templates(files.iter().map(|(name, text)| (name.as_str(), *text)))
        {
            let found = explain(&error, &sources);
            let before = files.len();
            let names: Vec<String> = found.iter().map(template_name).collect();
            files.retain(|(name, _)| !names.contains(name));
            findings.extend(
                found
                    .into_iter()
                    .filter(|fault| !is_consequence(fault, &faulty)),
            );
            faulty.extend(names);
            if files.len() == before {
                break;
            }
        }
        tera.global_context().insert("site", &site);
        findings.sort_by(Diagnostic::order);
        findings.dedup();
        let site = serde_json::to_string(&site).expect("a view is texts, numbers and lists");
        let fingerprints = reach::fingerprints(&files, &[&site, &format!("{manifest:?}")]);
        (
            Self {
                tera,
                sources: sources.clone(),
                faulty,
                fingerprints,
            },
            findings,
        )
    }

    /// The fingerprint of all templates that a page of one template may go through, and of what
    /// every template sees.
    #[must_use]
    pub fn fingerprint(&self, template: &str) -> Key {
        let digest = self.fingerprints.get(&format!("{template}.html"));
        digest.map_or(Key::ABSENT, |digest| Key::from_bytes(*digest.as_bytes()))
    }

    /// Renders a page.
    pub(super) fn page(&self, view: &PageView) -> Result<Vec<u8>, Vec<Diagnostic>> {
        #[derive(Serialize)]
        struct Variables<'v> {
            page: &'v PageView,
        }
        self.render(
            &format!("{}.html", view.frame.template),
            &Variables { page: view },
            ROOM_OF_PAGE,
        )
    }

    /// Renders a care card.
    pub(super) fn care_card(&self, view: &CareCardView) -> Result<String, Vec<Diagnostic>> {
        #[derive(Serialize)]
        struct Variables<'v> {
            card: &'v CareCardView,
        }
        let card = self.render(
            CARE_CARD,
            &Variables { card: view },
            view.body.len() + ROOM_AROUND_CARD,
        )?;
        Ok(String::from_utf8(card).expect("templates write UTF-8"))
    }

    fn render(
        &self,
        name: &str,
        variables: &impl Serialize,
        room: usize,
    ) -> Result<Vec<u8>, Vec<Diagnostic>> {
        if self.faulty.iter().any(|faulty| faulty == name) {
            return Err(Vec::new());
        }
        let context =
            Context::from_serialize(variables).map_err(|error| explain(&error, &self.sources))?;
        let mut rendered = Vec::with_capacity(room);
        self.tera
            .render_to(name, &context, &mut rendered)
            .map_err(|error| explain(&error, &self.sources))?;
        Ok(rendered)
    }
}

fn template_name(fault: &Diagnostic) -> String {
    fault.place.path.as_str()["templates/".len()..].to_owned()
}

/// Whether a fault says only that another template, which has its own finding, was left out.
fn is_consequence(fault: &Diagnostic, faulty: &[String]) -> bool {
    let misses = fault.message.starts_with("this template extends `")
        || fault.message.starts_with("Unknown template `");
    misses
        && faulty
            .iter()
            .any(|name| fault.message.contains(&format!("`{name}`")))
}

fn is_template(path: &SourcePath) -> bool {
    let name = path.file_name();
    !name.starts_with('.')
        && [".html", ".xml"]
            .iter()
            .any(|suffix| name.ends_with(suffix))
}

fn register(tera: &mut Tera, root: &str, manifest: &Manifest) {
    let (manifest, asset_root, root) =
        (Arc::new(manifest.clone()), root.to_owned(), root.to_owned());
    tera.register_function(
        "asset",
        move |arguments: Kwargs, _: &State| -> tera::TeraResult<Value> {
            let name: String = arguments.must_get("path")?;
            match manifest.path(&name) {
                Some(path) => Ok(Value::from(format!("{asset_root}{path}"))),
                None => Err(tera::Error::message(format!(
                    "there is no asset `{name}` under static/assets/"
                ))),
            }
        },
    );
    tera.register_function(
        "url",
        move |arguments: Kwargs, _: &State| -> tera::TeraResult<Value> {
            let path: String = arguments.must_get("path")?;
            Ok(Value::from(format!(
                "{root}{}",
                path.trim_start_matches('/')
            )))
        },
    );
}

/// Findings of a template error: each at its place in the template.
fn explain(error: &tera::Error, tree: &SourceTree) -> Vec<Diagnostic> {
    let whole = |name: &str, message: String| vec![fault(name, None, message)];
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            vec![fault(
                report.filename(),
                Some(report.span().range.clone().into()),
                report.message().to_owned(),
            )]
        }
        ErrorKind::CircularExtend {
            tpl,
            inheritance_chain,
        } => whole(
            tpl,
            format!(
                "this template extends itself: {}",
                inheritance_chain.join(" → ")
            ),
        ),
        ErrorKind::CircularInclude { tpl, include_chain } => whole(
            tpl,
            format!(
                "this template includes itself: {}",
                include_chain.join(" → ")
            ),
        ),
        ErrorKind::MissingParent { current, parent } => whole(
            current,
            format!("this template extends `{parent}`, which is not there"),
        ),
        ErrorKind::TemplateNotFound(name) => {
            whole(name, "this template is not there, or is faulty".to_owned())
        }
        ErrorKind::Msg(text) => from_report(text, tree),
        _ => whole("", error.to_string()),
    }
}

fn fault(name: &str, span: Option<Span>, message: String) -> Diagnostic {
    let path = SourcePath::new(&format!("templates/{name}"));
    Diagnostic::new(RuleId::TemplateFault, Place { path, span }, message)
}

/// Some errors come only as text: blocks of `error: …`, then ` --> file:line:column`.
fn from_report(text: &str, tree: &SourceTree) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for block in text
        .split("error: ")
        .filter(|block| !block.trim().is_empty())
    {
        let mut lines = block.lines();
        let message = lines.next().unwrap_or_default().trim().to_owned();
        let place = lines
            .next()
            .and_then(|line| line.trim().strip_prefix("--> "));
        let mut place = place.into_iter().flat_map(|place| place.rsplitn(3, ':'));
        let column = place.next().and_then(|text| text.parse::<usize>().ok());
        let line = place.next().and_then(|text| text.parse::<usize>().ok());
        let name = place.next().unwrap_or_default();
        let width = lines
            .last()
            .map_or(1, |underline| underline.matches('^').count().max(1));
        let span = line.zip(column).and_then(|(line, column)| {
            let text = tree.text(&SourcePath::new(&format!("templates/{name}")))?;
            let start: usize = text
                .split_inclusive('\n')
                .take(line - 1)
                .map(str::len)
                .sum();
            let offset = text[start..]
                .char_indices()
                .nth(column - 1)
                .map_or(0, |(at, _)| at);
            Some(Span::new(start + offset, start + offset + width).within(text))
        });
        found.push(fault(name, span, message));
    }
    found
}
