//! How a page is built, and how pages hang together.

mod dead_end;
mod duplicate_heading;
mod duplicate_summary;
mod duplicate_title;
mod empty_heading;
mod long_list;
mod long_page;
mod numbered_heading;
mod orphan_page;
mod raw_html;
mod relation_loop;
mod skipped_heading_level;
mod table_without_header;
mod template_tag;
mod text_after_card;
mod too_many_cards;
mod top_level_heading;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::FixedState;

use crate::check::document_context::DocumentContext;
use crate::check::rule::Rule;
use crate::content::{Document, FrontMatter, Heading};
use crate::diagnostic::{Diagnostic, Edit, RuleId};
use crate::site::Site;
use crate::source::Span;
use crate::yaml::YamlPath;

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &dead_end::RULE,
    &duplicate_heading::RULE,
    &duplicate_summary::RULE,
    &duplicate_title::RULE,
    &empty_heading::RULE,
    &long_list::RULE,
    &long_page::RULE,
    &numbered_heading::RULE,
    &orphan_page::RULE,
    &raw_html::RULE,
    &relation_loop::RULE,
    &skipped_heading_level::RULE,
    &table_without_header::RULE,
    &template_tag::RULE,
    &text_after_card::RULE,
    &too_many_cards::RULE,
    &top_level_heading::RULE,
];

/// Finds the pages whose field says the same as that of an earlier page.
fn said_twice(
    site: &Site,
    rule: RuleId,
    field: &str,
    value: impl Fn(&FrontMatter) -> Option<&str>,
    found: &mut Vec<Diagnostic>,
) {
    let mut seen: HashMap<String, &Document, FixedState> = HashMap::default();
    for document in site.pages.iter().filter_map(|page| page.document.as_ref()) {
        let Some(said) = value(&document.front)
            .map(str::trim)
            .filter(|said| !said.is_empty())
        else {
            continue;
        };
        let place =
            |document: &Document| document.yaml.value_place(&YamlPath::default().key(field));
        match seen.entry(said.to_lowercase()) {
            Entry::Vacant(entry) => drop(entry.insert(document)),
            Entry::Occupied(first) => {
                let message = format!("another page has the {field} \u{201c}{said}\u{201d}");
                let help = format!("say in the {field} what tells the two pages apart");
                let found_here = Diagnostic::new(rule, place(document), message);
                found.push(
                    found_here
                        .related(place(first.get()), "that page")
                        .help(help),
                );
            }
        }
    }
}

/// Where the links of a page lead that are written as HTML.
fn html_targets(document: &Document) -> impl Iterator<Item = &str> {
    let html = document
        .outline
        .html
        .iter()
        .filter_map(|span| document.markdown().get(span.start..span.end));
    html.flat_map(|html| html.split("href=").skip(1))
        .filter_map(|rest| {
            let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c))?;
            rest[1..].split(quote).next()
        })
}

/// The headings of a page that stand in no care card.
fn own_headings<'m>(context: &'m DocumentContext<'_>) -> impl Iterator<Item = &'m Heading> {
    context
        .document
        .outline
        .headings
        .iter()
        .filter(|heading| !heading.in_card)
}

/// The edits that give headings another level; nothing where one is not written with `#`, or would
/// have no level.
fn shifted(
    context: &DocumentContext<'_>,
    headings: &[&Heading],
    level: impl Fn(u8) -> u8,
) -> Option<Vec<Edit>> {
    let edit = |heading: &&Heading| {
        let (old, new) = (
            usize::from(heading.level),
            usize::from(level(heading.level)),
        );
        let hashes = Span::new(heading.span.start, heading.span.start + old);
        let is_written =
            context.document.markdown().get(hashes.start..hashes.end) == Some(&"#".repeat(old));
        let edit = Edit {
            span: context.in_file(hashes),
            text: "#".repeat(new),
        };
        (is_written && (1..=6).contains(&new)).then_some(edit)
    };
    headings.iter().map(edit).collect()
}
