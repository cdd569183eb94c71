//! A temperature in one unit where the site asks for two.

use std::ops::Range;

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::config::Temperatures;
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::SingleTemperatureUnit,
    summary: "A temperature is given in one unit, and the site asks for both.",
    why: "People who grew up with the other scale cannot tell a fever from a summer day. With `reading: {temperatures: \
        both}` in `site.yaml`, each temperature is given in °F and °C.",
    bad: "Call us if you have a fever over 101 °F.",
    good: "Call us if you have a fever over 101 °F (38.3 °C).",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    if manuscript.settings.reading.temperatures != Temperatures::Both {
        return;
    }
    for block in manuscript.prose.blocks.iter().filter(|block| !block.is_quoted) {
        let all: Vec<Temperature> = temperatures(&block.text).collect();
        for found_here in &all {
            let is_other = |other: &&Temperature| other.scale != found_here.scale;
            let is_given = all.iter().filter(is_other).any(|other| found_here.is_beside(other, &block.text));
            if !is_given {
                let message = "this temperature is given in one unit only";
                let help = format!("write both: {}", found_here.both(&block.text));
                let span = block.span(found_here.range.clone());
                found.push(manuscript.finding(RULE.id, span, message).help(help));
            }
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scale {
    Fahrenheit,
    Celsius,
}

struct Temperature {
    range: Range<usize>,
    degrees: f64,
    scale: Scale,
}

/// `101 °F`, `38.3°C`: a number, a degree sign, a unit.
fn temperatures(text: &str) -> impl Iterator<Item = Temperature> {
    text.match_indices(['\u{b0}', '\u{ba}']).filter_map(|(sign, mark)| {
        let after = text[sign + mark.len()..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let scale = match after.chars().next()? {
            'F' => Scale::Fahrenheit,
            'C' => Scale::Celsius,
            _ => return None,
        };
        let end = text.len() - after.len() + 1;
        let is_whole = !after[1..].starts_with(char::is_alphanumeric);
        let before = text[..sign].trim_end_matches([' ', '\u{a0}', '\u{202f}']);
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let degrees = before[start..].parse().ok()?;
        is_whole.then_some(Temperature { range: start..end, degrees, scale })
    })
}

impl Temperature {
    /// Whether only a few signs, such as a bracket, stand between the two.
    fn is_beside(&self, other: &Self, text: &str) -> bool {
        let (first, second) = if self.range.start < other.range.start { (self, other) } else { (other, self) };
        let between = text.get(first.range.end..second.range.start).unwrap_or_default();
        between.chars().filter(|c| c.is_alphanumeric()).count() <= 5
    }

    fn both(&self, text: &str) -> String {
        let written = &text[self.range.clone()];
        match self.scale {
            Scale::Fahrenheit => format!("{written} ({:.1} \u{b0}C)", (self.degrees - 32.0) / 1.8),
            Scale::Celsius => format!("{:.1} \u{b0}F ({written})", self.degrees * 1.8 + 32.0),
        }
    }
}
