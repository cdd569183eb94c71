//! What the words around a number say that it is.

use std::ops::Range;

use super::number::{Number, Shape, is_dash};
use crate::check::document_context::DocumentContext;
use crate::content::{Block, BlockKind};
use crate::language::{Language, has, sentences, words};

/// How far back the words may stand that say what a number is, in bytes: a list without a stop is
/// no sentence.
const FAR: usize = 300;

/// A sentence of so few words before a number is its name: "Fax. 410-555-0100".
const NAME: usize = 3;

/// What a number is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Phone,
    Fax,
    /// The number of an order, a case, a publication.
    Identifier,
}

/// A block with what a rule asks about the numbers in it.
pub(super) struct Context<'m> {
    language: &'m Language,
    text: &'m str,
    sentences: Vec<Range<usize>>,
    /// Of a cell: what the head of its column and the cell before it say.
    labels: Option<Said>,
}

impl<'m> Context<'m> {
    /// The context of a block, by its number.
    pub(super) fn of(
        context: &'m DocumentContext<'_>,
        language: &'m Language,
        block: usize,
    ) -> Self {
        let text = &context.prose.blocks[block].text;
        let said = labels(context, block).filter_map(|label| said_before(language, label));
        // Where one says "fax" and the other "phone", nobody should be sent to call.
        let labels = said.reduce(|one, other| if one == Said::Phone { other } else { one });
        Self {
            language,
            text,
            sentences: sentences(language, text).collect(),
            labels,
        }
    }

    /// Whether a number is one to phone.
    pub(super) fn is_phone(&self, number: &Number) -> bool {
        let (before, after) = (
            self.clause(number.range.start),
            &self.text[number.range.end..],
        );
        if number.shape == Shape::Short {
            return is_emergency(self.language, before, after);
        }
        let said = said_after(self.language, after)
            .or_else(|| said_before(self.language, before))
            .or(self.labels);
        match said {
            Some(said) => said == Said::Phone,
            None => number.shape == Shape::Marked,
        }
    }

    /// The words before a place that belong to it: those of its sentence, after the last semicolon.
    fn clause(&self, at: usize) -> &'m str {
        let number = self
            .sentences
            .partition_point(|sentence| sentence.start <= at)
            .saturating_sub(1);
        let start_of = |number: usize| {
            self.sentences
                .get(number)
                .map_or(0, |sentence| sentence.start.min(at))
        };
        let is_name = |sentence: &Range<usize>| {
            words(&self.text[sentence.clone()]).take(NAME + 1).count() <= NAME
        };
        let before = number
            .checked_sub(1)
            .filter(|before| self.sentences.get(*before).is_some_and(is_name));
        let start = start_of(number);
        let is_first = !self.text[start..at].contains(char::is_alphanumeric);
        let start = before
            .filter(|_| is_first)
            .map_or(start, start_of)
            .max(at.saturating_sub(FAR));
        let clause = (start..=at)
            .find_map(|start| self.text.get(start..at))
            .unwrap_or_default();
        clause
            .rsplit([';', '|', '\u{2022}', '\u{b7}'])
            .next()
            .expect("a split has a part")
    }
}

/// The words of a text, parted at every sign: "Phone/fax:" has two.
fn plain_words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn said_by(language: &Language, word: &str) -> Option<Said> {
    let is_phone = has(language.phone_words, word) || has(language.call_words, word);
    let phone = is_phone.then_some(Said::Phone);
    if has(language.fax_words, word) {
        Some(Said::Fax)
    } else {
        phone
    }
}

/// What the words before a number say: the last one that says something.
fn said_before(language: &Language, before: &str) -> Option<Said> {
    if is_identified(language, before) {
        return Some(Said::Identifier);
    }
    let mut last = plain_words(before)
        .rev()
        .skip_while(|word| said_by(language, word).is_none());
    let said = said_by(language, last.next()?);
    // "Phone/fax" and "call or fax" are for both.
    let is_for_both = last
        .take(2)
        .any(|word| said_by(language, word) == Some(Said::Phone));
    if said == Some(Said::Fax) && is_for_both && !has_pause(language, before) {
        Some(Said::Phone)
    } else {
        said
    }
}

/// Whether digits or a comma stand between the last two words that say something: "Call us, or fax
/// it".
fn has_pause(language: &Language, before: &str) -> bool {
    let says = |part: &&str| plain_words(part).any(|word| said_by(language, word).is_some());
    let parts = before.rsplit(|c: char| c.is_ascii_digit() || matches!(c, ',' | ':' | '\u{2014}'));
    let last = parts
        .filter(|part| !part.is_empty())
        .find(says)
        .unwrap_or_default();
    plain_words(last)
        .filter(|word| said_by(language, word).is_some())
        .count()
        < 2
}

