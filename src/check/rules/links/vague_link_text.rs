//! A link whose words do not say where it leads.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::VagueLinkText,
    summary: "The words of a link do not say where it leads.",
    why: "Screen readers list the links of a page without the text around them, and eyes jump from link to link. “Click \
        here” and a bare address say nothing there.",
    bad: "To read about the test, [click here](../tests/echocardiogram.md).",
    good: "Read about the [echocardiogram](../tests/echocardiogram.md).",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    for text in &manuscript.prose.links {
        let words = text.text.trim();
        let message = if words.is_empty() {
            "this link has no words".to_owned()
        } else if is_address(words) {
            "this link shows an address instead of words".to_owned()
        } else if is_vague(manuscript, words) {
            format!("\u{201c}{words}\u{201d} does not say where the link leads")
        } else {
            continue;
        };
        let help = "name what the reader finds there: the title of the page, or what it is about";
        found.push(manuscript.finding(RULE.id, trimmed(manuscript, text.span), message).help(help));
    }
}

fn is_address(words: &str) -> bool {
    let lower = words.to_lowercase();
    let is_one_word = !words.contains(char::is_whitespace);
    is_one_word && ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start))
}

fn is_vague(manuscript: &Manuscript<'_>, words: &str) -> bool {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let bare = bare.split_whitespace().collect::<Vec<_>>().join(" ");
    manuscript.language.is_some_and(|language| language.vague_links.contains(&bare.as_str()))
}

fn trimmed(manuscript: &Manuscript<'_>, span: Span) -> Span {
    let text = &manuscript.document.body()[span.start..span.end];
    Span::new(span.start, span.start + text.trim_end().len())
}
