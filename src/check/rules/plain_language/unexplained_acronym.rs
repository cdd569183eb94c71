//! An acronym that is not spelled out.

use std::collections::HashSet;
use std::ops::Range;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::content::{Apart, Block, BlockKind};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::{Language, Word, words};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnexplainedAcronym,
    summary: "An acronym is not spelled out where the page first uses it.",
    why: "Patients do not know what the letters stand for, and the same letters mean different things in different \
        clinics. Declared terms are known to the page; `reading: {familiar: […]}` in `site.yaml` names those that all \
        your readers know.",
    bad: "You have an ECG first.",
    good: "You have an electrocardiogram (ECG) first.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let Some(language) = context.language else {
        return;
    };
    let mut page = Page::default();
    let title = context.document.front.title.as_deref().unwrap_or_default();
    page.title = words(title).map(|word| word.text.to_owned()).collect();
    let references = references(context, language);
    let is_reference = |block: &Block| {
        block
            .heading
            .is_some_and(|heading| references.contains(&heading))
    };
    let blocks = context
        .prose
        .blocks
        .iter()
        .filter(|block| !block.is_quoted && !is_reference(block));
    let blocks: Vec<&Block> = blocks.collect();
    let Some(last) = blocks.iter().rposition(|block| has_capitals(&block.text)) else {
        return;
    };
    for (number, block) in blocks.iter().enumerate().take(last + 1) {
        if !has_capitals(&block.text) {
            words(&block.text).for_each(|word| page.note_initial(word.text));
            continue;
        }
        page.note_glossary(block, blocks.get(number + 1).copied());
        let is_running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
            && !is_shouted(&block.text);
        let all: Vec<Word<'_>> = words(&block.text).collect();
        for (at, word) in all.iter().enumerate() {
            page.note_initial(word.text);
            let sentence = Context {
                text: &block.text,
                words: &all,
                at,
            };
            let Some(letters) = acronym(word.text).filter(|_| !is_mention(block, &word.range))
            else {
                continue;
            };
            let is_explained = page.spells_out(letters)
                || sentence.is_explained()
                || sentence.is_spelled_near(letters)
                || is_abbr(context, block, &word.range);
            if sentence.is_no_acronym(language, letters)
                || page.seen.contains(letters)
                || !(is_running || is_explained)
            {
                continue;
            }
            page.seen.insert(letters.to_owned());
            let is_known =
                context.is_declared(letters) || language.familiar_acronyms.contains(&letters);
            if !is_known && !is_explained {
                let message = format!("{letters} is not spelled out where it first stands");
                let help = format!(
                    "write the words first, then the letters: \u{201c}\u{2026} ({letters})\u{201d}"
                );
                found.push(
                    context
                        .finding(RULE.id, block.span(word.range.clone()), message)
                        .help(help),
                );
            }
        }
    }
}

/// The headings of lists of sources, by their numbers: such lists are made of names, initials and
/// numbers.
fn references(context: &DocumentContext<'_>, language: &Language) -> Vec<usize> {
    let is_one = |words: &str| {
        language
            .reference_headings
            .contains(&words.trim().to_lowercase().as_str())
    };
    let headings = context.document.outline.headings.iter().enumerate();
    headings
        .filter(|(_, heading)| is_one(&heading.text))
        .map(|(number, _)| number)
        .collect()
}

/// `<abbr title="…">NIH</abbr>` says the words.
fn is_abbr(context: &DocumentContext<'_>, block: &Block, range: &Range<usize>) -> bool {
    let before = &context.document.markdown()[..block.span(range.clone()).start];
    before
        .rfind("<abbr")
        .is_some_and(|at| before[at..].contains("title=") && !before[at..].contains("</abbr"))
}

/// Code, and what is spoken about: `RAM`, *RAM*, "RAM". Strong words are used like others.
fn is_mention(block: &Block, range: &Range<usize>) -> bool {
    block.is_styled(range.clone(), |style| {
        style.apart == Apart::Code || style.emphasis
    }) || block.is_in_quotes(range)
}

