//! A heading told apart by nothing but a number.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{Language, words};
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::NumberedHeading,
    summary: "A heading repeats an earlier one with a number after it.",
    why: "A number does not say what is in the section. Editors that copy a section leave such headings behind.",
    bad: "## Overview\n\n## Overview 2",
    good: "## Overview\n\n## How it works",
    looks: &[Look::Document(run)],
};

/// The most letters of an acronym; a longer word in capitals is loud.
const LONGEST_ACRONYM: usize = 5;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let headings = &context.document.outline.headings;
    if !headings
        .iter()
        .any(|heading| bare(heading.text.trim()).is_some())
    {
        return;
    }
    let mut seen: HashMap<String, Span, FixedState> = HashMap::default();
    for heading in headings {
        let lower = heading.text.trim().to_lowercase();
        let number = bare(&lower).filter(|bare| !is_name(context, heading.text.trim(), bare));
        let first = number.and_then(|bare| seen.get(bare));
        if let Some(first) = first {
            let message = format!(
                "only its number tells \u{201c}{}\u{201d} from an earlier heading",
                heading.text.trim()
            );
            let first = context.document.body_place(*first);
            let help = "say what this section is about";
            found.push(
                context
                    .finding(RULE.id, heading.span, message)
                    .related(first, "the earlier one")
                    .help(help),
            );
        }
        seen.entry(lower).or_insert(heading.span);
    }
}

/// Whether a number belongs to the word before it: `COVID 19`, `HPV 16`, `Type 2`. A heading in
/// capitals has no names.
fn is_name(context: &DocumentContext<'_>, heading: &str, bare: &str) -> bool {
    let before = words(bare).last().map(|word| word.text).unwrap_or_default();
    let written = words(heading)
        .map(|word| word.text)
        .find(|word| word.eq_ignore_ascii_case(before))
        .unwrap_or_default();
    let is_acronym = (2..=LONGEST_ACRONYM).contains(&written.len())
        && written.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_known = |known: fn(&Language) -> &'static [&'static str], word: &str| {
        context
            .language
            .is_some_and(|language| known(language).contains(&word))
    };
    (is_acronym && !is_known(|language| language.loud_words, written))
        || is_known(|language| language.ordinal_words, before)
}

/// The words without a number at their end: `Overview 2`, `Overview (2)`, `Overview (continued)`.
fn bare(words: &str) -> Option<&str> {
    let is_number = |text: &str| {
        !text.is_empty() && text.len() < 3 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let (rest, last) = words.rsplit_once(' ')?;
    let last = last.trim_start_matches(['(', '#']).trim_end_matches(')');
    let is_mark = is_number(last)
        || ["continued", "cont", "cont."]
            .iter()
            .any(|mark| last.eq_ignore_ascii_case(mark));
    is_mark.then(|| rest.trim_end_matches([' ', '-', '\u{2013}', ':', ',']))
}
