//! A table without words at the head of a column.

use crate::check::document_context::DocumentContext;
use crate::check::request::excerpt;
use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TableWithoutHeader,
    summary: "A column of a table has no heading.",
    why: "A screen reader says the head of the column before each cell. Without it, a cell is a number or a word that \
        means nothing. Only the corner above a first column of names may be empty.",
    bad: "|  |  |\n|---|---|\n| Adults | 1 tablet |",
    good: "| Who | How much |\n|---|---|\n| Adults | 1 tablet |",
    looks: &[Look::Document(run), Look::Output(page)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for table in &context.prose.tables {
        let empty = table
            .heads
            .iter()
            .skip(1)
            .filter(|has_words| !**has_words)
            .count();
        let is_bare = empty > 0 || table.heads == [false];
        if is_bare {
            let message = if table.heads.contains(&true) {
                "a column of this table has no heading"
            } else {
                "this table has no headings"
            };
            let help = "write in the first row what each column holds";
            found.push(context.finding(RULE.id, table.head, message).help(help));
        }
    }
    for span in &context.document.outline.html {
        let html = context.document.markdown()[span.start..span.end].to_ascii_lowercase();
        for at in bare_tables(&html) {
            let opening = Span::new(span.start + at, span.start + at + TABLE.len());
            let help = "write the first row with `<th>`, or make it a Markdown table";
            found.push(
                context
                    .finding(RULE.id, opening, "this table has no headings")
                    .help(help),
            );
        }
    }
}

const TABLE: &str = "<table";

/// Where the tables of an HTML text begin that have cells and no heads; a table for layout has no
/// columns to name.
fn bare_tables(html: &str) -> impl Iterator<Item = usize> {
    html.match_indices(TABLE).map(|(at, _)| at).filter(|at| {
        let table = html[*at..]
            .split("</table")
            .next()
            .expect("a split has a part");
        let opening = table.split('>').next().expect("a split has a part");
        !is_layout(opening) && has_tag(table, "<td") && !has_tag(table, "<th")
    })
}

fn is_layout(opening: &str) -> bool {
    let role = opening
        .split_once("role")
        .and_then(|(_, rest)| rest.trim_start().strip_prefix('='));
    let value = role.map(|value| value.trim_start().trim_start_matches(['"', '\'']));
    value.is_some_and(|value| value.starts_with("presentation") || value.starts_with("none"))
}

/// Whether a text has a tag of exactly this name: `<thead>` is no `<th>`.
fn has_tag(html: &str, tag: &str) -> bool {
    html.match_indices(tag)
        .any(|(at, _)| !html[at + tag.len()..].starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Tables of templates.
fn page(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    for tag in &parsed.accessibility.tables {
        let what = format!("has a table without headings: `{}`", excerpt(tag));
        found.push(
            parsed
                .finding(RULE.id, &what)
                .help("write its first row, or the first cell of each row, with `<th>`"),
        );
    }
}
