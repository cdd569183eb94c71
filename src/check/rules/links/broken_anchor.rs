//! A link to a heading that is not there.

use super::broken_links;
use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Broken;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BrokenAnchor,
    summary: "A link leads to a heading that is not there.",
    why: "The link would open the page at its top, and the reader would have to search. The id of a heading is its words \
        in lower case with hyphens between them.",
    bad: "[when to call](heart-failure.md#when-too-call)",
    good: "[when to call](heart-failure.md#when-to-call)",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    for broken in broken_links(written) {
        let Broken::NoAnchor(near) = broken.why else {
            continue;
        };
        let message = format!("no heading has the id of `{}`", broken.target);
        let help = match near {
            Some(near) => format!("did you mean `#{near}`?"),
            None => {
                "look up the heading on that page: its words in lower case, with hyphens".to_owned()
            }
        };
        found.push(Diagnostic::new(RULE.id, broken.place, message).help(help));
    }
}
