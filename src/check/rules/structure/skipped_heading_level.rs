//! A heading more than one level below the one before.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Output, Rule};
use crate::content::Heading;
use crate::diagnostic::{Diagnostic, Fix, RuleId, Safety};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::SkippedHeadingLevel,
    summary: "A heading is more than one level below the one before.",
    why: "The levels of headings tell a screen reader what belongs to what. A page begins with level 2 (##), for its title \
        is level 1. Headings inside a care card stand apart.",
    bad: "## What to expect\n\n#### At home",
    good: "## What to expect\n\n### At home",
    looks: &[Look::Document(run), Look::Output(page)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let headings: Vec<&Heading> = super::own_headings(context).collect();
    let mut before = 1;
    for (at, heading) in headings.iter().enumerate() {
        if heading.level > before + 1 {
            let wanted = before + 1;
            let message = match at {
                0 => format!(
                    "the first heading is of level {}; the title is level 1",
                    heading.level
                ),
                _ => format!(
                    "this heading of level {} follows one of level {before}",
                    heading.level
                ),
            };
            let help = format!("begin it with `{}`", "#".repeat(usize::from(wanted)));
            let mut finding = context.finding(RULE.id, heading.span, message).help(help);
            finding = finding.maybe_fix(fix(context, &headings[at..], before));
            found.push(finding);
        }
        before = heading.level;
    }
}

/// Raises the heading with all that stand under it or beside it, so that none changes its place
/// among the others.
///
/// Where the section also has headings of a level between, a person must say which belongs to
/// which.
fn fix(context: &DocumentContext<'_>, headings: &[&Heading], before: u8) -> Option<Fix> {
    let level = headings.first()?.level;
    let run = headings
        .iter()
        .take_while(|heading| heading.level >= level)
        .count();
    let is_clear = headings.get(run).is_none_or(|next| next.level <= before);
    let edits = super::shifted(context, &headings[..run], |old| old - (level - before - 1));
    let label = format!("raise it to level {}", before + 1);
    Some(Fix {
        label,
        edits: edits.filter(|_| is_clear)?,
        safety: Safety::Safe,
    })
}

/// Headings of templates, and of HTML in pages.
fn page(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    let mut before = None;
    for heading in parsed
        .accessibility
        .headings
        .iter()
        .filter(|heading| !heading.is_of_card)
    {
        if before.is_some_and(|before| heading.level > before + 1) {
            let what = format!(
                "has a heading `<h{}>` after one of level {}",
                heading.level,
                before.unwrap_or(1)
            );
            found.push(
                parsed
                    .finding(RULE.id, &what)
                    .help("go down one level at a time, in the template too"),
            );
        }
        before = Some(heading.level);
    }
}
