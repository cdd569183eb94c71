//! Front matter, `site.yaml` and `locations.yaml`, and the traps of YAML.

mod bad_coordinates;
mod bad_date;
mod bad_value;
mod bad_zip;
mod boolean_text;
mod curly_yaml_quote;
mod cut_text;
mod invalid_yaml;
mod location_without_entry;
mod missing_base_url;
mod missing_coordinates;
mod missing_field;
mod padded_text;
mod shrunk_radius;
mod unknown_key;
mod unquoted_number;
mod unquoted_zip;
mod wrong_type;

use crate::check::rule::Rule;

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &bad_coordinates::RULE,
    &bad_date::RULE,
    &bad_value::RULE,
    &bad_zip::RULE,
    &boolean_text::RULE,
    &curly_yaml_quote::RULE,
    &cut_text::RULE,
    &invalid_yaml::RULE,
    &location_without_entry::RULE,
    &missing_base_url::RULE,
    &missing_coordinates::RULE,
    &missing_field::RULE,
    &padded_text::RULE,
    &shrunk_radius::RULE,
    &unknown_key::RULE,
    &unquoted_number::RULE,
    &unquoted_zip::RULE,
    &wrong_type::RULE,
];
