//! A word for which there is a simpler one.

use std::cell::LazyCell;
use std::ops::Range;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{PhraseSet, words};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ComplexWord,
    summary: "There is a simpler word for this one.",
    why: "Short, everyday words are read faster and by more people. The words come from the federal plain-language \
        guidelines. Terms that the page declares, fixed terms such as “assisted living”, names, and words in quotes \
        or emphasis are left alone; `reading: \
        {familiar: […]}` in `site.yaml` names words that your readers know. The offer is a thought, not an order: \
        choose the word that keeps the meaning.",
    bad: "Utilize the pump prior to meals.",
    good: "Use the pump before meals.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    for sentence in context.sentences() {
        let text = sentence.text();
        let fixed = LazyCell::new(|| {
            language
                .fixed_terms
                .find(text)
                .map(|term| term.range)
                .collect::<Vec<_>>()
        });
        for phrase in sentence.phrases(PhraseSet::ComplexWords) {
            let range = phrase.range.clone();
            let is_declared =
                words(&text[range.clone()]).all(|word| context.is_declared(word.text));
            let is_term = is_name(text, &range) || is_within(&fixed, &range);
            if is_declared || is_term || sentence.is_mention(range.clone()) {
                continue;
            }
            let message = format!(
                "there is a simpler word for \u{201c}{}\u{201d}",
                &text[range.clone()]
            );
            let help = format!("perhaps: {}", phrase.note);
            found.push(
                context
                    .finding(RULE.id, sentence.span_of(range), message)
                    .help(help),
            );
        }
    }
}

/// Whether a range shares a place with a fixed term.
fn is_within(fixed: &[Range<usize>], range: &Range<usize>) -> bool {
    fixed
        .iter()
        .any(|term| term.start < range.end && range.start < term.end)
}

/// Whether a word is part of a name: it has a capital letter in the middle of a sentence.
fn is_name(text: &str, range: &Range<usize>) -> bool {
    let mut letters = text[range.clone()].chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase);
    let before = text[..range.start].trim_end();
    is_capitalised && before.ends_with(char::is_alphabetic)
}
