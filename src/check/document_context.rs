//! A document as the rules read it: with its prose, and with what its site and its language ask
//! for.
//!
//! Made once a document and shared by all rules, so that none parses or splits a text again. A rule
//! reads it and changes nothing.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::FixedState;
use pulldown_cmark::BlockQuoteKind;

use crate::config::Settings;
use crate::content::{Block, Card, Document, Prose};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{
    self, Counts, Language, Phrase, PhraseSet, PhraseSets, Tally, sentences, words,
};
use crate::source::Span;

/// A sentence of a document.
#[derive(Clone, Debug)]
pub struct Sentence<'m> {
    /// The block that it stands in.
    pub block: &'m Block,
    /// Where it stands in the block's text.
    pub range: Range<usize>,
    /// Its words and syllables; those of declared terms do not count.
    pub counts: Counts,
    language: &'static Language,
    /// The sets of which it may have a phrase.
    marked: PhraseSets,
}

impl<'m> Sentence<'m> {
    /// Its words.
    #[must_use]
    pub fn text(&self) -> &'m str {
        &self.block.text[self.range.clone()]
    }

    /// Where it stands in the Markdown.
    #[must_use]
    pub fn span(&self) -> Span {
        self.block.span(self.range.clone())
    }

    /// Where a range of its text stands in the Markdown.
    #[must_use]
    pub fn span_of(&self, range: Range<usize>) -> Span {
        self.block.span(self.in_block(range))
    }

    /// Whether a range of its text is something that is spoken about.
    #[must_use]
    pub fn is_mention(&self, range: Range<usize>) -> bool {
        self.block.is_mention(self.in_block(range))
    }

    /// The phrases of a set that stand in it. Most sentences have none, and their words have shown
    /// it.
    pub fn phrases(&self, set: PhraseSet) -> impl Iterator<Item = Phrase<'m>> + use<'m> {
        let phrases = self
            .marked
            .has(set)
            .then(|| self.language.phrases.of(set).find(self.text()));
        phrases.into_iter().flatten()
    }

    fn in_block(&self, range: Range<usize>) -> Range<usize> {
        self.range.start + range.start..self.range.start + range.end
    }
}

/// A document with its prose.
#[derive(Debug)]
pub struct DocumentContext<'d> {
    /// The document.
    pub document: &'d Document,
    /// What the site asks for.
    pub settings: &'d Settings,
    /// What a reader reads.
    pub prose: Prose,
    /// The table of its language, if there is one.
    pub language: Option<&'static Language>,
    /// The words of the terms that the page declares, in lower case.
    terms: OnceCell<HashSet<String, FixedState>>,
    /// The sentences of running blocks, each with the number of its block: they are split and
    /// counted once, when the first rule asks for them.
    sentences: OnceCell<Vec<(usize, Range<usize>, Tally)>>,
}

impl<'d> DocumentContext<'d> {
    /// Reads the prose of a document.
    #[must_use]
    pub fn of(document: &'d Document, settings: &'d Settings) -> Self {
        Self::with(document, Prose::of(document.markdown()), settings)
    }

    /// A document whose prose was read already.
    #[must_use]
    pub fn with(document: &'d Document, prose: Prose, settings: &'d Settings) -> Self {
        let language = language::of(&settings.language);
        Self {
            document,
            settings,
            prose,
            language,
            terms: OnceCell::new(),
            sentences: OnceCell::new(),
        }
    }

    /// A finding about a span of the Markdown.
    #[must_use]
    pub fn finding(
        &self,
        rule: RuleId,
        span: Span,
        message: impl Into<Cow<'static, str>>,
    ) -> Diagnostic {
        Diagnostic::new(
            rule,
            self.document
                .body_place(with_marks(self.document.markdown(), span)),
            message,
        )
    }

    /// The span of the Markdown as it stands in the file, for edits.
    #[must_use]
    pub fn in_file(&self, span: Span) -> Span {
        span.shifted(self.document.body_start + self.document.text_offset)
    }

    /// Whether a word belongs to a term that the page or the site declares.
    #[must_use]
    pub fn is_declared(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let stem = word
            .strip_suffix("'s")
            .or_else(|| word.strip_suffix("\u{2019}s"))
            .unwrap_or(&word);
        let singular = stem.strip_suffix('s').unwrap_or(stem);
        let terms = self
            .terms
            .get_or_init(|| terms(self.document, self.settings));
        terms.contains(stem) || terms.contains(singular)
    }

