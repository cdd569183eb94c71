//! The registry: every rule, by topic.

use super::rule::{Rule, Topic};
use super::rules::TOPICS;
use crate::diagnostic::RuleId;

/// Every topic.
#[must_use]
pub fn topics() -> &'static [Topic] {
    TOPICS
}

/// Every rule, topic by topic.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    TOPICS.iter().flat_map(|topic| topic.rules).copied()
}

/// The rule of an id.
#[must_use]
pub fn find(id: RuleId) -> Option<&'static Rule> {
    rules().find(|rule| rule.id == id)
}

/// The documentation of all rules in Markdown, as it stands in `docs/rules.md`.
#[must_use]
pub fn documentation() -> String {
    let mut text = "# Rules\n\nWhat `pamphlet check` finds, why it matters, and how to fix it. This page is made from the \
        program; `pamphlet explain RULE` prints a part of it.\n\nA rule has a level: `error`, `warn`, `note` or `off`. A site \
        sets levels under `rules` in `site.yaml`. A page switches a rule off for itself with `allow` and a reason.\n"
        .to_owned();
    for topic in TOPICS {
        text += &format!("\n## {}\n\n{}\n", topic.title, topic.about);
        for rule in topic.rules {
            text += &format!("\n{}", rule.documentation(3));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_there_once_and_documented() {
        let mut ids: Vec<_> = rules().map(|rule| rule.id).collect();
        ids.sort();
        assert_eq!(ids, RuleId::ALL);
        for rule in rules() {
            let texts = [rule.summary, rule.why, rule.bad, rule.good];
            assert!(
                texts.iter().all(|text| !text.trim().is_empty()),
                "{}",
                rule.id
            );
            assert!(
                rule.summary.ends_with('.') && rule.why.ends_with('.'),
                "{}",
                rule.id
            );
        }
    }

    #[test]
    fn topics_are_in_order_of_name() {
        for topic in TOPICS {
            assert!(
                topic
                    .rules
                    .windows(2)
                    .all(|pair| pair[0].id.name() < pair[1].id.name()),
                "{}",
                topic.title
            );
        }
    }
}
