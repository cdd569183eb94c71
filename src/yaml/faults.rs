//! Why a text is not YAML, in an editor's words.
//!
//! The parser says where it stumbled, and that is often a line or more after the fault, in words
//! for whoever writes parsers. Each function here knows one fault that people make and looks for it
//! around that place; where none is known, the parser's own words stand.

use super::spans;
use crate::source::Span;

/// Why a text is not YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YamlFault {
    /// What is wrong, in a few words.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to do, where that is known.
    pub help: Option<String>,
    /// What to write in the place of a part of the text.
    pub edit: Option<(Span, String)>,
    /// Where the first of two equal keys stands.
    pub first: Option<Span>,
}

impl YamlFault {
    fn new(message: impl Into<String>, span: Span, help: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            span,
            help: Some(help.into()),
            edit: None,
            first: None,
        }
    }
}

pub(super) fn control_character(text: &str, at: usize) -> YamlFault {
    let found = text[at..].chars().next().map_or(0, u32::from);
    let message = format!("a control character (U+{found:04X}) stands in the YAML");
    YamlFault::new(
        message,
        Span::new(at, at + 1).within(text),
        "delete it; it may have come with a copied text",
    )
}

pub(super) fn explain(text: &str, error: &serde_yaml::Error) -> YamlFault {
    if let Some(fault) = duplicate_key(text) {
        return fault;
    }
    let at = error
        .location()
        .map_or(0, |place| byte_offset(text, place.line(), place.column()));
    let context = SyntaxErrorContext {
        text,
        at,
        message: error.to_string(),
    };
    let known = [
        tab,
        second_document,
        unclosed_quote,
        after_the_quote,
        leading_sign,
        glued_colon,
        unclosed_bracket,
        odd_indentation,
        colon_in_text,
        no_colon,
        item_among_keys,
        unknown_escape,
    ];
    known
        .iter()
        .find_map(|known| known(&context))
        .unwrap_or_else(|| context.in_the_parsers_words())
}

fn duplicate_key(text: &str) -> Option<YamlFault> {
    let twice = spans::duplicate_key(text)?;
    let key = text
        .get(twice.second.start..twice.second.end)
        .unwrap_or_default();
    let fault = YamlFault::new(
        format!("the key `{key}` is written twice"),
        twice.second,
        "keep one of the two",
    );
    Some(YamlFault {
        first: Some(twice.first),
        ..fault
    })
}

/// Where the parser gave up, and what it says.
struct SyntaxErrorContext<'t> {
    text: &'t str,
    at: usize,
    message: String,
}

impl<'t> SyntaxErrorContext<'t> {
    fn says(&self, words: &str) -> bool {
        self.message.contains(words)
    }

    /// The place that the parser names after some words: `while scanning a quoted scalar at line 2
    /// column 8`.
    fn place_after(&self, words: &str) -> Option<usize> {
        let (_, place) = self.message.split_once(words)?;
        let mut numbers = place.strip_prefix(" at line ")?.split(" column ");
        let line = numbers.next()?.parse().ok()?;
        let column: String = numbers
            .next()?
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        Some(byte_offset(self.text, line, column.parse().ok()?))
    }

    /// The line that a place is in.
    fn line_at(&self, at: usize) -> Line<'t> {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |length| at + length);
        Line {
            text: self.text[start..end].trim_end(),
            start,
        }
    }

    /// The line where the parser gave up, and those before it that are not blank, nearest first.
    fn lines_up(&self) -> impl Iterator<Item = Line<'t>> + '_ {
        let mut next = Some(self.at.min(self.text.len()));
        let lines = std::iter::from_fn(move || {
            let line = self.line_at(next?);
            next = line.start.checked_sub(1);
            Some(line)
        });
        lines.filter(|line| !line.text.trim().is_empty())
    }

    fn in_the_parsers_words(&self) -> YamlFault {
        let words = self
            .message
            .split(" at line ")
            .next()
            .unwrap_or(&self.message);
        let end = self.line_at(self.at).end().max(self.at);
        let span = Span::new(self.at, end).within(self.text);
        let help =
            "put texts in double quotes that have a colon, a quote or another sign of YAML in them";
        YamlFault::new(words.strip_prefix(": ").unwrap_or(words), span, help)
    }
}

