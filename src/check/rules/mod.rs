//! The rules, one file each: what it says, why, a bad and a good example, and its check.

pub(super) mod awaits_review;
pub(super) mod bad_alias;
pub(super) mod bad_coordinates;
pub(super) mod bad_date;
pub(super) mod bad_file_name;
pub(super) mod bad_value;
pub(super) mod bad_zip;
pub(super) mod broken_anchor;
pub(super) mod broken_link;
pub(super) mod duplicate_id;
pub(super) mod duplicate_relation;
pub(super) mod empty_heading;
pub(super) mod invalid_yaml;
pub(super) mod location_without_entry;
pub(super) mod missing_alt;
pub(super) mod missing_base_url;
pub(super) mod missing_coordinates;
pub(super) mod missing_field;
pub(super) mod missing_file;
pub(super) mod policy_breach;
pub(super) mod raw_html;
pub(super) mod skipped_heading_level;
pub(super) mod symlink_out_of_site;
pub(super) mod template_fault;
pub(super) mod top_level_heading;
pub(super) mod unknown_key;
pub(super) mod unknown_relation;
pub(super) mod unquoted_zip;
pub(super) mod unreadable_file;
pub(super) mod unsafe_url;
pub(super) mod url_collision;
pub(super) mod wrong_type;

pub use url_collision::clash;

use crate::content::Document;
use crate::diagnostic::Place;
use crate::site::{Broken, Resolution, ResolvedLink, Site};

/// A link, an image or a lead image that leads nowhere.
struct BrokenLink<'s> {
    target: &'s str,
    place: Place,
    why: &'s Broken,
}

/// Every link of the site that leads nowhere.
fn broken_links(site: &Site) -> impl Iterator<Item = BrokenLink<'_>> {
    site.pages.iter().filter_map(|page| Some((page, page.document.as_ref()?))).flat_map(|(page, document)| {
        let links = document.outline.links.iter().zip(&page.links.links);
        let links = links.filter_map(|(link, to)| broken(to, &link.target, || document.body_place(link.span)));
        let images = document.outline.images.iter().zip(&page.links.images);
        let images =
            images.filter_map(|(image, to)| broken(to, &image.target, || document.body_place(image.target_span)));
        let lead = page.links.lead.as_ref().and_then(|to| lead(document, to));
        links.chain(images).chain(lead)
    })
}

fn lead<'s>(document: &'s Document, to: &'s ResolvedLink) -> Option<BrokenLink<'s>> {
    let image = document.front.image.as_ref()?;
    broken(to, &image.src.value, || document.field_place(&image.src))
}

fn broken<'s>(to: &'s ResolvedLink, target: &'s str, place: impl FnOnce() -> Place) -> Option<BrokenLink<'s>> {
    match &to.resolution {
        Resolution::Broken(why) => Some(BrokenLink { target, place: place(), why }),
        _ => None,
    }
}
