//! A link to the site itself, written with its whole address.

use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::IndirectLink;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::AbsoluteOwnLink,
    summary: "A link to a page of this site is written with the whole address.",
    why: "It leads out of a preview or a copy of the site to the published one, and nobody checks whether the page is \
        there. A relative path works everywhere and is checked.",
    bad: "[heart failure](https://example.org/conditions/heart-failure/)",
    good: "[heart failure](../conditions/heart-failure.md)",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    for (link, to) in super::links(written) {
        match &to.indirection {
            Some(IndirectLink::OwnAddress(Some(straight))) => {
                let message = "this link has the whole address of this very site".to_owned();
                found.push(super::straightened(
                    RULE.id,
                    written.document,
                    link,
                    straight,
                    message,
                ));
            }
            Some(IndirectLink::OwnAddress(None)) => {
                let message = "this is an address of this very site, and no page of it is there";
                let help = "write the path from this file to the page\u{2019}s Markdown file";
                found.push(
                    Diagnostic::new(RULE.id, written.document.body_place(link.span), message)
                        .help(help),
                );
            }
            _ => {}
        }
    }
}