/// One line of a text, without the white space at its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Line<'t> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// What follows the indentation and the hyphens of list items.
    fn entry(&self) -> &'t str {
        let mut rest = self.text.trim_start();
        while let Some(item) = rest.strip_prefix("- ") {
            rest = item.trim_start();
        }
        rest
    }

    /// The name before the first colon, and what follows the colon.
    fn key(&self) -> Option<(&'t str, &'t str)> {
        let (key, rest) = self.entry().split_once(':')?;
        let is_name = !key.is_empty()
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        is_name.then_some((key, rest))
    }

    /// The value of a field or of a list item, as it is written on this line.
    fn value(&self) -> &'t str {
        let field = self
            .key()
            .map(|(_, rest)| rest)
            .filter(|rest| rest.is_empty() || rest.starts_with(' '));
        field.unwrap_or_else(|| self.entry()).trim()
    }

    /// Where a piece of this line stands in the whole text.
    fn place(&self, piece: &str) -> Span {
        let start = self.end()
            - self
                .text
                .rfind(piece)
                .map_or(self.text.len(), |at| self.text.len() - at);
        Span::new(start, start + piece.len())
    }

    /// The whole value in double quotes, with the words that offer it.
    fn in_quotes(&self) -> (String, Option<(Span, String)>) {
        let value = self.value();
        if value.contains(['"', '\\']) {
            return (
                "put the whole text in single quotes, and double each single quote in it"
                    .to_owned(),
                None,
            );
        }
        let quoted = format!("\"{value}\"");
        (
            format!("put the whole text in quotes: {quoted}"),
            Some((self.place(value), quoted)),
        )
    }
}

/// A tab among the spaces that begin a line is the commonest fault of all.
fn tab(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let is_indent = |c: char| c == ' ' || c == '\t';
    let tab = context.lines_up().take(2).find_map(|line| {
        let indent = line.text.len() - line.text.trim_start_matches(is_indent).len();
        line.text[..indent].find('\t').map(|at| line.start + at)
    })?;
    let span = Span::new(tab, tab + 1);
    Some(YamlFault::new(
        "a tab stands in the indentation",
        span,
        "indent with spaces: YAML allows no tabs there",
    ))
}

fn second_document(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    if !context.says("more than one document") {
        return None;
    }
    let (at, _) = context.text.match_indices("\n---").last()?;
    let span = Span::new(at + 1, at + 4);
    Some(YamlFault::new(
        "a line of hyphens begins a second text of YAML",
        span,
        "delete it: a file holds one",
    ))
}

fn unclosed_quote(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let of_the_parser = || {
        context
            .place_after("while scanning a quoted scalar")
            .filter(|_| context.says("end of stream"))
    };
    let start = of_the_parser().or_else(|| swallowed_quote(context))?;
    // What the parser took for the text may go on for pages; the fault is in the line where it
    // begins.
    let span = Span::new(start, context.line_at(start).end().max(start));
    let quote = context.text[start..].chars().next()?;
    Some(YamlFault::new(
        "a quote begins here and never ends",
        span,
        format!("close it with {quote}"),
    ))
}

/// An unclosed quote that ends where the next one begins: `title: "A` before `summary: "B"`.
fn swallowed_quote(context: &SyntaxErrorContext<'_>) -> Option<usize> {
    let quote = context.text[..context.at]
        .chars()
        .next_back()
        .filter(|c| ['"', '\''].contains(c))?;
    let is_alone = |line: &Line<'_>| {
        line.value().starts_with(quote) && line.value().matches(quote).count() == 1
    };
    // Whatever stands between the two was taken for one text.
    let between = context
        .lines_up()
        .skip(1)
        .take_while(|line| is_alone(line) || !line.text.contains(quote));
    between
        .filter(is_alone)
        .last()
        .map(|line| line.place(line.value()).start)
}

fn after_the_quote(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let line = context.line_at(context.at);
    let value = line.value();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let before = context.text[line.start..context.at].trim_end();
    let follows = before.ends_with(quote) && context.at > line.place(value).start + 1;
    let span = Span::new(context.at, line.end().max(context.at));
    let help = "put the whole text in one pair of quotes: single ones around double ones";
    follows.then(|| YamlFault::new("text follows the quote that closes the value", span, help))
}

fn leading_sign(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let line = context.line_at(context.at);
    let value = line.value();
    let sign = value.chars().next().filter(|c| "@`%*&!".contains(*c))?;
    let start = line.place(value).start;
    if line.place(value).end < context.at {
        return None;
    }
    let (help, edit) = line.in_quotes();
    let fault = YamlFault::new(
        format!("a text without quotes cannot begin with {sign}"),
        Span::new(start, start + 1),
        help,
    );
    Some(YamlFault { edit, ..fault })
}

