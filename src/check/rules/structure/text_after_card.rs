//! Text after a care card that seems to belong to it.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::content::{BlockKind, Card};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TextAfterCard,
    summary: "Text follows a care card without a heading between them.",
    why: "A card stands out, so readers take what follows for a part of the section that the card belongs to, or skip \
        it. A heading says that something new begins; what belongs to the section goes before the card.",
    bad: "> [!CAUTION]\n> Call 911.\n\nMost people feel better after a week.",
    good: "> [!CAUTION]\n> Call 911.\n\n## What to expect\n\nMost people feel better after a week.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let prose = &context.prose;
    for card in prose
        .cards
        .iter()
        .filter(|card| is_outermost(context, card))
    {
        let mut after = prose
            .blocks
            .iter()
            .filter(|block| block.whole().start >= card.span.end);
        let Some(next) = after
            .next()
            .filter(|block| block.card.is_none() && block.kind != BlockKind::Heading)
        else {
            continue;
        };
        if prose
            .cards
            .iter()
            .any(|other| other.span.start >= card.span.end && other.span.start < next.whole().start)
        {
            continue;
        }
        let message = "this text follows a care card without a heading between them";
        let card = context.document.body_place(card.head);
        let help = "put a heading before it, or move it to a place before the card";
        found.push(
            context
                .finding(RULE.id, next.whole(), message)
                .related(card, "the card")
                .help(help),
        );
    }
}

fn is_outermost(context: &DocumentContext<'_>, card: &Card) -> bool {
    let holds =
        |other: &Card| other.span.start < card.span.start && card.span.end <= other.span.end;
    !context.prose.cards.iter().any(holds)
}
