//! The registry: every rule, in order of name.

use super::rule::Rule;
use super::rules::{
    awaits_review, bad_alias, bad_coordinates, bad_date, bad_file_name, bad_value, bad_zip, broken_anchor, broken_link,
    duplicate_id, duplicate_relation, empty_heading, invalid_yaml, location_without_entry, missing_alt,
    missing_base_url, missing_coordinates, missing_field, missing_file, policy_breach, raw_html, skipped_heading_level,
    symlink_out_of_site, template_fault, top_level_heading, unknown_key, unknown_relation, unquoted_zip,
    unreadable_file, unsafe_url, url_collision, wrong_type,
};
use crate::diagnostic::RuleId;

/// Every rule, in order of name.
pub const RULES: &[&Rule] = &[
    &awaits_review::RULE,
    &bad_alias::RULE,
    &bad_coordinates::RULE,
    &bad_date::RULE,
    &bad_file_name::RULE,
    &bad_value::RULE,
    &bad_zip::RULE,
    &broken_anchor::RULE,
    &broken_link::RULE,
    &duplicate_id::RULE,
    &duplicate_relation::RULE,
    &empty_heading::RULE,
    &invalid_yaml::RULE,
    &location_without_entry::RULE,
    &missing_alt::RULE,
    &missing_base_url::RULE,
    &missing_coordinates::RULE,
    &missing_field::RULE,
    &missing_file::RULE,
    &policy_breach::RULE,
    &raw_html::RULE,
    &skipped_heading_level::RULE,
    &symlink_out_of_site::RULE,
    &template_fault::RULE,
    &top_level_heading::RULE,
    &unknown_key::RULE,
    &unknown_relation::RULE,
    &unquoted_zip::RULE,
    &unreadable_file::RULE,
    &unsafe_url::RULE,
    &url_collision::RULE,
    &wrong_type::RULE,
];

/// The rule of an id.
#[must_use]
pub fn find(id: RuleId) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_there_once_and_documented() {
        let ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        assert_eq!(ids, RuleId::ALL);
        for rule in RULES {
            let texts = [rule.summary, rule.why, rule.bad, rule.good];
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{}", rule.id);
            assert!(rule.summary.ends_with('.') && rule.why.ends_with('.'), "{}", rule.id);
        }
    }
}
