//! A field of a form without a label.

use crate::check::parsed_page::Control;
use crate::check::request::excerpt;
use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnlabelledField,
    summary: "A field of a finished page has no label.",
    why: "Without a label, a screen reader says \"edit\" and nobody knows what to write. A placeholder is no label: it goes away \
        as one types.",
    bad: "<input type=\"text\" placeholder=\"ZIP code\">",
    good: "<label for=\"zip\">ZIP code</label> <input type=\"text\" id=\"zip\">",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    for one in parsed
        .accessibility
        .nameless()
        .filter(|one| one.control == Control::Field)
    {
        let what = format!(
            "has a field without a label: `{}`",
            excerpt(&one.tag.to_string())
        );
        let help = "give it an id, and write a `<label for=\"…\">` with that id";
        found.push(parsed.finding(RULE.id, &what).help(help));
    }
}
