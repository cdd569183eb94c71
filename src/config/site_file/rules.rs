//! What `site.yaml` asks of the rules: their levels, how easy pages must be to read, how much they
//! may weigh.

use super::number_within;
use crate::config::{Budgets, Kind, Limits, Reading, Settings, Temperatures};
use crate::diagnostic::{Level, RuleId};
use crate::schema::{Fields, did_you_mean};

pub(super) fn reading(fields: Fields<'_>) -> Reading {
    let mut reading = Reading::default();
    if let Some(grades) = fields.group("grades") {
        for kind in Kind::ALL {
            if let Some(grade) = number_within(
                &grades,
                kind.name(),
                1.0..=18.0,
                "a school grade from 1 to 18",
            ) {
                reading.grades.insert(kind, grade);
            }
        }
        grades.finish();
    }
    if let Some(word) = fields.word("temperatures", "the word any, or both") {
        match word.value.as_str() {
            "any" => {}
            "both" => reading.temperatures = Temperatures::Both,
            _ => {
                let message = format!("`{}` is not known: {:?}", word.at, word.value);
                fields.report(
                    RuleId::BadValue,
                    &word.at,
                    message,
                    "write any, or both (°F and °C)",
                );
            }
        }
    }
    reading.familiar = fields
        .texts("familiar")
        .into_iter()
        .map(|word| word.value)
        .collect();
    fields.finish();
    reading
}

pub(super) fn limits(fields: Fields<'_>) -> Limits {
    let default = Limits::default();
    let words = number_within(&fields, "page_words", 1.0..=1e6, "a number of words");
    let bytes = number_within(&fields, "image_bytes", 1.0..=1e12, "a number of bytes");
    let entries = number_within(
        &fields,
        "list_entries",
        10.0..=10_000.0,
        "a number of entries from 10 to 10,000",
    );
    fields.finish();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the ranges are checked above"
    )]
    let whole = |number: f64| number.round() as usize;
    Limits {
        page_words: words.map_or(default.page_words, whole),
        image_bytes: bytes.map_or(default.image_bytes, whole),
        list_entries: entries.map_or(default.list_entries, whole),
    }
}

pub(super) fn budgets(fields: Fields<'_>) -> Budgets {
    let default = Budgets::default();
    let html_and_css = bytes(&fields, "html_and_css").unwrap_or(default.html_and_css);
    let javascript = bytes(&fields, "javascript").unwrap_or(default.javascript);
    fields.finish();
    Budgets {
        html_and_css,
        javascript,
    }
}

/// A number of bytes: `15 kB`, `15000`.
fn bytes(fields: &Fields<'_>, key: &'static str) -> Option<usize> {
    const WANTED: &str = "a size such as 15 kB";
    let word = fields.word(key, WANTED)?;
    let text = word.value.trim();
    let unit = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let factor = match text[unit..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => Some(1.0),
        "kb" => Some(1000.0),
        "mb" => Some(1_000_000.0),
        _ => None,
    };
    let size = text[..unit]
        .parse::<f64>()
        .ok()
        .zip(factor)
        .map(|(number, factor)| number * factor);
    let Some(size) = size.filter(|size| (0.0..=1e9).contains(size)) else {
        let message = format!("`{}` is no size: {:?}", word.at, word.value);
        fields.report(
            RuleId::BadValue,
            &word.at,
            message,
            format!("write {WANTED}"),
        );
        return None;
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the range is checked above"
    )]
    Some(size.round() as usize)
}

pub(super) fn levels(fields: &Fields<'_>, settings: &mut Settings) {
    for (name, word) in fields.entries() {
        let at = fields.path().key(&name);
        let Some(rule) = RuleId::named(&name) else {
            let help = match did_you_mean(&name, RuleId::ALL.iter().map(|rule| rule.name())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`pamphlet explain` lists the rules".to_owned(),
            };
            fields.report_key(
                RuleId::UnknownKey,
                &name,
                format!("there is no rule `{name}`"),
                help,
            );
            continue;
        };
        let Some(word) = word else { continue };
        match Level::named(&word.value) {
            Some(level) => settings.levels.insert(rule, level),
            None => {
                let message = format!("`{at}` is no level: {:?}", word.value);
                fields.report(
                    RuleId::BadValue,
                    &at,
                    message,
                    "write error, warn, note or \"off\"",
                );
            }
        }
    }
}
