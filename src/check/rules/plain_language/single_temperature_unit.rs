//! A temperature in one unit where the site asks for two.

use std::ops::Range;

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::config::Temperatures;
use crate::diagnostic::{Diagnostic, RuleId};
use crate::language::Language;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::SingleTemperatureUnit,
    summary: "A temperature is given in one unit, and the site asks for both.",
    why: "People who grew up with the other scale cannot tell a fever from a summer day. With `reading: {temperatures: \
        both}` in `site.yaml`, each temperature is given in °F and °C.",
    bad: "Call us if you have a fever over 101 °F.",
    good: "Call us if you have a fever over 101 °F (38.3 °C).",
    looks: &[Look::Document(run)],
};

/// The signs that stand for degrees, two of them by mistake.
const SIGNS: [char; 3] = ['\u{b0}', '\u{ba}', '\u{2da}'];

const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

const HYPHENS: [char; 4] = ['-', '\u{2010}', '\u{2013}', '\u{2014}'];

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    if context.settings.reading.temperatures != Temperatures::Both {
        return;
    }
    for block in context.prose.blocks.iter().filter(|block| !block.is_quoted) {
        let reader = Reader {
            text: &block.text,
            language: context.language,
        };
        let all = reader.temperatures();
        for (at, here) in all.iter().enumerate().filter(|(_, here)| here.has_degrees) {
            let before = at.checked_sub(1).and_then(|before| all.get(before));
            let is_given = before
                .into_iter()
                .chain(all.get(at + 1))
                .any(|other| here.is_given_by(other, &block.text));
            if !is_given {
                let message = "this temperature is given in one unit only";
                let help = format!("write both: {}", here.both(&block.text));
                found.push(
                    context
                        .finding(RULE.id, block.span(here.range.clone()), message)
                        .help(help),
                );
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Fahrenheit,
    Celsius,
}

/// A temperature, or a range of temperatures on one scale.
#[derive(Debug)]
struct Temperature<'t> {
    range: Range<usize>,
    degrees: Vec<f64>,
    /// What stands between its numbers.
    joint: &'t str,
    scale: Scale,
    /// Whether it says that it counts degrees; `38 C` beside one that does is its other half, and
    /// nothing alone.
    has_degrees: bool,
}

/// A number with its sign.
struct Number {
    range: Range<usize>,
    value: f64,
}

/// What reads temperatures in a text.
struct Reader<'t> {
    text: &'t str,
    language: Option<&'static Language>,
}

impl<'t> Reader<'t> {
    /// The temperatures of the text: `97 °F to 99 °F` is one.
    fn temperatures(&self) -> Vec<Temperature<'t>> {
        let mut all: Vec<Temperature<'t>> = Vec::new();
        for next in self.runs().filter_map(|run| self.temperature(run)) {
            match all.last_mut() {
                Some(last) if self.is_continued(last, &next) => {
                    last.joint = &self.text[last.range.end..next.range.start];
                    last.range.end = next.range.end;
                    last.degrees.extend(next.degrees);
                }
                _ => all.push(next),
            }
        }
        all
    }

    /// Whether the second temperature is the end of a range that begins with the first.
    fn is_continued(&self, first: &Temperature<'_>, second: &Temperature<'_>) -> bool {
        let is_single = first.degrees.len() == 1 && second.degrees.len() == 1;
        let joint = self.text.get(first.range.end..second.range.start);
        is_single && first.scale == second.scale && joint.is_some_and(|joint| self.is_joint(joint))
    }

    /// The runs of letters, each of which may be a unit.
    fn runs(&self) -> impl Iterator<Item = Range<usize>> + use<'t> {
        let text = self.text;
        let runs = text
            .split(|c: char| !c.is_alphabetic() || SIGNS.contains(&c))
            .filter(|run| !run.is_empty());
        runs.map(move |run| {
            let start = run.as_ptr() as usize - text.as_ptr() as usize;
            start..start + run.len()
        })
    }

    /// The temperature whose unit stands in a range.
    fn temperature(&self, unit: Range<usize>) -> Option<Temperature<'t>> {
        let scale = self.scale(&self.text[unit.clone()])?;
        if self.text[unit.end..].starts_with(char::is_alphanumeric) {
            return None;
        }
        let before = self.text[..unit.start].trim_end_matches(SPACES);
        let bare = self.without_degrees(before);
        let last = number(bare)?;
        let range = |start| start..unit.end;
        let has_degrees = bare.len() < before.len();
        let Some((joint, first)) = self.range_start(&bare[..last.range.start]) else {
            return Some(Temperature {
                range: range(last.range.start),
                degrees: vec![last.value],
                joint: "",
                scale,
                has_degrees,
            });
        };
        let (joint, degrees) = (
            &self.text[joint.start..last.range.start],
            vec![first.value, last.value],
        );
        Some(Temperature {
            range: range(first.range.start),
            degrees,
            joint,
            scale,
            has_degrees,
        })
    }

    fn scale(&self, unit: &str) -> Option<Scale> {
        let names = |word: fn(&Language) -> &'static str| {
            self.language
                .is_some_and(|language| unit.eq_ignore_ascii_case(word(language)))
        };
        match unit {
            "F" => Some(Scale::Fahrenheit),
            "C" => Some(Scale::Celsius),
            _ if names(|language| language.fahrenheit) => Some(Scale::Fahrenheit),
            _ if names(|language| language.celsius) => Some(Scale::Celsius),
            _ => None,
        }
    }

    /// A text without the sign of degrees at its end, or the word for it.
    fn without_degrees<'s>(&self, text: &'s str) -> &'s str {
        let words = self
            .language
            .map_or(&[][..], |language| language.degree_words);
        let bare = |word: &&str| {
            let (rest, last) = text.split_at_checked(text.len().checked_sub(word.len())?)?;
            last.eq_ignore_ascii_case(word).then_some(rest)
        };
        words
            .iter()
            .find_map(bare)
            .or_else(|| text.strip_suffix(SIGNS))
            .unwrap_or(text)
    }

    /// The number that begins a range, before the number that ends it, and the place where it ends.
    fn range_start(&self, before: &str) -> Option<(Range<usize>, Number)> {
        let text = before.trim_end_matches(SPACES);
        let words = self
            .language
            .map_or(&[][..], |language| language.range_words);
        let word = words
            .iter()
            .find_map(|word| text.strip_suffix(word))
            .filter(|rest| rest.ends_with(SPACES));
        let rest = text
            .strip_suffix(HYPHENS)
            .or(word)?
            .trim_end_matches(SPACES);
        let bare = self.without_degrees(rest);
        number(bare).map(|number| (number.range.end..before.len(), number))
    }

    /// Whether a text between two temperatures makes a range of them.
    fn is_joint(&self, text: &str) -> bool {
        let text = text.trim_matches(SPACES);
        let words = self
            .language
            .map_or(&[][..], |language| language.range_words);
        words.contains(&text) || text.strip_prefix(HYPHENS).is_some_and(str::is_empty)
    }
}

