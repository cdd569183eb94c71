//! A page with too many words.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::words;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LongPage,
    summary: "A page has more words than it may have.",
    why: "A very long page is seldom read to its end, and what a reader came for is hard to find in it. A site sets \
        another number than 1,500 as `limits: {page_words: …}`.",
    bad: "(a page of 2,400 words about living with heart failure)",
    good: "(three pages: eating and drinking, moving and resting, your medicines)",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let texts = || context.prose.blocks.iter().map(|block| block.text.as_str());
    let most = context.settings.limits.page_words;
    if texts().map(most_words).sum::<usize>() <= most {
        return;
    }
    let count: usize = texts().map(|text| words(text).count()).sum();
    if count > most {
        let message = format!("the page has {count} words, and {most} are the most");
        let help = "make pages of its sections, and link them";
        found.push(Diagnostic::new(RULE.id, context.document.title_place(), message).help(help));
    }
}

/// At least as many as a text has words, which stand apart: told by its bytes, for few pages are
/// near the limit.
fn most_words(text: &str) -> usize {
    // So few at a time that a byte counts them, and the processor can count many at once.
    let spaces = |few: &[u8]| {
        few.iter()
            .map(|byte| u8::from(*byte <= b' ' || !byte.is_ascii()))
            .sum::<u8>()
    };
    1 + text
        .as_bytes()
        .chunks(usize::from(u8::MAX))
        .map(|few| usize::from(spaces(few)))
        .sum::<usize>()
}