    /// The emergency cards, each with its number.
    pub fn emergencies(&self) -> impl Iterator<Item = (usize, &Card)> {
        self.prose
            .cards
            .iter()
            .enumerate()
            .filter(|(number, _)| self.is_emergency(*number))
    }

    /// Whether a care card is one for emergencies.
    #[must_use]
    pub fn is_emergency(&self, card: usize) -> bool {
        self.prose
            .cards
            .get(card)
            .is_some_and(|card| card.kind == BlockQuoteKind::Caution)
    }

    /// The text of a care card.
    pub fn blocks_of(&self, card: usize) -> impl Iterator<Item = &Block> {
        self.prose
            .blocks
            .iter()
            .filter(move |block| block.card == Some(card))
    }

    /// The sentences of paragraphs and items, for a language with a table.
    pub fn sentences(&self) -> impl Iterator<Item = Sentence<'_>> {
        self.language.into_iter().flat_map(move |language| {
            self.sentences
                .get_or_init(|| self.split(language))
                .iter()
                .map(move |(block, range, tally)| Sentence {
                    block: &self.prose.blocks[*block],
                    range: range.clone(),
                    counts: tally.counts,
                    language,
                    marked: tally.marked,
                })
        })
    }

    fn split(&self, language: &Language) -> Vec<(usize, Range<usize>, Tally)> {
        let is_declared = |word: &str| self.is_declared(word);
        let mut found = Vec::new();
        for (number, block) in self
            .prose
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| block.is_running())
        {
            for range in sentences(language, &block.text) {
                // A page may say a sentence in another language, and be written in another than its
                // site.
                if let Some(tally) = Tally::of(language, &block.text[range.clone()], is_declared) {
                    found.push((number, range, tally));
                }
            }
        }
        found
    }
}

/// A span of Markdown with the marks around its ends that belong to marks inside of it: `**Note:**
/// call` begins with its asterisks, and a text that ends in a link ends behind the link's target.
fn with_marks(body: &str, span: Span) -> Span {
    let Some(inside) = body.get(span.start..span.end) else {
        return span;
    };
    let (mut start, mut end) = (span.start, span.end);
    let (before, after) = (&body[..start], &body[end..]);
    for mark in ["**", "__", "*", "_"] {
        if inside.matches(mark).count() % 2 == 1 {
            if before.ends_with(mark) {
                start -= mark.len();
            } else if after.starts_with(mark) {
                end += mark.len();
            }
            break;
        }
    }
    let (open, close) = (inside.find('['), inside.find("]("));
    if before.ends_with('[') && close.is_some() && (open.is_none() || open > close) {
        start -= 1;
    }
    let (last_open, last_close) = (inside.rfind('['), inside.rfind("]("));
    if after.starts_with("](") && last_open.is_some() && last_open > last_close {
        end += after.find(')').map_or(0, |at| at + 1);
    }
    Span::new(start, end)
}

/// The words of titles, other names and medicines, and those that the site calls familiar.
fn terms(document: &Document, settings: &Settings) -> HashSet<String, FixedState> {
    let front = &document.front;
    let drugs = front.drugs.iter().map(|drug| &drug.name);
    let declared = front
        .title
        .iter()
        .chain(&front.also_called)
        .chain(drugs)
        .chain(&settings.reading.familiar);
    declared
        .flat_map(|term| words(term))
        .map(|word| word.text.to_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_at_the_ends_belong_to_the_text() {
        let check = |body: &str, inner: &str, expected: &str| {
            let start = body.find(inner).expect("the words");
            let span = with_marks(body, Span::new(start, start + inner.len()));
            assert_eq!(&body[span.start..span.end], expected, "{body}");
        };
        check("a **Note:** b c", "Note:** b c", "**Note:** b c");
        check("a *b* c", "b* c", "*b* c");
        check("a b **c** d", "a b **c", "a b **c**");
        check("[a](x) b", "a](x) b", "[a](x) b");
        check("a [b](x) c", "a [b", "a [b](x)");
        check("a [b](x) **c** d", "b", "b");
        check("**911** d", "911", "911");
        check("é_a_ b", "a_ b", "_a_ b");
    }
}
