//! An instruction to "patients" instead of "you".

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ThirdPersonPatient,
    summary: "An instruction speaks of patients and not to the reader.",
    why: "The page is for patients. “Patients should” sounds as if somebody else were meant; “you” is shorter, and \
        nobody asks whether it is about them.",
    bad: "Patients should bring a list of their medicines.",
    good: "Bring a list of your medicines.",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = manuscript.language else { return };
    for sentence in manuscript.sentences() {
        let text = sentence.text();
        for phrase in language.third_person.find(text).filter(|phrase| !sentence.is_mention(phrase.range.clone())) {
            let message =
                format!("\u{201c}{}\u{201d} speaks of the reader as of somebody else", &text[phrase.range.clone()]);
            let help = format!("write \u{201c}{}\u{201d}, or begin with the verb", phrase.note);
            found.push(manuscript.finding(RULE.id, sentence.span_of(phrase.range), message).help(help));
        }
    }
}