/// "Order no.", "case ID", "PMID", directly before; the ID after a comma is the state.
fn is_identified(language: &Language, before: &str) -> bool {
    let last = language.identifiers.find(before).last();
    last.is_some_and(|phrase| {
        let is_state = before[..phrase.range.start].trim_end().ends_with(',');
        !is_state && !before[phrase.range.end..].contains(char::is_alphanumeric)
    })
}

/// What is said directly after a number: "(fax)", "TTY". A word that a number follows is the name
/// of that one.
fn said_after(language: &Language, after: &str) -> Option<Said> {
    let after = after.trim_start_matches(|c: char| c == ' ' || is_dash(c));
    if let Some(inner) = after.strip_prefix('(') {
        // Another number in the brackets has the words for itself.
        let end = inner
            .find(|c: char| c == ')' || c.is_ascii_digit())
            .filter(|end| inner[*end..].starts_with(')'))?;
        return plain_words(&inner[..end])
            .next()
            .and_then(|word| said_by(language, word));
    }
    let rest = after.trim_start_matches(char::is_alphanumeric);
    let is_last = rest.is_empty() || rest.starts_with([',', ';', ')', '!', '?', '\n']);
    let names_next = rest
        .trim_start_matches(['.', ' '])
        .starts_with(|c: char| c.is_ascii_digit() || "(+".contains(c));
    let is_last = is_last || (rest.starts_with('.') && !names_next);
    said_by(language, &after[..after.len() - rest.len()]).filter(|_| is_last)
}

/// Whether somebody is asked to phone a short number.
fn is_emergency(language: &Language, before: &str, after: &str) -> bool {
    let mut back = plain_words(before).rev();
    let last = back.next().unwrap_or_default();
    let is_called = has(language.call_words, last);
    // "Emergency services at 911", "call your doctor or 911"; a comma parts "in an emergency, 911
    // people".
    let is_about = |word| has(language.call_words, word) || has(language.emergency_words, word);
    let is_joined = has(language.emergency_joints, last) && !before.trim_end().ends_with(',');
    let is_named = is_joined && (has(language.emergency_words, last) || back.any(is_about));
    is_called || (is_named && is_end(language, after)) || is_line(language, after)
}

/// Whether what follows a short number counts nothing: "at 911 if", and not "at 911 hospitals".
fn is_end(language: &Language, after: &str) -> bool {
    let next = after.trim_start();
    let word = next
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .expect("a split has a part");
    word.is_empty() || has(language.emergency_followers, word)
}

/// "988 Lifeline".
fn is_line(language: &Language, after: &str) -> bool {
    language
        .emergency_lines
        .find(after)
        .next()
        .is_some_and(|line| after[..line.range.start] == *" ")
}

/// What a table says about a cell: the head of its column, and the cell before it where that has no
/// number.
fn labels<'m>(context: &'m DocumentContext<'_>, number: usize) -> impl Iterator<Item = &'m str> {
    let (body, blocks) = (context.document.markdown(), &context.prose.blocks);
    let cell = Some(&blocks[number]).filter(|block| block.kind == BlockKind::Cell);
    let head = cell.and_then(|cell| head(context, cell));
    let before = number
        .checked_sub(1)
        .map(|before| &blocks[before])
        .filter(|before| {
            let between = cell.and_then(|cell| body.get(before.whole().end..cell.whole().start));
            before.kind == BlockKind::Cell && between.is_some_and(|between| !between.contains('\n'))
        });
    let before = before.filter(|before| !before.text.contains(|c: char| c.is_ascii_digit()));
    head.into_iter()
        .chain(before)
        .map(|label| label.text.as_str())
}

/// The head of the column that a cell stands in.
fn head<'m>(context: &'m DocumentContext<'_>, cell: &Block) -> Option<&'m Block> {
    let (body, prose) = (context.document.markdown(), &context.prose);
    let at = cell.whole().start;
    let table = prose
        .tables
        .partition_point(|table| table.head.start <= at)
        .checked_sub(1)?;
    let row = body[..at].rfind('\n').map_or(0, |end| end + 1);
    let head = prose.tables[table].head;
    let first = prose
        .blocks
        .partition_point(|block| block.whole().start < head.start);
    let mut heads = prose.blocks[first..]
        .iter()
        .take_while(|block| block.whole().start < head.end);
    let column = column(&body[row..at]);
    heads.find(|block| self::column(&body[head.start..block.whole().start]) == column)
}

/// How many cells stand in a row before the place where the text ends.
fn column(row: &str) -> usize {
    let row = row.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let row = row.strip_prefix('|').unwrap_or(row);
    row.matches('|').count() - row.matches("\\|").count()
}
