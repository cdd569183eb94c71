//! The checks: every rule in one registry, and what a site makes of their findings.
//!
//! A rule looks at one document, at the whole site or at one finished page, and says what is wrong. Findings that come
//! up while reading or rendering belong to rules too, so that all of them have documentation, a level and one way out.

mod registry;
mod rule;
mod rules;

use std::collections::HashMap;

use rayon::prelude::*;

pub use registry::{RULES, find};
pub use rule::{FinishedPage, Rule, Run};
pub use rules::clash;

use crate::config::{Level, Settings};
use crate::content::{Allow, Document};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Site;
use crate::source::SourcePath;

/// Runs the rules that look at documents and at the site.
#[must_use]
pub fn check_site(site: &Site) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = documents(site).par_bridge().flat_map_iter(check_document).collect();
    for rule in RULES {
        if let Run::Site(run) = rule.run {
            run(site, &mut found);
        }
    }
    found
}

fn documents(site: &Site) -> impl Iterator<Item = &Document> + Send {
    site.pages.iter().filter_map(|page| page.document.as_ref()).chain(&site.unpublished)
}

fn check_document(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Run::Document(run) = rule.run {
            run(document, &mut found);
        }
    }
    found
}

/// Runs the rules that look at a finished page.
#[must_use]
pub fn check_output(page: &FinishedPage<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Run::Output(run) = rule.run {
            run(page, &mut found);
        }
    }
    found
}

/// What pages switch off for themselves, by file.
#[derive(Debug, Default)]
pub struct Allowances<'s>(HashMap<&'s SourcePath, &'s [Allow]>);

impl<'s> Allowances<'s> {
    /// The allowances of all documents of a site.
    #[must_use]
    pub fn of(site: &'s Site) -> Self {
        let allowing = documents(site).filter(|document| !document.front.allow.is_empty());
        Self(allowing.map(|document| (&document.path, document.front.allow.as_slice())).collect())
    }

    fn allows(&self, path: &SourcePath, rule: RuleId) -> bool {
        self.0.get(path).is_some_and(|allowed| allowed.iter().any(|allow| allow.rule == rule))
    }
}

/// Grades findings by the site's levels, leaves out what is switched off, and puts them in order.
#[must_use]
pub fn grade(settings: &Settings, allowances: &Allowances<'_>, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.retain_mut(|found| match settings.levels.of(found.rule) {
        Level::Off => false,
        Level::On(severity) => {
            found.severity = severity;
            !allowances.allows(&found.place.path, found.rule)
        }
    });
    found.sort_by(Diagnostic::order);
    found.dedup();
    found
}
