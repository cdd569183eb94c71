//! An emergency card without a phone number.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{Language, words};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::EmergencyWithoutPhone,
    summary: "An emergency card has no phone number.",
    why: "In an emergency nobody should have to look for the number. On a phone, a `tel:` link calls it with one tap.",
    bad: "> [!CAUTION]\n> ### Get help right away\n> You may have a heart attack.",
    good: "> [!CAUTION]\n> ### Call [911](tel:911) right away\n> You may have a heart attack.",
    looks: &[Look::Document(run)],
};

/// The fewest digits of a number that is not an emergency number.
const FEWEST: usize = 7;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    for (number, card) in context.emergencies() {
        let links = context
            .document
            .outline
            .links
            .iter()
            .zip(&context.prose.links);
        let mut own = links.filter(|(_, text)| text.card == Some(number));
        let calls = own.any(|(link, _)| link.target.to_ascii_lowercase().starts_with("tel:"));
        if !calls
            && !context
                .blocks_of(number)
                .any(|block| has_number(language, &block.text))
        {
            let message = "this emergency card has no phone number";
            let help = "say whom to call, as a link: [911](tel:911)";
            found.push(context.finding(RULE.id, card.head, message).help(help));
        }
    }
}

fn has_number(language: &Language, text: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let parts = text.split(|c: char| !c.is_ascii_digit() && !"-. ()".contains(c));
    words(text).any(|word| language.emergency_numbers.contains(&word.text))
        || parts.into_iter().any(|part| digits(part) >= FEWEST)
}
