//! A second title on the page.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Output, Rule};
use crate::content::Heading;
use crate::diagnostic::{Diagnostic, Fix, RuleId, Safety};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TopLevelHeading,
    summary: "A heading of level 1 stands beside the title, or a finished page has none.",
    why: "The title of the front matter is the page's heading of level 1, and a page has one.",
    bad: "---\ntitle: Heart failure\n---\n# Heart failure",
    good: "---\ntitle: Heart failure\n---\n## What it is",
    looks: &[Look::Document(run), Look::Output(page)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let headings: Vec<&Heading> = super::own_headings(context).collect();
    for (at, heading) in headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| heading.level == 1)
    {
        let is_untitled = context.document.front.title.is_none() && !heading.text.trim().is_empty();
        let is_only_title = is_untitled && is_first(&headings[..at]);
        found.push(if is_only_title {
            untitled(context, heading)
        } else {
            second(context, &headings[at..])
        });
    }
}

fn is_first(before: &[&Heading]) -> bool {
    before.iter().all(|heading| heading.level > 1)
}

/// The heading that is the title of a page without one; where it goes is for a person to say.
fn untitled(context: &DocumentContext<'_>, heading: &Heading) -> Diagnostic {
    let message = "this heading is the title of the page, and the front matter has none";
    let help = "write it as `title` in the front matter, and delete it here";
    context.finding(RULE.id, heading.span, message).help(help)
}

/// A heading beside the title, with those that follow.
fn second(context: &DocumentContext<'_>, headings: &[&Heading]) -> Diagnostic {
    let message = "the page has its title already, and this is a second one";
    let span = headings
        .first()
        .map(|heading| heading.span)
        .unwrap_or_default();
    let mut finding = context
        .finding(RULE.id, span, message)
        .help("delete it, or begin it with `##`");
    finding = finding.maybe_fix(fix(context, headings));
    finding
}

/// Lowers the heading with all that stand under it; one that repeats the title is for a person to
/// delete.
fn fix(context: &DocumentContext<'_>, headings: &[&Heading]) -> Option<Fix> {
    let (first, rest) = headings.split_first()?;
    let title = context.document.front.title.as_deref().unwrap_or_default();
    let under = rest.iter().take_while(|heading| heading.level > 1).count();
    let edits = super::shifted(context, &headings[..=under], |level| level + 1)?;
    let is_title = title.trim().eq_ignore_ascii_case(first.text.trim());
    let safety = if is_title {
        Safety::Suggested
    } else {
        Safety::Safe
    };
    Some(Fix {
        label: "lower it to level 2".to_owned(),
        edits,
        safety,
    })
}

/// Headings of templates, and of HTML in pages.
fn page(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    let what = match parsed
        .accessibility
        .headings
        .iter()
        .filter(|heading| heading.level == 1)
        .count()
    {
        0 if parsed.is_passing => return,
        0 => "has no `<h1>`: nothing says what it is about".to_owned(),
        1 => return,
        more => format!("has {more} headings `<h1>`"),
    };
    let help = "let the template write the title as `<h1>`, and nothing else";
    found.push(parsed.finding(RULE.id, &what).help(help));
}
