//! An image or a download that is not there, or no content at all.

use super::broken_links;
use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::Broken;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingFile,
    summary: "An image or a download is not there.",
    why: "The reader would see an empty frame, or a page that says \u{201c}not found\u{201d}. Files stand beside the page, \
        or under `static/` and are named with a leading slash.",
    bad: "![The heart](hart.png)",
    good: "![The heart](heart.png)",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    for broken in broken_links(written) {
        let Broken::NoFile(near) = broken.why else {
            continue;
        };
        let message = format!("there is no file at `{}`", broken.target);
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if broken.target.starts_with("www.") => {
                format!("write the whole address: `https://{}`", broken.target)
            }
            None => "put the file beside the page, or fix its name".to_owned(),
        };
        found.push(Diagnostic::new(RULE.id, broken.place, message).help(help));
    }
}
