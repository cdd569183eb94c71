//! What keeps patients safe, and who answers for a page.

mod awaits_review;
mod bad_code;
mod codes;
mod emergency_without_action;
mod emergency_without_phone;
mod location_far_from_zip;
mod location_without_phone;
mod missing_sources;
mod review_due_soon;
mod review_out_of_order;
mod review_overdue;
mod unused_allow;

use jiff::civil::Date;

use crate::check::rule::Rule;
use crate::content::Document;
use crate::diagnostic::Place;
use crate::yaml::YamlPath;
pub(in crate::check) use unused_allow::unused_allow;

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &awaits_review::RULE,
    &bad_code::RULE,
    &emergency_without_action::RULE,
    &emergency_without_phone::RULE,
    &location_far_from_zip::RULE,
    &location_without_phone::RULE,
    &missing_sources::RULE,
    &review_due_soon::RULE,
    &review_out_of_order::RULE,
    &review_overdue::RULE,
    &unused_allow::RULE,
];

/// When a page is to be reviewed again, and where it says so.
fn next_review(document: &Document) -> Option<(Date, Place)> {
    let next = document.front.review.as_ref()?.next?;
    Some((
        next,
        document
            .yaml
            .value_place(&YamlPath::default().key("review").key("next")),
    ))
}
