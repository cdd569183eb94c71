//! A finished page without its one main part, or with navigation that cannot be told apart.

use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::PageLandmarks,
    summary: "A finished page does not have one main part, or has navigation that cannot be told apart.",
    why: "With a screen reader one goes straight to the main part of a page, past header and menu, and chooses among its \
        navigation by name.",
    bad: "<div class=\"main\">…</div>",
    good: "<main>…</main>",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    if parsed.is_passing {
        return;
    }
    let accessibility = &parsed.accessibility;
    let main = match accessibility.mains {
        0 => Some("has no `<main>`".to_owned()),
        1 if accessibility.has_nested_main => {
            Some("has its `<main>` inside of another part of the page".to_owned())
        }
        1 => None,
        more => Some(format!("has {more} `<main>` elements")),
    };
    let help =
        "let the template put what the page is about into one `<main>`, beside header and footer";
    found.extend(main.map(|what| parsed.finding(RULE.id, &what).help(help)));
    let names = &accessibility.navigations;
    let is_told_apart =
        |(at, name): (usize, &String)| !name.trim().is_empty() && !names[..at].contains(name);
    if names.len() > 1 && !names.iter().enumerate().all(is_told_apart) {
        let what = format!(
            "has {} `<nav>` elements that cannot all be told apart",
            names.len()
        );
        found.push(
            parsed
                .finding(RULE.id, &what)
                .help("give each an `aria-label` of its own"),
        );
    }
}