/// A word of so many letters may be made of two.
const COMPOUND: usize = 12;

/// How many words before and after an acronym may spell it out.
const NEAR: usize = 12;

/// What the page has said so far.
#[derive(Default)]
struct Page {
    /// The acronyms that it used in its text, or explained in a heading.
    seen: HashSet<String>,
    /// Initials of its capitalised words: a name that was written out explains its letters.
    initials: String,
    /// The words of its title.
    title: Vec<String>,
}

impl Page {
    /// Adds the first letter of a capitalised word; a short word in lower case between two breaks
    /// no name.
    fn note_initial(&mut self, word: &str) {
        match word.chars().next() {
            Some(first) if first.is_uppercase() => self.initials.push(first),
            Some(_) if word.len() <= 3 => {}
            _ => self.initials.push(' '),
        }
    }

    /// A cell that is an acronym, beside a cell with its words.
    fn note_glossary(&mut self, block: &Block, next: Option<&Block>) {
        let Some(letters) = acronym(block.text.trim()).filter(|_| block.kind == BlockKind::Cell)
        else {
            return;
        };
        let next: Vec<&str> = next
            .into_iter()
            .flat_map(|next| words(&next.text))
            .map(|word| word.text)
            .collect();
        if is_spelled_by(&next, letters) {
            self.seen.insert(letters.to_owned());
        }
    }

    /// Whether the title, or the words before the last one, begin with these letters.
    fn spells_out(&self, letters: &str) -> bool {
        let title: Vec<&str> = self.title.iter().map(String::as_str).collect();
        if is_spelled_by(&title, letters) {
            return true;
        }
        let before = self
            .initials
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        letters.len() > 2 && self.initials[..before].contains(letters)
    }
}

/// Whether a text may hold an acronym, for two capital letters stand side by side in it.
fn has_capitals(text: &str) -> bool {
    // All pairs are asked, so that the processor can ask many at once.
    let pairs = text.bytes().zip(text.bytes().skip(1));
    pairs.fold(false, |found, (one, next)| {
        found | (one.is_ascii_uppercase() & next.is_ascii_uppercase())
    })
}

/// The letters of `ECG`, `ECGs` and `ECG's`; nothing for other words.
fn acronym(word: &str) -> Option<&str> {
    let bare = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("\u{2019}s"))
        .unwrap_or(word);
    let letters = bare
        .strip_suffix('s')
        .filter(|rest| rest.len() > 1)
        .unwrap_or(bare);
    let is_short = (2..=5).contains(&letters.len());
    (is_short && letters.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(letters)
}

/// Whether some words in a row begin with these letters. Short words between them do not count, and
/// a long word may have more than one of the letters: "gastroesophageal".
fn is_spelled_by(words: &[&str], letters: &str) -> bool {
    (0..words.len()).any(|start| is_spelled_from(&words[start..], letters))
}

fn is_spelled_from(words: &[&str], letters: &str) -> bool {
    let mut left = letters
        .chars()
        .map(|letter| letter.to_ascii_lowercase())
        .peekable();
    let mut inside = String::new();
    for (at, word) in words.iter().enumerate() {
        let word = word.to_lowercase();
        while left
            .next_if(|letter| !word.starts_with(*letter) && inside.contains(*letter))
            .is_some()
        {}
        let Some(letter) = left.peek() else { break };
        if word.len() > 1 && word != letters.to_lowercase() && word.starts_with(*letter) {
            left.next();
            inside = if word.len() >= COMPOUND {
                word
            } else {
                String::new()
            };
        } else if at == 0 || word.len() > 3 {
            return false;
        }
    }
    left.peek().is_none()
}

fn is_shouted(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (upper, all) = letters.fold((0, 0), |(upper, all), c| {
        (upper + usize::from(c.is_uppercase()), all + 1)
    });
    upper * 2 > all
}

/// A word with what stands around it.
struct Context<'t> {
    text: &'t str,
    words: &'t [Word<'t>],
    at: usize,
}

