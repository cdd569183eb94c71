//! Numbers that have the shape of a phone number.
//!
//! The shape is that of the North American Numbering Plan: an area of three digits, an exchange of
//! three and a line of four, perhaps after the country's 1. Neither area nor exchange begins with 0
//! or 1. Short numbers for emergencies stand in the table of the language.

use std::ops::Range;

use crate::language::Language;
use crate::schema::phone_href;

/// Areas whose calls are free for the caller; they alone tell eleven digits in a row from any other
/// number.
const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

/// How many digits an extension has at most.
const EXTENSION: usize = 7;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// With marks between its groups, or with the code of its country.
    Marked,
    /// In groups with nothing but spaces between them, as other numbers are too.
    Spaced,
    /// A short number for emergencies.
    Short,
}

/// A number that may be one to phone.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// How it is written.
    pub shape: Shape,
    /// Its `tel:` address.
    pub href: String,
}

impl Number {
    /// Whether it is a short number for emergencies.
    pub(super) fn is_short(&self) -> bool {
        self.shape == Shape::Short
    }
}

/// The numbers of a text that may be phoned, in their order.
pub(super) fn numbers<'t>(
    language: &'t Language,
    text: &'t str,
) -> impl Iterator<Item = Number> + 't {
    let may_begin = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'(' | b'+');
    // Most texts hold no digit, and to ask many bytes at once is faster than to stop at the first.
    let has_any = text
        .as_bytes()
        .iter()
        .fold(false, |has_any, byte| has_any | byte.is_ascii_digit());
    let mut at = if has_any { 0 } else { text.len() };
    std::iter::from_fn(move || {
        loop {
            at += text.as_bytes()[at..].iter().position(may_begin)?;
            let number = number_at(language, text, at);
            at = number.as_ref().map_or(at + 1, |number| number.range.end);
            if number.is_some() {
                return number;
            }
        }
    })
}

fn number_at(language: &Language, text: &str, start: usize) -> Option<Number> {
    // Most digits stand in a longer number.
    if !begins_alone(&text[..start]) {
        return None;
    }
    let (rest, shape) =
        north_american(&text[start..]).or_else(|| short(language, &text[start..]))?;
    let end = text.len() - rest.len();
    let number = |end: usize| {
        let href = phone_href(&plain(&text[start..end]))?;
        ends_alone(&text[end..]).then_some(Number {
            range: start..end,
            shape,
            href,
        })
    };
    extension_end(text, end)
        .and_then(number)
        .or_else(|| number(end))
}

fn short<'t>(language: &Language, text: &'t str) -> Option<(&'t str, Shape)> {
    let rest = language
        .emergency_numbers
        .iter()
        .find_map(|number| text.strip_prefix(number))?;
    Some((rest, Shape::Short))
}

/// What follows a number of ten digits that a text begins with, perhaps after a 1.
fn north_american(text: &str) -> Option<(&str, Shape)> {
    let (is_foreign, national) = text
        .strip_prefix('+')
        .map_or((false, text), |rest| (true, rest));
    let (code, rest) = match national.strip_prefix('1') {
        Some(rest) => gap(rest),
        None if is_foreign => return None,
        None => (Gap::Nothing, national),
    };
    let has_code = rest.len() < national.len();
    let (area, in_brackets, rest) = area(rest)?;
    let (first, rest) = gap(rest);
    let (_, rest) = digits(rest, 3).filter(|(exchange, _)| !exchange.starts_with(['0', '1']))?;
    let (second, rest) = gap(rest);
    let (_, rest) = digits(rest, 4)?;
    let gaps = [code, first, second];
    let is_row = has_code
        && !in_brackets
        && gaps == [Gap::Nothing; 3]
        && (is_foreign || TOLL_FREE.contains(&area));
    let is_parted = (!has_code || is_foreign || in_brackets || code != Gap::Nothing)
        && (in_brackets || first != Gap::Nothing)
        && matches!(second, Gap::Space | Gap::Mark);
    let is_marked = is_row
        || is_foreign
        || in_brackets
        || gaps.iter().any(|gap| matches!(gap, Gap::Mark | Gap::Slash));
    (is_row || is_parted).then_some((
        rest,
        if is_marked {
            Shape::Marked
        } else {
            Shape::Spaced
        },
    ))
}

/// The area that a text begins with, whether it stands in brackets, and what follows.
fn area(text: &str) -> Option<(&str, bool, &str)> {
    let inner = text.strip_prefix('(');
    let (area, rest) =
        digits(inner.unwrap_or(text), 3).filter(|(area, _)| !area.starts_with(['0', '1']))?;
    let rest = if inner.is_some() {
        rest.strip_prefix(')')?
    } else {
        rest
    };
    Some((area, inner.is_some(), rest))
}

fn digits(text: &str, count: usize) -> Option<(&str, &str)> {
    let (group, rest) = text.split_at_checked(count)?;
    group
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then_some((group, rest))
}

/// What stands between two groups of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Nothing,
    Space,
    /// A dash or a full stop.
    Mark,
    /// A slash: after the area only, for `10/12/2026` is a date.
    Slash,
}