/// The number at the end of a text, perhaps before spaces: `101`, `38.3`, `1,000`, `-4`.
fn number(text: &str) -> Option<Number> {
    let text = text.trim_end_matches(SPACES);
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let digits = text[text.trim_end_matches(is_part).len()..].trim_start_matches(['.', ',']);
    let value = value(digits)?;
    let start = text.len() - digits.len();
    let minus = ['-', '\u{2212}']
        .iter()
        .find_map(|minus| text[..start].strip_suffix(*minus));
    match minus.filter(|before| !is_word_before(before)) {
        Some(before) => Some(Number {
            range: before.len()..text.len(),
            value: -value,
        }),
        None => Some(Number {
            range: start..text.len(),
            value,
        }),
    }
}

/// `1,000` is a thousand, and `38,5` is what most of the world writes for 38.5.
fn value(digits: &str) -> Option<f64> {
    let is_decimal = digits
        .rsplit_once(',')
        .is_some_and(|(_, last)| last.split('.').next().map(str::len) != Some(3));
    digits
        .replace(',', if is_decimal { "." } else { "" })
        .parse()
        .ok()
}

/// Whether a hyphen after a text joins words or numbers, and is no minus.
fn is_word_before(text: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || SIGNS.contains(&c);
    text.ends_with(char::is_alphanumeric) || text.trim_end_matches(SPACES).ends_with(is_number)
}

impl Temperature<'_> {
    /// Whether the other one says the same on the other scale: only a few signs, such as a bracket,
    /// stand between.
    fn is_given_by(&self, other: &Self, text: &str) -> bool {
        let (first, second) = if self.range.start < other.range.start {
            (self, other)
        } else {
            (other, self)
        };
        let between = text
            .get(first.range.end..second.range.start)
            .unwrap_or_default();
        let is_near = between.chars().filter(|c| c.is_alphanumeric()).count() <= 5;
        is_near && self.scale != other.scale && other.degrees.len() >= self.degrees.len()
    }

    fn both(&self, text: &str) -> String {
        let written = &text[self.range.clone()];
        let convert = |degrees: &f64| match self.scale {
            Scale::Fahrenheit => format!("{:.1}", (degrees - 32.0) / 1.8),
            Scale::Celsius => format!("{:.1}", degrees * 1.8 + 32.0),
        };
        let other = self
            .degrees
            .iter()
            .map(convert)
            .collect::<Vec<_>>()
            .join(self.joint);
        match self.scale {
            Scale::Fahrenheit => format!("{written} ({other} \u{b0}C)"),
            Scale::Celsius => format!("{other} \u{b0}F ({written})"),
        }
    }
}
