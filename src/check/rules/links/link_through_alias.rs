//! A link to an old address of a page.

use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::IndirectLink;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LinkThroughAlias,
    summary: "A link leads to an old address, from which the reader is sent on.",
    why: "Each step costs time on a slow connection, and the link breaks when the alias goes. The relative path of the \
        Markdown file leads straight to the page.",
    bad: "[heart failure](/heart-failure/)",
    good: "[heart failure](../conditions/heart-failure.md)",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    for (link, to) in super::links(written) {
        if let (Some(IndirectLink::Alias(straight)), false) =
            (&to.indirection, super::is_broken(to))
        {
            let message = format!("`{}` is an old address of that page", link.target);
            found.push(super::straightened(
                RULE.id,
                written.document,
                link,
                straight,
                message,
            ));
        }
    }
}
