//! Edits that fix a finding, and how they are put into a text.
//!
//! Owns what an edit is and the order in which edits apply. Whether a fix is applied is for those
//! who ask: nothing here reads or writes a file, and no edit ever cuts a character in two.

use super::Diagnostic;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// Whether a fix may be applied without a person who looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Safety {
    /// It keeps the meaning: `--fix` applies it.
    Safe,
    /// A person should look first: it is only offered.
    Suggested,
}

/// The replacement of some bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes that go.
    pub span: Span,
    /// The text that comes.
    pub text: String,
}

/// Edits of the file that a finding points into, which together fix it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, as an order: "put it in quotes".
    pub label: String,
    /// The edits.
    pub edits: Vec<Edit>,
    /// Whether it may be applied without asking.
    pub safety: Safety,
}

impl Fix {
    /// A safe fix of one replacement.
    #[must_use]
    pub fn safe(label: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
            safety: Safety::Safe,
        }
    }

    /// A fix of one replacement that a person should look at.
    #[must_use]
    pub fn suggested(label: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Self {
            safety: Safety::Suggested,
            ..Self::safe(label, span, text)
        }
    }
}

/// A text with fixes put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// How many fixes were put in.
    pub count: usize,
}

/// Puts the safe fixes of findings into the text that they point into.
///
/// Fixes go in by their place. One that touches an earlier one, or that does not stand on character
/// boundaries within the text, is left out; it is found again in the new text.
#[must_use]
pub fn apply<'f>(text: &str, findings: impl IntoIterator<Item = &'f Diagnostic>) -> Fixed {
    let safe = findings
        .into_iter()
        .filter_map(|found| found.fix.as_ref())
        .filter(|fix| fix.safety == Safety::Safe);
    let mut fixes: Vec<Vec<&Edit>> = safe
        .map(|fix| sorted(&fix.edits))
        .filter(|edits| are_sound(edits, text))
        .collect();
    fixes.sort();
    fixes.dedup();
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut count = 0;
    for fix in fixes {
        if fix
            .iter()
            .all(|edit| chosen.iter().all(|other| are_apart(edit.span, other.span)))
        {
            chosen.extend(fix);
            count += 1;
        }
    }
    chosen.sort();
    Fixed {
        text: replaced(text, &chosen),
        count,
    }
}

fn sorted(edits: &[Edit]) -> Vec<&Edit> {
    let mut edits: Vec<_> = edits.iter().collect();
    edits.sort();
    edits
}

fn are_sound(edits: &[&Edit], text: &str) -> bool {
    let within = edits
        .iter()
        .all(|edit| text.get(edit.span.start..edit.span.end).is_some());
    within
        && edits
            .windows(2)
            .all(|pair| are_apart(pair[0].span, pair[1].span))
}

/// Whether two spans neither overlap nor touch: two insertions at one place have no order.
fn are_apart(a: Span, b: Span) -> bool {
    a.end < b.start || b.end < a.start
}

fn replaced(text: &str, edits: &[&Edit]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        new.push_str(&text[at..edit.span.start]);
        new.push_str(&edit.text);
        at = edit.span.end;
    }
    new.push_str(&text[at..]);
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, RuleId};
    use crate::source::SourcePath;

    fn finding(fix: Fix) -> Diagnostic {
        let place = Place::file(&SourcePath::new("a.md"));
        Diagnostic::new(RuleId::BadValue, place, "x").fix(fix)
    }

    #[test]
    fn fixes_go_in_by_place_and_never_over_each_other() {
        let check = |edits: &[(usize, usize, &str)], expected: &str, count: usize| {
            let fix = |(start, end, text): &(usize, usize, &str)| {
                Fix::safe("x", Span::new(*start, *end), *text)
            };
            let findings: Vec<_> = edits.iter().map(|edit| finding(fix(edit))).collect();
            assert_eq!(
                apply("zip: é 02139", &findings),
                Fixed {
                    text: expected.to_owned(),
                    count
                },
                "{edits:?}"
            );
        };
        check(&[], "zip: é 02139", 0);
        check(&[(8, 13, "\"02139\"")], "zip: é \"02139\"", 1);
        check(&[(8, 13, "x"), (0, 3, "Zip")], "Zip: é x", 2);
        check(&[(8, 13, "x"), (8, 13, "x")], "zip: é x", 1);
        check(&[(8, 13, "x"), (9, 10, "y")], "zip: é x", 1);
        check(&[(6, 7, "x")], "zip: é 02139", 0);
        check(&[(8, 99, "x")], "zip: é 02139", 0);
    }

    #[test]
    fn what_a_person_should_look_at_is_not_applied() {
        let found = finding(Fix::suggested("x", Span::new(0, 3), "code"));
        assert_eq!(
            apply("zip", [&found]),
            Fixed {
                text: "zip".to_owned(),
                count: 0
            }
        );
    }
}