/// The gap that a text begins with, and what follows.
fn gap(text: &str) -> (Gap, &str) {
    let after = skip_spaces(text);
    if let Some(rest) = after.strip_prefix(is_dash) {
        return (Gap::Mark, skip_spaces(rest));
    }
    match (text.strip_prefix('.'), text.strip_prefix('/')) {
        (Some(rest), _) => (Gap::Mark, rest),
        (_, Some(rest)) => (Gap::Slash, rest),
        _ if after.len() < text.len() => (Gap::Space, after),
        _ => (Gap::Nothing, text),
    }
}

/// Up to two spaces; more of them stand for template code.
fn skip_spaces(text: &str) -> &str {
    let skip = |text| str::strip_prefix(text, is_space).unwrap_or(text);
    skip(skip(text))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Hyphens, dashes that people write for hyphens, and the minus sign.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

/// A number with plain hyphens and spaces, as the `tel:` address is made from it.
fn plain(number: &str) -> String {
    let plain = |c: char| match c {
        _ if is_dash(c) => '-',
        _ if is_space(c) => ' ',
        _ => c,
    };
    number.chars().map(plain).collect()
}

/// Where the extension ends that may follow a number: `x5`, `, ext. 12`. The address shows whether
/// it is one.
fn extension_end(text: &str, number: usize) -> Option<usize> {
    let after = text[number..].trim_start_matches([' ', ',']);
    let word = after.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let digits = word.trim_start_matches(['.', ' ']);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_extension =
        word.len() < after.len() && (1..=EXTENSION).contains(&(digits.len() - rest.len()));
    is_extension.then_some(text.len() - rest.len())
}

/// Whether a number behind this is no part of a longer one, a word, an address or an amount.
fn begins_alone(before: &str) -> bool {
    let mut signs = before.chars().rev();
    !is_joined(signs.next(), signs.next()) && !is_foreign(before)
}

/// Whether a number before this is no part of one.
fn ends_alone(after: &str) -> bool {
    let mut signs = after.chars();
    !is_joined(signs.next(), signs.next())
}

/// Whether a number is joined by the sign beside it, which may ask for a digit behind it.
fn is_joined(next: Option<char>, second: Option<char>) -> bool {
    let joins = |c: char| c.is_alphanumeric() || "/-$#_=&@%+".contains(c);
    let joins_digits = |c: char| c == '.' || is_dash(c);
    next.is_some_and(joins)
        || (next.is_some_and(joins_digits) && second.is_some_and(|c| c.is_ascii_digit()))
}

/// Whether the code of another country stands before: `+44 (410) 555-0100`.
fn is_foreign(before: &str) -> bool {
    let code =
        before.trim_end_matches(|c: char| is_space(c) || is_dash(c) || matches!(c, '(' | ')'));
    let plus = code.trim_end_matches(|c: char| c.is_ascii_digit());
    plus.ends_with('+')
        && (1..=3).contains(&(code.len() - plus.len()))
        && &code[plus.len()..] != "1"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_shape() {
        let language = crate::language::of("en").expect("a table");
        let check = |text: &str, expected: &[(&str, &str)]| {
            let found: Vec<_> = numbers(language, text).collect();
            let found: Vec<_> = found
                .iter()
                .map(|found| (&text[found.range.clone()], found.href.as_str()))
                .collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "(1-800-232-4636)",
            &[("1-800-232-4636", "tel:+18002324636")],
        );
        check(
            "((410) 555-0100)",
            &[("(410) 555-0100", "tel:+14105550100")],
        );
        check("1(800)232-4636", &[("1(800)232-4636", "tel:+18002324636")]);
        check(
            "+14045550100 1.800.555.0100",
            &[
                ("+14045550100", "tel:+14045550100"),
                ("1.800.555.0100", "tel:+18005550100"),
            ],
        );
        check(
            "410\u{2212}555\u{2010}0100 24",
            &[("410\u{2212}555\u{2010}0100", "tel:+14105550100")],
        );
        check(
            "410-555-0100x5",
            &[("410-555-0100x5", "tel:+14105550100;ext=5")],
        );
        check(
            "410-555-0100, ext. 12.",
            &[("410-555-0100, ext. 12", "tel:+14105550100;ext=12")],
        );
        check(
            "410-555-0100, option 2",
            &[("410-555-0100", "tel:+14105550100")],
        );
        check(
            "410-555-0100 or 410-555-0101",
            &[
                ("410-555-0100", "tel:+14105550100"),
                ("410-555-0101", "tel:+14105550101"),
            ],
        );
        check(
            "9-1-1, 911. 988",
            &[("9-1-1", "tel:911"), ("911", "tel:911"), ("988", "tel:988")],
        );
        check("18005550100", &[("18005550100", "tel:+18005550100")]);
        check("4105550100 14105550100 118005550100", &[]);
        check(
            "410/555/0100 410-555-0100-1 410.555.0100.1 410. 555. 0100 x410-555-0100",
            &[],
        );
        check(
            "+44 410-555-0100 +44 (410) 555-0100 +4105550100 110-555-0100 410-155-0100",
            &[],
        );
        check(
            "410-    555-0100 (410 555-0100",
            &[("410 555-0100", "tel:+14105550100")],
        );
    }
}