impl Context<'_> {
    fn before(&self) -> &str {
        &self.text[..self.words[self.at].range.start]
    }

    fn after(&self) -> &str {
        &self.text[self.words[self.at].range.end..]
    }

    /// Whether words near it begin with its letters, in small letters too.
    fn is_spelled_near(&self, letters: &str) -> bool {
        let from = self.words[self.at].range.end;
        // What comes in a later sentence comes too late.
        let end = self.text[from..]
            .find(['.', '!', '?'])
            .map_or(self.text.len(), |stop| from + stop);
        let near = self.at.saturating_sub(NEAR)..(self.at + NEAR).min(self.words.len());
        let near = self.words[near]
            .iter()
            .take_while(|word| word.range.start < end);
        let near: Vec<&str> = near.map(|word| word.text).collect();
        is_spelled_by(&near, letters)
    }

    /// `Yoon SS, Fryar CD`: the initials of people.
    fn is_initials(&self, language: &Language, letters: &str) -> bool {
        let is_name = |at: usize| {
            let last = at
                .checked_sub(1)
                .and_then(|at| self.words.get(at))
                .map_or("", |word| word.text);
            let is_short = self.words[at].text.len() <= 3
                && self.words[at].text.chars().all(char::is_uppercase);
            let is_surname =
                last.starts_with(char::is_uppercase) && last.chars().any(char::is_lowercase);
            is_short
                && is_surname
                && !language
                    .usual_beginnings
                    .contains(&last.to_lowercase().as_str())
        };
        let is_listed =
            |at: usize| self.text[self.words[at].range.end..].starts_with([',', '.', ';']);
        let others = (0..self.words.len()).filter(|at| *at != self.at);
        letters.len() <= 3
            && is_name(self.at)
            && others.into_iter().any(|at| is_name(at) && is_listed(at))
    }

    /// Shouted words, Roman numbers, states and degrees: capitals that stand for no words.
    fn is_no_acronym(&self, language: &Language, letters: &str) -> bool {
        let near = |at: Option<usize>| {
            at.and_then(|at| self.words.get(at))
                .map_or("", |word| word.text)
        };
        let (last, next) = (near(self.at.checked_sub(1)), near(Some(self.at + 1)));
        let is_loud =
            |word: &str| word.len() > 1 && word.chars().all(|c| c.is_uppercase() || c == '-');
        // Stages of a disease have a letter after the number.
        let number = letters
            .strip_suffix(['A', 'B', 'C'])
            .filter(|number| !number.is_empty())
            .unwrap_or(letters);
        let is_unit =
            last.ends_with(|c: char| c.is_ascii_digit()) && language.units.contains(&letters);
        let is_roman = number.bytes().all(|byte| b"IVX".contains(&byte))
            && (language
                .ordinal_words
                .contains(&last.to_lowercase().as_str())
                || (self.at == 0 && self.after().starts_with(['.', ')', ':'])));
        let is_state = letters.len() == 2 && self.before().trim_end().ends_with(',');
        let is_part = self.before().ends_with(['.', '/', '@', '-', '&'])
            || self.after().starts_with(['@', '&']);
        let is_loud_word = language.loud_words.contains(&letters);
        let is_name = self.is_initials(language, letters);
        is_name
            || is_unit
            || is_loud_word
            || is_loud(last)
            || is_loud(next)
            || is_roman
            || is_state
            || is_part
    }

    /// `words (ABC)`, `words (also called ABC)`, `ABC (words)`.
    fn is_explained(&self) -> bool {
        let opened = self
            .before()
            .rfind('(')
            .filter(|open| !self.before()[*open..].contains(')'));
        let in_brackets = opened.is_some_and(|open| {
            let inside = words(&self.before()[open..]).count();
            words(&self.before()[..open]).next().is_some() && inside <= 4
        });
        let bracket = self
            .after()
            .trim_start()
            .strip_prefix('(')
            .and_then(|rest| rest.split(')').next());
        in_brackets || bracket.is_some_and(|words| words.contains(char::is_lowercase))
    }
}
