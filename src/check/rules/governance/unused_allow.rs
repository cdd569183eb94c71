//! An allowance that allows nothing.

use crate::check::rule::Rule;
use crate::content::{Allow, Document};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnusedAllow,
    summary: "A page switches off a rule that finds nothing there.",
    why: "The fault was fixed, or never was one. An allowance that stays would hide the next fault.",
    bad: "allow: [{rule: long-sentence, reason: Quoted from the law}]   # no sentence is long",
    good: "(no `allow`)",
    looks: &[],
};

/// The finding about one allowance.
pub(in crate::check) fn unused_allow(
    document: &Document,
    allow: &Allow,
    is_on: bool,
) -> Diagnostic {
    let place = document.yaml.value_place(&allow.at.key("rule"));
    let message = if is_on {
        format!("`{}` finds nothing on this page", allow.rule)
    } else {
        format!("`{}` is off for the whole site", allow.rule)
    };
    Diagnostic::new(RULE.id, place, message).help("delete this entry")
}
