//! A phone number that cannot be tapped.

use std::ops::Range;

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::content::{Block, BlockKind};
use crate::diagnostic::{Diagnostic, Fix, RuleId};
use crate::language::{Language, words};
use crate::schema::phone_href;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnlinkedPhone,
    summary: "A phone number stands in the text and is no `tel:` link.",
    why: "Many patients read on a phone. A number that calls when it is tapped saves them from writing it down, which \
        matters most when they feel ill. Fax numbers are left alone.",
    bad: "Call 410-555-0100 if you have questions.",
    good: "Call [410-555-0100](tel:+14105550100) if you have questions.",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = manuscript.language else { return };
    let is_prose = |block: &&Block| block.kind != BlockKind::Heading && !block.is_quoted;
    for block in manuscript.prose.blocks.iter().filter(is_prose) {
        for range in numbers(&block.text).filter(|range| is_phone(language, &block.text, range)) {
            let link = block.link(range.clone()).map(|link| &manuscript.document.outline.links[link].target);
            let calls = link.is_some_and(|target| target.starts_with("tel:") || target.starts_with("sms:"));
            // "When to call 911" may be the name of a page.
            let is_name = link.is_some() && language.emergency_numbers.contains(&&block.text[range.clone()]);
            if !calls && !is_name && !block.is_code(range.clone()) && !block.is_html_link(range.clone()) {
                found.push(finding(manuscript, block, range, link.is_none()));
            }
        }
    }
}

fn finding(manuscript: &Manuscript<'_>, block: &Block, range: Range<usize>, is_bare: bool) -> Diagnostic {
    let number = &block.text[range.clone()];
    let href = phone_href(number).unwrap_or_default();
    let span = block.span(range.clone());
    let link = format!("[{number}]({href})");
    let finding = manuscript.finding(RULE.id, span, "this phone number cannot be tapped");
    let finding = finding.help(format!("make it a link: {link}"));
    if is_bare && block.is_verbatim(range, manuscript.document.body()) {
        return finding.fix(Fix::safe("make it a link", manuscript.in_file(span), link));
    }
    finding
}

/// What may be a number to phone: digits with what people write between them.
fn numbers(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part =
        |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '-' | '.' | '+' | ' ' | '\u{a0}' | '\u{2011}');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(|c: char| c.is_ascii_digit() || matches!(c, '(' | '+'))?;
        let length = text[start..].find(|c: char| !is_part(c)).unwrap_or(text.len() - start);
        at = (start + length).max(start + 1);
        let run = &text[start..start + length];
        let open = usize::from(run.starts_with('(') && !run.contains(')'));
        let end = run.rfind(|c: char| c.is_ascii_digit()).map_or(open, |last| last + 1);
        Some(start + open..start + end.max(open))
    })
}

fn is_phone(language: &Language, text: &str, range: &Range<usize>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '$' | '#' | '_' | '=' | '&' | '@' | '%');
    let (before, after) = (&text[..range.start], &text[range.end..]);
    if before.chars().next_back().is_some_and(joins) || after.chars().next().is_some_and(joins) {
        return false;
    }
    let number = &text[range.clone()];
    let word = words(before).last().map(|word| word.text.to_lowercase()).unwrap_or_default();
    let is_short = language.emergency_numbers.contains(&number) && language.call_words.contains(&word.as_str());
    is_short || (is_north_american(number) && !language.fax_words.contains(&word.as_str()))
}

/// Ten digits in groups of three, three and four, perhaps after a 1; neither area nor exchange begins with 0 or 1
/// (North American Numbering Plan).
fn is_north_american(number: &str) -> bool {
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let groups = if groups.first() == Some(&"1") { &groups[1..] } else { &groups[..] };
    let is_number = |group: &str, length: usize| group.len() == length && !group.starts_with(['0', '1']);
    let has_marks = number.contains(['-', '.', ')', '\u{2011}']);
    let [area, exchange, line] = groups else { return false };
    has_marks && is_number(area, 3) && is_number(exchange, 3) && line.len() == 4
}
