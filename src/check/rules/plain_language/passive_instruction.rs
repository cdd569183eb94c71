//! An instruction that does not say who acts.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{Language, PhraseSet, Word, has, words};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::PassiveInstruction,
    summary: "An instruction is in the passive voice.",
    why: "Patients cannot follow what is not said to them. “The pump must be checked” leaves open whether the patient, \
        the nurse or the maker checks it. An order that says by whom, a possibility and a condition are left alone.",
    bad: "The dressing should be changed every week.",
    good: "Change the dressing every week.",
    looks: &[Look::Document(run)],
};

/// How many words may stand between a participle and who acts: "checked every week by your nurse".
const WORDS_BEFORE_AGENT: usize = 5;

/// How many words of who acts are looked at: "by the end", and not more, for "by your nurse today"
/// names who acts.
const WORDS_OF_AGENT: usize = 2;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    for sentence in context
        .sentences()
        .filter(|sentence| !sentence.text().ends_with('?'))
    {
        let text = sentence.text();
        for phrase in sentence.phrases(PhraseSet::Obligations) {
            let Some(end) = participle(language, &text[phrase.range.end..]) else {
                continue;
            };
            let range = phrase.range.start..phrase.range.end + end;
            let orders_nothing = is_taken_back(language, &text[..range.start])
                || names_agent(language, &text[range.end..]);
            if orders_nothing || sentence.is_mention(range.clone()) {
                continue;
            }
            let message = format!(
                "\u{201c}{}\u{201d} is an order in the passive voice",
                &text[range.clone()]
            );
            let help =
                "say who acts: \u{201c}you\u{201d}, \u{201c}your nurse\u{201d}, \u{201c}we\u{201d}";
            found.push(
                context
                    .finding(RULE.id, sentence.span_of(range), message)
                    .help(help),
            );
        }
    }
}

/// "It does not have to be read", "it may need to be read" and "if it must be read" order nothing.
fn is_taken_back(language: &Language, before: &str) -> bool {
    let clause = before
        .rsplit([',', ';', ':', '(', '\u{2014}', '\u{2013}'])
        .next()
        .unwrap_or_default();
    let words: Vec<String> = words(clause)
        .map(|word| word.text.replace('\u{2019}', "'"))
        .collect();
    let undoes = |word: &String| has(language.negations, word) || has(language.possibilities, word);
    let last = words
        .iter()
        .rev()
        .find(|word| undoes(word) || !language.is_adverb(word));
    last.is_some_and(undoes) || words.iter().any(|word| has(language.conditions, word))
}

/// Where the participle ends that makes the passive voice at the head of a text; adverbs may stand
/// before it.
fn participle(language: &Language, text: &str) -> Option<usize> {
    let mut words = run_on(text).skip_while(|word| language.is_adverb(word.text));
    words
        .next()
        .filter(|word| word.text.eq_ignore_ascii_case(language.passive_verb))?;
    let word = words.find(|word| !language.is_adverb(word.text))?;
    let next = run_on(&text[word.range.end..]).next().map(|next| next.text);
    let is_remark = next == Some(language.clause_word);
    (!is_remark && language.is_participle(word.text, next)).then_some(word.range.end)
}

/// Whether a text that follows a participle says who acts: "by your nurse", and not "by mouth" or
/// "by washing".
fn names_agent(language: &Language, after: &str) -> bool {
    let mut words = run_on(after).map(|word| word.text.to_lowercase());
    if words
        .by_ref()
        .take(WORDS_BEFORE_AGENT + 1)
        .all(|word| word != language.agent_word)
    {
        return false;
    }
    let agent: Vec<String> = words.take(WORDS_OF_AGENT).collect();
    let acts = |word: &String| !language.no_agents.contains(&word.as_str());
    let is_noun = |word: &String| {
        word.starts_with(char::is_alphabetic)
            && !word.ends_with(language.gerund_ending)
            && acts(word)
    };
    agent.first().is_some_and(is_noun) && agent.iter().all(acts)
}

/// The words at the head of a text with nothing but spaces between them.
fn run_on(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut end = 0;
    words(text).take_while(move |word| {
        let is_near = text[end..word.range.start].chars().all(char::is_whitespace);
        end = word.range.end;
        is_near
    })
}
