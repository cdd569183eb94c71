//! A link whose words do not say where it leads.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{Language, words};
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::VagueLinkText,
    summary: "The words of a link do not say where it leads.",
    why: "Screen readers list the links of a page without the text around them, and eyes jump from link to link. “Click \
        here” and a bare address say nothing there.",
    bad: "To read about the test, [click here](../tests/echocardiogram.md).",
    good: "Read about the [echocardiogram](../tests/echocardiogram.md).",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for text in &context.prose.links {
        let said = text.text.trim();
        let message = if said.is_empty() {
            "this link has no words".to_owned()
        } else if is_address(said) {
            "this link shows an address instead of words".to_owned()
        } else if is_vague(context, said) {
            format!("\u{201c}{said}\u{201d} does not say where the link leads")
        } else {
            continue;
        };
        let help = "name what the reader finds there: the title of the page, or what it is about";
        found.push(
            context
                .finding(RULE.id, trimmed(context, text.span), message)
                .help(help),
        );
    }
}

/// `https://…`, `www.…`, or a host with a path; a host alone may be the name of a website.
fn is_address(words: &str) -> bool {
    if words.contains(char::is_whitespace) {
        return false;
    }
    let lower = words.to_lowercase();
    ["http://", "https://", "www."]
        .iter()
        .any(|start| lower.starts_with(start))
        || has_path(&lower)
}

/// `cdc.gov/flu`, and neither `and/or` nor `1.5/2`.
fn has_path(word: &str) -> bool {
    let Some((host, path)) = word.split_once('/') else {
        return false;
    };
    let is_host = host
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let ending = host
        .rsplit_once('.')
        .filter(|(name, _)| !name.is_empty())
        .map(|(_, ending)| ending);
    let is_ending =
        |ending: &str| ending.len() > 1 && ending.bytes().all(|byte| byte.is_ascii_lowercase());
    !path.is_empty() && is_host && ending.is_some_and(is_ending)
}

/// A sign, a number as of a footnote, or words that say nothing; `911` is a number to call.
fn is_vague(context: &DocumentContext<'_>, text: &str) -> bool {
    let bare: Vec<&str> = words(text).map(|word| word.text).collect();
    let is_mark =
        bare.is_empty() || matches!(bare[..], [one] if one.len() < 3 && one.parse::<u8>().is_ok());
    is_mark
        || context
            .language
            .is_some_and(|language| says_nothing(language, &bare))
}

/// Whether the words of a link are a phrase that says nothing, or say nothing one by one.
fn says_nothing(language: &Language, bare: &[&str]) -> bool {
    bare.iter().all(|word| language.vague_link_words.has(word))
        || language.vague_links.has(&bare.join(" "))
}

fn trimmed(context: &DocumentContext<'_>, span: Span) -> Span {
    let text = &context.document.markdown()[span.start..span.end];
    Span::new(span.start, span.start + text.trim_end().len())
}
