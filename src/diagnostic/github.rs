//! Findings as annotations of GitHub: one workflow command a line, which GitHub shows beside the
//! line of a pull request.
//!
//! Format: "Workflow commands for GitHub Actions", `::error
//! file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`. GitHub ignores columns of an
//! annotation over several lines, so those have none.

use super::lines::{self, Lines};
use super::{Diagnostic, Severity};
use crate::source::{SourceTree, Span};

/// Writes findings as workflow commands, in the order given; `root` is the site's folder within the
/// repository, with a `/` at its end, or nothing.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &SourceTree, root: &str) -> String {
    lines::text(diagnostics, sources, |found, lines| {
        command(found, lines, root)
    })
}

fn command(found: &Diagnostic, lines: &Lines<'_>, root: &str) -> String {
    let word = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = property(&format!("{root}{}", found.place.path));
    let place = found
        .place
        .span
        .map_or(String::new(), |span| place(found, lines, span));
    let mut message = found.message.clone().into_owned();
    message.extend(found.notes().iter().map(|note| format!("\nnote: {note}")));
    message.extend(found.help.iter().map(|help| format!("\nhelp: {help}")));
    format!(
        "::{word} file={file}{place},title={}::{}\n",
        found.rule.name(),
        data(&message)
    )
}

fn place(found: &Diagnostic, lines: &Lines<'_>, span: Span) -> String {
    let Some((from, to)) = lines.range(&found.place.path, span) else {
        return String::new();
    };
    let columns = if from.line == to.line {
        format!(",col={},endColumn={}", from.column, to.column)
    } else {
        String::new()
    };
    format!(",line={},endLine={}{columns}", from.line, to.line)
}

/// A message as the runner reads it.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property as the runner reads it: a comma or colon would end it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Place, RuleId};
    use crate::source::SourcePath;

    #[test]
    fn commands_are_escaped_and_placed() {
        let sources = SourceTree::from_files([("content/a, b.md", "\u{e9}x\nyz\n")]);
        let path = SourcePath::new("content/a, b.md");
        let check = |place: Place, expected: &str| {
            let found = Diagnostic::new(RuleId::BrokenLink, place, "50% is\nwrong").help("fix: it");
            assert_eq!(render(&[found], &sources, "site/"), expected);
        };
        let end = "title=broken-link::50%25 is%0Awrong%0Ahelp: fix: it\n";
        check(
            Place::file(&path),
            &format!("::error file=site/content/a%2C b.md,{end}"),
        );
        let one = "line=1,endLine=1,col=2,endColumn=3";
        check(
            Place::at(&path, Span::new(2, 3)),
            &format!("::error file=site/content/a%2C b.md,{one},{end}"),
        );
        let two = "line=1,endLine=2";
        check(
            Place::at(&path, Span::new(2, 5)),
            &format!("::error file=site/content/a%2C b.md,{two},{end}"),
        );
    }
}
