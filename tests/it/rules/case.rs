//! The files of cases: how they are written, and reading and writing them.
//!
//! ```text
//! What the rule is about: any lines before the first case.
//!
//! === finds: a heading two levels down
//! Any lines that explain the case.
//! >>> body
//! ## A
//!
//! #### B
//! <<< content/a.md:7:1 #### B
//!
//! === leaves: a heading in a care card stands apart
//! >>> body
//! …
//! ```
//!
//! `>>>` begins a file of the case, as `rules/source.rs` says. `<<<` is a finding of the rule: its
//! place, and the first line of the text that it spans. Findings stand at the end of a case, in
//! their order; a case that `leaves` has none. A file is written back as it was read, save for the
//! findings and for blank lines between cases. Whatever else stands in a file is a panic that names
//! the file and the case.

use std::fmt::Write as _;

use super::source::Block;

/// What a case shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The fault.
    Finds,
    /// What looks like the fault and is sound.
    Leaves,
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Finds => "finds",
            Self::Leaves => "leaves",
        }
    }
}

/// One case.
#[derive(Debug)]
pub struct Case {
    /// Its name: what is found or left.
    pub name: String,
    /// What it shows.
    pub side: Side,
    /// Its files.
    pub blocks: Vec<Block>,
    /// The findings that it should have.
    pub expected: Vec<String>,
    /// Its lines without the name and the findings.
    lines: Vec<String>,
}

/// The cases of one rule.
#[derive(Debug)]
pub struct CaseFile {
    /// The rule's name.
    pub rule: String,
    /// The cases, in the order of the file.
    pub cases: Vec<Case>,
    head: Vec<String>,
}

impl CaseFile {
    /// Reads the cases of a rule.
    pub fn parse(rule: &str, text: &str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let mut parts = lines.chunk_by(|_, line| !line.starts_with("=== "));
        let is_case = |part: &[&str]| part.first().is_some_and(|line| line.starts_with("=== "));
        let head = parts
            .clone()
            .next()
            .filter(|part| !is_case(part))
            .unwrap_or_default();
        if !head.is_empty() {
            parts.next();
        }
        let cases: Vec<Case> = parts.map(|part| Case::parse(rule, part)).collect();
        for (at, case) in cases.iter().enumerate() {
            let is_twice = cases[..at].iter().any(|other| other.name == case.name);
            assert!(
                !is_twice,
                "tests/rules/{rule}.txt: two cases are named `{}`",
                case.name
            );
        }
        Self {
            rule: rule.to_owned(),
            cases,
            head: without_last_blanks(head),
        }
    }

    /// Puts in what was found; a case that should leave its text alone stays as it is, and so
    /// fails.
    pub fn update(&mut self, found: &[Vec<String>]) {
        for (case, found) in self.cases.iter_mut().zip(found) {
            if case.side == Side::Finds {
                case.expected.clone_from(found);
            }
        }
    }

    /// The file.
    pub fn text(&self) -> String {
        let mut text = self.head.join("\n");
        for case in &self.cases {
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\n\n=== {}: {}", case.side.name(), case.name);
            for line in &case.lines {
                let _ = write!(text, "\n{line}");
            }
            for finding in &case.expected {
                let _ = write!(text, "\n<<< {finding}");
            }
        }
        text.trim_start().to_owned() + "\n"
    }
}

impl Case {
    fn parse(rule: &str, lines: &[&str]) -> Self {
        let title = lines[0].trim_start_matches("=== ");
        let fail = |why: &str| -> ! { panic!("tests/rules/{rule}.txt: {title}: {why}") };
        let (side, name) = match title.split_once(": ") {
            Some(("finds", name)) => (Side::Finds, name.trim()),
            Some(("leaves", name)) => (Side::Leaves, name.trim()),
            _ => fail("a case begins with `=== finds: NAME` or `=== leaves: NAME`"),
        };
        let end = lines
            .iter()
            .position(|line| line.starts_with("<<< "))
            .unwrap_or(lines.len());
        let expected: Vec<String> = lines[end..]
            .iter()
            .filter_map(|line| line.strip_prefix("<<< "))
            .map(trimmed)
            .collect();
        if lines[end..]
            .iter()
            .any(|line| !line.starts_with("<<< ") && !line.trim().is_empty())
        {
            fail("findings stand at the end of a case");
        }
        if side == Side::Leaves && !expected.is_empty() {
            fail("a case that leaves its text alone has no findings");
        }
        let blocks = blocks(&lines[1..end]).unwrap_or_else(|why| fail(&why));
        if blocks.is_empty() {
            fail("a case has a file: a line `>>> body`");
        }
        Self {
            name: name.to_owned(),
            side,
            blocks,
            expected,
            lines: without_last_blanks(&lines[1..end]),
        }
    }
}

fn blocks(lines: &[&str]) -> Result<Vec<Block>, String> {
    let parts = lines.chunk_by(|_, line| !line.starts_with(">>> "));
    let parts =
        parts.filter_map(|part| part[0].strip_prefix(">>> ").map(|head| (head, &part[1..])));
    parts
        .map(|(head, lines)| Block::parse(head.trim(), &without_last_blanks(lines)))
        .collect()
}

fn trimmed(text: &str) -> String {
    text.trim_end().to_owned()
}

fn without_last_blanks(lines: &[&str]) -> Vec<String> {
    let end = lines
        .iter()
        .rposition(|line| !line.trim().is_empty())
        .map_or(0, |last| last + 1);
    lines[..end].iter().map(|line| (*line).to_owned()).collect()
}
