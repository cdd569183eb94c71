//! Files, addresses and finished pages.

mod bad_file_name;
mod duplicate_id;
mod heavy_page;
mod policy_breach;
mod symlink_out_of_site;
mod template_fault;
mod unreadable_file;
mod url_collision;

pub use url_collision::clashes;

use crate::check::rule::Rule;

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &bad_file_name::RULE,
    &duplicate_id::RULE,
    &heavy_page::RULE,
    &policy_breach::RULE,
    &symlink_out_of_site::RULE,
    &template_fault::RULE,
    &unreadable_file::RULE,
    &url_collision::RULE,
];
