//! Grading: from what was found to what people see.
//!
//! Applies the site's levels and the allowances of pages, reports allowances that allow nothing,
//! keeps edits away from care cards, and puts findings in order. Every finding comes through here
//! once; nothing here looks for faults.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::registry::find;
use super::{documents, rules};
use crate::content::{Document, Prose};
use crate::diagnostic::{Diagnostic, Level, RuleId};
use crate::site::Site;
use crate::source::SourcePath;

/// How far the checks went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckDepth {
    /// Documents and the site.
    Analysis,
    /// The finished pages too.
    Build,
}

/// Grades findings by the site's levels, leaves out what is switched off, and puts them in order.
#[must_use]
pub fn grade(site: &Site, extent: CheckDepth, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    drop_repeated_findings(&mut found);
    let mut used = HashSet::new();
    let allowing = allowing(site);
    found.retain_mut(|found| is_shown(site, found) && !is_allowed(&allowing, found, &mut used));
    if site.settings.levels.is_on(RuleId::UnusedAllow) {
        let unused = unused_allowances(site, &allowing, &used, extent);
        found.extend(
            unused
                .into_iter()
                .filter_map(|mut found| is_shown(site, &mut found).then_some(found)),
        );
    }
    protect_care_cards(site, &mut found);
    found.par_sort_by(Diagnostic::order);
    found.dedup();
    found
}

/// Leaves out what is said of a finished page where the same was found in its document, at its
/// place.
fn drop_repeated_findings(found: &mut Vec<Diagnostic>) {
    let looks_twice: HashSet<RuleId> = rules()
        .filter(|rule| rule.looks_twice())
        .map(|rule| rule.id)
        .collect();
    let placed = found
        .iter()
        .filter(|found| looks_twice.contains(&found.rule) && found.place.span.is_some());
    let placed: HashSet<(RuleId, SourcePath)> = placed
        .map(|found| (found.rule, found.place.path.clone()))
        .collect();
    found.retain(|found| {
        found.place.span.is_some() || !placed.contains(&(found.rule, found.place.path.clone()))
    });
}

/// Gives a finding the severity that the site wants; says whether it wants it at all.
fn is_shown(site: &Site, found: &mut Diagnostic) -> bool {
    match site.settings.levels.of(found.rule) {
        Level::Off => false,
        Level::On(severity) => {
            found.severity = severity;
            true
        }
    }
}

/// The documents that switch rules off, by file.
type Allowing<'s> = HashMap<&'s SourcePath, &'s Document>;

fn allowing(site: &Site) -> Allowing<'_> {
    let allowing = documents(site).filter(|document| !document.front.allow.is_empty());
    allowing
        .map(|document| (&document.path, &**document))
        .collect()
}

fn is_allowed<'s>(
    allowing: &Allowing<'s>,
    found: &Diagnostic,
    used: &mut HashSet<(&'s SourcePath, RuleId)>,
) -> bool {
    let Some(document) = allowing.get(&found.place.path) else {
        return false;
    };
    let is_allowed = document
        .front
        .allow
        .iter()
        .any(|allow| allow.rule == found.rule);
    if is_allowed {
        used.insert((&document.path, found.rule));
    }
    is_allowed
}

fn unused_allowances(
    site: &Site,
    allowing: &Allowing<'_>,
    used: &HashSet<(&SourcePath, RuleId)>,
    extent: CheckDepth,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for document in allowing.values() {
        let allowed = document.front.allow.iter();
        for allow in allowed.filter(|allow| {
            !used.contains(&(&document.path, allow.rule)) && has_run(allow.rule, extent)
        }) {
            found.push(rules::unused_allow(
                document,
                allow,
                site.settings.levels.is_on(allow.rule),
            ));
        }
    }
    found
}

fn has_run(rule: RuleId, extent: CheckDepth) -> bool {
    let is_late = |found: &super::Rule| found.needs_build() && rule != RuleId::UnusedAllow;
    extent == CheckDepth::Build || !find(rule).is_some_and(is_late)
}

/// Takes the fixes off findings in care cards: people change the words of a care card, and nobody
/// else does.
fn protect_care_cards(site: &Site, found: &mut [Diagnostic]) {
    let mut fixable: HashMap<SourcePath, Vec<&mut Diagnostic>> = HashMap::new();
    for found in found.iter_mut().filter(|found| found.fix.is_some()) {
        fixable
            .entry(found.place.path.clone())
            .or_default()
            .push(found);
    }
    let of_documents =
        documents(site).filter_map(|document| Some((document, fixable.remove(&document.path)?)));
    of_documents
        .collect::<Vec<_>>()
        .into_par_iter()
        .for_each(|(document, fixable)| protect_cards_of(document, fixable));
}

fn protect_cards_of(document: &Document, fixable: Vec<&mut Diagnostic>) {
    // A page without these signs has no card, and need not be read again.
    if !document.markdown().contains("[!") {
        return;
    }
    let prose = Prose::of(document.markdown());
    let body = document.body_start + document.text_offset;
    for found in fixable {
        let edits = found.fix.iter().flat_map(|fix| &fix.edits);
        if edits
            .filter(|edit| edit.span.end >= body)
            .any(|edit| prose.is_in_card(edit.span.back(body)))
        {
            found.fix = None;
        }
    }
}