/// `title:A`: the whole is one word to YAML, and the parser stumbles over the next line.
fn glued_colon(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let mut lines = context.lines_up().take(2);
    let (line, key) = lines.find_map(|line| {
        let (key, rest) = line.key()?;
        (rest.starts_with(|c: char| !c.is_whitespace()) && !rest.starts_with("//"))
            .then_some((line, key))
    })?;
    let start = line.end() - line.entry().len();
    let colon = start + key.len();
    let fault = YamlFault::new(
        "no space follows the colon",
        Span::new(start, colon + 1),
        format!("write `{key}: ` with a space before the value"),
    );
    Some(YamlFault {
        edit: Some((Span::new(colon + 1, colon + 1), " ".to_owned())),
        ..fault
    })
}

fn unclosed_bracket(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let list = context
        .place_after("while parsing a flow sequence")
        .map(|at| (at, ']'));
    let (start, close) =
        list.or_else(|| Some((context.place_after("while parsing a flow mapping")?, '}')))?;
    let line = context.line_at(start);
    let end = line.end().max(start);
    let is_open = !context.text[start..end].contains(close);
    let span = Span::new(start, end);
    is_open.then(|| {
        YamlFault::new(
            "a bracket opens here and is not closed",
            span,
            format!("close it with {close}"),
        )
    })
}

/// A line that begins neither where the fields above begin nor where a group below one of them may
/// begin.
fn odd_indentation(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let mut lines = context.lines_up();
    let line = lines.next().filter(|line| line.key().is_some())?;
    let above = lines.next().filter(|above| above.key().is_some())?;
    let has_value = !above.value().is_empty() && !above.value().starts_with(['|', '>']);
    let is_deeper =
        line.indent() > above.indent() && has_value && !above.text.trim_start().starts_with("- ");
    let span = line.place(line.entry());
    if is_deeper {
        let help = "begin it in the column of the line above, or put the text above in quotes";
        return Some(YamlFault::new(
            "this line is indented further than the field above it",
            span,
            help,
        ));
    }
    let is_known =
        line.indent() >= above.indent() || lines.any(|above| above.indent() == line.indent());
    let help = "begin it in the column of the fields that it belongs to";
    (!is_known).then(|| {
        YamlFault::new(
            "this line begins in the column of no field above it",
            span,
            help,
        )
    })
}

fn colon_in_text(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let line = context.line_at(context.at);
    let value = line.value();
    let within = line.place(value);
    let is_plain = !value.starts_with(['"', '\'', '[', '{']);
    let is_colon = context.text[context.at..].starts_with(':')
        && context.at > within.start
        && context.at < within.end;
    if !is_plain || !is_colon {
        return None;
    }
    let (help, edit) = line.in_quotes();
    let span = Span::new(context.at, context.at + 1);
    Some(YamlFault {
        edit,
        ..YamlFault::new("a colon stands in a text without quotes", span, help)
    })
}

fn no_colon(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let at = context.place_after("while scanning a simple key")?;
    let line = context.line_at(at);
    let span = Span::new(at, line.end().max(at));
    let is_bare = context.says("expected ':'") && !context.text[span.start..span.end].contains(':');
    let help = "write `key: value`, or indent the line if it belongs to the text above";
    is_bare.then(|| YamlFault::new("this line has no colon", span, help))
}

fn item_among_keys(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    let line = context.line_at(context.at);
    let item = line.text.trim_start();
    let is_item = item.starts_with("- ") && line.place(item).start == context.at;
    let help = "put it below a field that takes a list, or write `key: value`";
    is_item.then(|| {
        YamlFault::new(
            "an item of a list stands among fields",
            line.place(item),
            help,
        )
    })
}

fn unknown_escape(context: &SyntaxErrorContext<'_>) -> Option<YamlFault> {
    if !context.says("unknown escape") {
        return None;
    }
    let is_there = context.text[context.at..].starts_with('\\');
    let backslash = if is_there {
        context.at
    } else {
        context.text[..context.at].rfind('\\')?
    };
    let span = Span::new(backslash, backslash + 2).within(context.text);
    let help = "write two backslashes for one, or put the text in single quotes";
    Some(YamlFault::new(
        "a backslash in double quotes begins a sign that YAML does not know",
        span,
        help,
    ))
}

