//! A finished page that does not say its language.

use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::MissingLanguage,
    summary: "A finished page does not say its language.",
    why: "A screen reader chooses its voice by the language of the page. Without it, English may be read with the sounds \
        of another language, and nobody understands a word.",
    bad: "<html>",
    good: "<html lang=\"{{ site.language }}\">",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    let language = parsed.accessibility.language.as_deref().unwrap_or_default();
    let primary = language.split('-').next().expect("a split has a part");
    let is_known =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_known {
        let what = match language {
            "" => "does not say its language".to_owned(),
            other => format!("has a language that is none: {other:?}"),
        };
        found.push(
            parsed
                .finding(RULE.id, &what)
                .help("write `lang=\"{{ site.language }}\"` in the `<html>` of the template"),
        );
    }
}
