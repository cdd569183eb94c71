//! A link or button of a finished page without a name.

use crate::check::parsed_page::Control;
use crate::check::request::excerpt;
use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::NamelessControl,
    summary: "A link or button of a finished page has no name.",
    why: "Whoever cannot see the page hears \"link\" or \"button\" and nothing else. An icon needs words too: in the \
        element, in its `aria-label`, or as the text alternative of the image in it.",
    bad: "<a href=\"/\"><svg aria-hidden=\"true\">…</svg></a>",
    good: "<a href=\"/\" aria-label=\"Home\"><svg aria-hidden=\"true\">…</svg></a>",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    for one in parsed.accessibility.nameless() {
        let control = match one.control {
            Control::Link => "a link",
            Control::Button => "a button",
            Control::Field => continue,
        };
        let what = format!(
            "has {control} without a name: `{}`",
            excerpt(&one.tag.to_string())
        );
        found.push(
            parsed
                .finding(RULE.id, &what)
                .help("write words in it, or give it an `aria-label`"),
        );
    }
}
