//! A condition that is a form of itself.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

use crate::check::rule::{Look, Rule};
use crate::content::kinds::RelationKey;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::site::{PageIndex, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::RelationLoop,
    summary: "A chain of `part_of` comes back to where it began.",
    why: "If A is a form of B and B is a form of A, readers are sent round in a circle, and one of the two statements is \
        wrong.",
    bad: "(heart failure: part_of: [cardiomyopathy], and cardiomyopathy: part_of: [heart-failure])",
    good: "(cardiomyopathy: part_of: [heart-disease], and heart failure: part_of: [heart-disease])",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let mut told: HashSet<PageIndex> = HashSet::new();
    for (index, _) in site.pages() {
        let Some(chain) =
            chain_back(site, index).filter(|chain| !chain.iter().any(|page| told.contains(page)))
        else {
            continue;
        };
        let names: Vec<&str> = chain
            .iter()
            .chain([&index])
            .map(|page| site.page(*page).title.as_str())
            .collect();
        let message = format!(
            "`part_of` goes round in a circle: {}",
            names.join(" \u{2192} ")
        );
        let place = chain.iter().find_map(|page| said_at(site, *page));
        if let Some(place) = place {
            let help = "take out the one that is not true";
            found.push(Diagnostic::new(RULE.id, place, message).help(help));
        }
        told.extend(chain);
    }
}

/// The shortest chain of `part_of` from a page back to itself, beginning with the page.
fn chain_back(site: &Site, start: PageIndex) -> Option<Vec<PageIndex>> {
    let mut from: HashMap<PageIndex, PageIndex> = HashMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(page) = open.pop_front() {
        for next in site.page(page).related(RelationKey::PartOf) {
            if *next == start {
                let back = std::iter::successors(Some(page), |page| from.get(page).copied());
                let mut chain: Vec<_> = back.collect();
                chain.reverse();
                return Some(chain);
            }
            if let Entry::Vacant(entry) = from.entry(*next) {
                entry.insert(page);
                open.push_back(*next);
            }
        }
    }
    None
}

/// Where a page says what it is part of; nowhere, where the other page says it.
fn said_at(site: &Site, page: PageIndex) -> Option<Place> {
    let document = site.page(page).document.as_ref()?;
    let part_of = document
        .front
        .relations
        .iter()
        .find(|(key, _)| *key == RelationKey::PartOf);
    let first = part_of.and_then(|(_, names)| names.first());
    let includes = document
        .front
        .relations
        .iter()
        .find(|(key, _)| *key == RelationKey::Includes);
    let first = first.or_else(|| includes.and_then(|(_, names)| names.first()));
    first.map(|name| document.field_place(name))
}
