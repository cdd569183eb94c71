//! A phone number that cannot be tapped.

mod context;
mod number;

use std::ops::Range;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::content::{Block, BlockKind};
use crate::diagnostic::{Diagnostic, Fix, RuleId};
use context::Context;
use number::{Number, numbers};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnlinkedPhone,
    summary: "A phone number stands in the text and is no `tel:` link.",
    why: "Many patients read on a phone. A number that calls when it is tapped saves them from writing it down, which \
        matters most when they feel ill. Fax numbers and numbers of orders, cases and the like are left alone.",
    bad: "Call 410-555-0100 if you have questions.",
    good: "Call [410-555-0100](tel:+14105550100) if you have questions.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    for (at, block) in context.prose.blocks.iter().enumerate() {
        if block.kind == BlockKind::Heading || block.is_quoted {
            continue;
        }
        let mut numbers = numbers(language, &block.text).peekable();
        if numbers.peek().is_some() {
            let neighbours = Context::of(context, language, at);
            let phones = numbers.filter(|number| neighbours.is_phone(number));
            found.extend(phones.filter_map(|number| finding(context, block, &number)));
        }
    }
}

/// The finding about a number, unless it can be tapped already or is not to be touched.
fn finding(context: &DocumentContext<'_>, block: &Block, number: &Number) -> Option<Diagnostic> {
    let range = number.range.clone();
    let span = block.span(range.clone());
    let link = block
        .link(range.clone())
        .map(|link| &context.document.outline.links[link].target);
    let calls = link.is_some_and(|target| target.starts_with("tel:") || target.starts_with("sms:"));
    // "When to call 911" may be the name of a page.
    let is_name = link.is_some() && number.is_short();
    if calls || is_name || block.is_code(range.clone()) || block.is_in_html(range.clone()) {
        return None;
    }
    let text = &block.text[range.clone()];
    let new = format!("[{text}]({})", number.href);
    let finding = context.finding(RULE.id, span, "this phone number cannot be tapped");
    let finding = finding.help(format!("make it a link: {new}"));
    if link.is_none() && can_become_link(block, range, context.document.markdown()) {
        return Some(finding.fix(Fix::safe("make it a link", context.in_file(span), new)));
    }
    Some(finding)
}

/// Whether brackets around the number make a link, and leave the Markdown around them what it is.
fn can_become_link(block: &Block, range: Range<usize>, body: &str) -> bool {
    let span = block.span(range.clone());
    let (before, after) = (&body[..span.start], &body[span.end..]);
    let is_mark = |c: char| matches!(c, '*' | '_' | '~');
    // `a**911**` is strong and `a**[911](tel:911)**` is not: a bracket is no letter.
    let is_glued = |next: Option<char>, rest: Option<char>| {
        next.is_some_and(is_mark) && rest.is_some_and(char::is_alphanumeric)
    };
    let starts_word = is_glued(
        before.chars().next_back(),
        before.trim_end_matches(is_mark).chars().next_back(),
    );
    let ends_word = is_glued(
        after.chars().next(),
        after.trim_start_matches(is_mark).chars().next(),
    );
    // `!` makes an image, `\` no link at all, and `]` a reference.
    let is_changed = before.ends_with(['!', '\\', ']']);
    block.is_verbatim(range, body) && !(starts_word || ends_word || is_changed)
}
