//! What fields are made of: values with the place that they came from, and the forms that texts
//! must have.

use crate::yaml::{Value, YamlPath};
use serde::{Deserialize, Serialize};

/// A value and the way to it in its YAML text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: YamlPath,
}

/// What people call a value of this type.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "a group of keys",
        Value::Tagged(_) => "a tagged value",
    }
}

/// A US ZIP code: five digits, or ZIP+4.
pub(super) fn is_zip(text: &str) -> bool {
    let digits = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    match text.split_once('-') {
        Some((zip, four)) => digits(zip, 5) && digits(four, 4),
        None => digits(text, 5),
    }
}

/// The `tel:` address of a phone number as people write it: ten digits are a North American number.
///
/// Gives nothing for a text without 3 to 15 digits, or with anything but digits, spaces and `+ - .
/// ( ) /`. An extension after `x`, `ext.` or `extension` becomes `;ext=` (RFC 3966).
#[must_use]
pub fn phone_href(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let (number, extension) = match lower.find(|c: char| c.is_ascii_lowercase()) {
        Some(at) => {
            let word = ["extension", "ext.", "ext", "x"]
                .into_iter()
                .find(|word| lower[at..].starts_with(word))?;
            (
                lower[..at].trim_end_matches([' ', ',']),
                Some(&lower[at + word.len()..]),
            )
        }
        None => (lower.as_str(), None),
    };
    let allowed = |c: char| c.is_ascii_digit() || " +-.()/\u{a0}\u{2011}".contains(c);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    if !number.chars().all(allowed) || !(3..=15).contains(&digits.len()) {
        return None;
    }
    let international = number.trim_start().starts_with('+');
    let number = match digits.len() {
        _ if international => format!("+{digits}"),
        10 => format!("+1{digits}"),
        11 if digits.starts_with('1') => format!("+{digits}"),
        _ => digits,
    };
    match extension.map(str::trim) {
        None => Some(format!("tel:{number}")),
        Some(extension)
            if !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            Some(format!("tel:{number};ext={extension}"))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_become_links() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(phone_href(text).as_deref(), expected, "{text}");
        };
        check("410-554-2000", Some("tel:+14105542000"));
        check("(410) 554-2000", Some("tel:+14105542000"));
        check("+44 20 7946 0000", Some("tel:+442079460000"));
        check("1-800-555-0100 ext. 12", Some("tel:+18005550100;ext=12"));
        check("410-555-0100, extension 2", Some("tel:+14105550100;ext=2"));
        check("410-555-0100, Ext 2", Some("tel:+14105550100;ext=2"));
        check("410-555-0100x22", Some("tel:+14105550100;ext=22"));
        check("410-555-0100 text", None);
        check("410-555-0100 ext. ", None);
        check("911", Some("tel:911"));
        check("call us", None);
        check("12", None);
    }

    #[test]
    fn zips_have_five_digits() {
        let check = |text: &str, expected: bool| assert_eq!(is_zip(text), expected, "{text}");
        check("02139", true);
        check("21218-1234", true);
        check("2139", false);
        check("2121a", false);
    }
}