/// The byte offset of a line and column, both from 1 and the column in characters.
fn byte_offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = &text[start..];
    let column = rest
        .char_indices()
        .nth(column.saturating_sub(1))
        .map_or(rest.len(), |(at, _)| at);
    start + column
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    #[test]
    #[expect(clippy::too_many_lines, reason = "it is a table")]
    fn faults_are_named_and_placed() {
        let check = |text: &str, message: &str, spanned: &str| {
            let fault = parse(text).expect_err("a fault");
            let found = (
                fault.message.as_str(),
                &text[fault.span.start..fault.span.end],
            );
            assert_eq!(found, (message, spanned), "{text:?}");
        };
        check("a: 1\nb: 2\na: 3\n", "the key `a` is written twice", "a");
        check(
            "x:\n  é: 1\n  y: {b: 1, b: 2}\n",
            "the key `b` is written twice",
            "b",
        );
        check(
            "a: \u{0}\n",
            "a control character (U+0000) stands in the YAML",
            "\u{0}",
        );
        check("list:\n\t- a\n", "a tab stands in the indentation", "\t");
        check(
            "a: 1\n---\nb: 2\n",
            "a line of hyphens begins a second text of YAML",
            "---",
        );
        check("title:A\nb: B\n", "no space follows the colon", "title:");
        check(
            "a: \"é\nb: B\n",
            "a quote begins here and never ends",
            "\"é",
        );
        check(
            "a: 'é\nb: 'B'\n",
            "a quote begins here and never ends",
            "'é",
        );
        check(
            "a: \"A\nb: B\nc: {d: \"D\"}\n",
            "a quote begins here and never ends",
            "\"A",
        );
        check(
            "- b: \"X\n  c: D\n- b: \"Y\"\n",
            "a quote begins here and never ends",
            "\"X",
        );
        check(
            "a: \"A\" and B\n",
            "text follows the quote that closes the value",
            "and B",
        );
        check("a: A: B\n", "a colon stands in a text without quotes", ":");
        check(
            "a: é: B: C\n",
            "a colon stands in a text without quotes",
            ":",
        );
        check(
            "a: [A, B\nb: C\n",
            "a bracket opens here and is not closed",
            "[A, B",
        );
        check(
            "a: {A\nb: C\n",
            "a bracket opens here and is not closed",
            "{A",
        );
        check(
            "a: A\n  b: B\n",
            "this line is indented further than the field above it",
            "b: B",
        );
        check(
            "g:\n  a: A\n b: B\n",
            "this line begins in the column of no field above it",
            "b: B",
        );
        check("a: @A\n", "a text without quotes cannot begin with @", "@");
        check(
            "a:\n  - `x`\n",
            "a text without quotes cannot begin with `",
            "`",
        );
        check(
            "a: *star*\n",
            "a text without quotes cannot begin with *",
            "*",
        );
        check("a: *B\n", "a text without quotes cannot begin with *", "*");
        check("a: A\nb\nc: D\n", "this line has no colon", "b");
        check("a: A\nb\n", "this line has no colon", "b");
        check(
            "a: A\n- b\n",
            "an item of a list stands among fields",
            "- b",
        );
        check(
            "a: \"A\\d\"\n",
            "a backslash in double quotes begins a sign that YAML does not know",
            "\\d",
        );
    }

    #[test]
    fn white_space_of_every_kind_is_read() {
        for sign in ["[", "{", "\"", "'", "a", "- a", "@"] {
            for space in ["\u{85}", "\u{2028}", "\u{a0}", "\u{3000}", "\r", "\t"] {
                let text =
                    format!("a: {space}{sign}{space}\nb: {sign} c{space}: {space}\n d{space}");
                if let Err(fault) = parse(&text) {
                    assert!(
                        text.get(fault.span.start..fault.span.end).is_some(),
                        "{text:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn edits_give_what_can_be_read() {
        for text in [
            "a: A: B\n",
            "a: A\nb:B\nc: D\n",
            "a:\n  - @x\n",
            "a: 'x'\nb: *y*\n",
            "- a: x: y\n",
        ] {
            let fault = parse(text).expect_err("a fault");
            let (span, edit) = fault.edit.expect("an edit");
            let fixed = format!("{}{edit}{}", &text[..span.start], &text[span.end..]);
            assert!(parse(&fixed).is_ok(), "{fixed:?}");
        }
    }
}
