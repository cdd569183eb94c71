//! What finished pages need so that everybody can use them, as far as it shows without a browser.

mod duplicate_element_id;
mod low_contrast;
mod missing_language;
mod missing_page_title;
mod nameless_control;
mod page_landmarks;
mod unlabelled_field;

use crate::check::rule::Rule;

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &duplicate_element_id::RULE,
    &low_contrast::RULE,
    &missing_language::RULE,
    &missing_page_title::RULE,
    &nameless_control::RULE,
    &page_landmarks::RULE,
    &unlabelled_field::RULE,
];
