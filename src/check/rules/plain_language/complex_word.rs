//! A word for which there is a simpler one.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::words;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ComplexWord,
    summary: "There is a simpler word for this one.",
    why: "Short, everyday words are read faster and by more people. The words come from the federal plain-language \
        guidelines. Terms that the page declares, and words in quotes or emphasis, are left alone; `reading: \
        {familiar: […]}` in `site.yaml` names words that your readers know. The offer is a thought, not an order: \
        choose the word that keeps the meaning.",
    bad: "Utilize the pump prior to meals.",
    good: "Use the pump before meals.",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = manuscript.language else { return };
    for sentence in manuscript.sentences() {
        let text = sentence.text();
        for phrase in language.complex_words.find(text) {
            let range = phrase.range.clone();
            let is_declared = words(&text[range.clone()]).all(|word| manuscript.is_declared(word.text));
            if is_declared || sentence.is_mention(range.clone()) {
                continue;
            }
            let message = format!("there is a simpler word for \u{201c}{}\u{201d}", &text[range.clone()]);
            let help = format!("perhaps: {}", phrase.note);
            found.push(manuscript.finding(RULE.id, sentence.span_of(range), message).help(help));
        }
    }
}
