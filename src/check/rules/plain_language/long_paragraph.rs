//! A paragraph of too many sentences.

use crate::check::document_context::{DocumentContext, Sentence};
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::LongParagraph,
    summary: "A paragraph has more than three sentences.",
    why: "On a phone, four sentences fill the screen. Short paragraphs let the eye find the part that it looks for.",
    bad: "Your doctor places a catheter. You are awake. It takes an hour. You can eat soon after. You go home on the same day.",
    good: "Your doctor places a catheter. You are awake. It takes an hour.\n\nYou can eat soon after. You go home on the same day.",
    looks: &[Look::Document(run)],
};

/// So many sentences make a paragraph.
const MOST: usize = 3;

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let all: Vec<_> = context.sentences().collect();
    for paragraph in all.chunk_by(stand_together) {
        let (block, count) = (paragraph[0].block, paragraph.len());
        if count > MOST {
            let is_whole = !block.text.contains('\n');
            let part = paragraph[0].range.start..paragraph[count - 1].range.end;
            let span = if is_whole {
                block.whole()
            } else {
                block.span(part)
            };
            let message = format!("this paragraph has {count} sentences");
            let help = format!("begin a new paragraph after at most {MOST}, or make a list");
            found.push(context.finding(RULE.id, span, message).help(help));
        }
    }
}

/// Whether one sentence follows another in the same paragraph. A line that the writer broke, as in
/// an address or a verse, stands by itself.
fn stand_together(a: &Sentence<'_>, b: &Sentence<'_>) -> bool {
    std::ptr::eq(a.block, b.block) && !a.block.text[a.range.end..b.range.start].contains('\n')
}
