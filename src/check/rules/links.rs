//! Links, relations between pages, and old addresses.

mod absolute_own_link;
mod bad_alias;
mod broken_anchor;
mod broken_link;
mod duplicate_relation;
mod insecure_link;
mod link_in_emergency_card;
mod link_through_alias;
mod missing_file;
mod redundant_alias;
mod unknown_relation;
mod unlinked_phone;
mod unlisted_host;
mod unsafe_url;
mod vague_link_text;

use crate::check::linked_page::LinkedPage;
use crate::check::rule::Rule;
use crate::content::{Document, Link};
use crate::diagnostic::{Diagnostic, Fix, Place, RuleId};
use crate::site::{Broken, Resolution, ResolvedLink};

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &absolute_own_link::RULE,
    &bad_alias::RULE,
    &broken_anchor::RULE,
    &broken_link::RULE,
    &duplicate_relation::RULE,
    &insecure_link::RULE,
    &link_in_emergency_card::RULE,
    &link_through_alias::RULE,
    &missing_file::RULE,
    &redundant_alias::RULE,
    &unknown_relation::RULE,
    &unlinked_phone::RULE,
    &unlisted_host::RULE,
    &unsafe_url::RULE,
    &vague_link_text::RULE,
];

/// A link, an image or a lead image that leads nowhere.
struct BrokenLink<'s> {
    target: &'s str,
    place: Place,
    why: &'s Broken,
}

/// Every link of a page that leads nowhere.
fn broken_links(written: LinkedPage<'_>) -> impl Iterator<Item = BrokenLink<'_>> {
    let LinkedPage { page, document, .. } = written;
    let links = links(written)
        .filter_map(|(link, to)| broken(to, &link.target, || document.body_place(link.span)));
    let images = document.outline.images.iter().zip(&page.links.images);
    let images = images.filter_map(|(image, to)| {
        broken(to, &image.target, || document.body_place(image.target_span))
    });
    let lead = page.links.lead.as_ref().and_then(|to| lead(document, to));
    links.chain(images).chain(lead)
}

fn lead<'s>(document: &'s Document, to: &'s ResolvedLink) -> Option<BrokenLink<'s>> {
    let image = document.front.image.as_ref()?;
    broken(to, &image.src.value, || document.field_place(&image.src))
}

fn broken<'s>(
    to: &'s ResolvedLink,
    target: &'s str,
    place: impl FnOnce() -> Place,
) -> Option<BrokenLink<'s>> {
    match &to.resolution {
        // Nobody knows where code of another template language would lead; that it stands there is
        // a finding.
        Resolution::Broken(why) if !is_template_code(target) => Some(BrokenLink {
            target,
            place: place(),
            why,
        }),
        _ => None,
    }
}

/// Every link of a page with what it leads to.
fn links(written: LinkedPage<'_>) -> impl Iterator<Item = (&Link, &ResolvedLink)> {
    written
        .document
        .outline
        .links
        .iter()
        .zip(&written.page.links.links)
}

/// Whether a target is made by code of another template language.
pub(super) fn is_template_code(target: &str) -> bool {
    if !target.contains(['{', '%']) {
        return false;
    }
    let target = target.replace("%7B", "{").replace("%25", "%");
    target.contains("{{") || target.contains("{%")
}

fn is_broken(link: &ResolvedLink) -> bool {
    matches!(link.resolution, Resolution::Broken(_))
}

/// The finding about a link that could go straight to its page, with the edit that makes it.
fn straightened(
    rule: RuleId,
    document: &Document,
    link: &Link,
    straight: &str,
    message: String,
) -> Diagnostic {
    let place = document.body_place(link.span);
    let is_written =
        document.markdown().get(link.span.start..link.span.end) == Some(link.target.as_str());
    let fix = place
        .span
        .filter(|_| is_written)
        .map(|span| Fix::safe("link straight to the page", span, straight));
    let found = Diagnostic::new(rule, place, message).help(format!("write `{straight}`"));
    match fix {
        Some(fix) => found.fix(fix),
        None => found,
    }
}
