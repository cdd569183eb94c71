//! A link to a page that is not there.

use super::broken_links;
use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::content::Publication;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Broken;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BrokenLink,
    summary: "A link leads to a page that is not there.",
    why: "A reader who follows it finds nothing. Links between pages are relative paths to the Markdown file, so that they \
        work in an editor and on a Git host too.",
    bad: "[heart failure](../conditions/hart-failure.md)",
    good: "[heart failure](../conditions/heart-failure.md)",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    for broken in broken_links(written) {
        let (message, help) = match broken.why {
            Broken::NoPage(near) => (
                format!("there is no page at `{}`", broken.target),
                no_page(near.as_deref()),
            ),
            Broken::Empty => (
                "this link leads nowhere: its target is empty".to_owned(),
                no_page(None),
            ),
            Broken::Unpublished(publication) => {
                let message = format!(
                    "`{}` is not part of the site: {}",
                    broken.target,
                    reason(*publication)
                );
                (message, "take the link out, or publish the page".to_owned())
            }
            Broken::NoAnchor(_) | Broken::NoFile(_) | Broken::UnsafeScheme(_) => continue,
        };
        found.push(Diagnostic::new(RULE.id, broken.place, message).help(help));
    }
}

fn no_page(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "write the path from this file to the other Markdown file, such as page.md or ../folder/page.md".to_owned()
        }
    }
}

fn reason(publication: Publication) -> String {
    match publication {
        Publication::Public => "it is left out".to_owned(),
        Publication::Draft => "it is a draft".to_owned(),
        Publication::NotYet(day) => format!("it is published on {day}"),
        Publication::Expired(day) => format!("it expired on {day}"),
    }
}
