//! The form of a file of cases: read, turned into a site, and written again.

use pamphlet::source::{ReadProblem, SourcePath, SourceTree};

use crate::site;

/// Whether a rule finds something in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Finds,
    Leaves,
}

/// One case: some files, and the findings of the rule in them.
#[derive(Clone, Debug)]
pub struct Case {
    pub kind: Kind,
    pub name: String,
    pub files: Vec<(String, String)>,
    pub expected: Vec<String>,
}

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const FIELDS: &str = "title: A\nsummary: S\n";

/// Reads the cases of a file.
pub fn parse(rule: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_file = false;
    for line in text.lines() {
        if let Some(head) = line.strip_prefix("=== ") {
            let (kind, name) = head.split_once(": ").unwrap_or_else(|| panic!("{rule}: a case without a name: {line}"));
            let kind = match kind {
                "finds" => Kind::Finds,
                "leaves" => Kind::Leaves,
                _ => panic!("{rule}: cases begin with `=== finds: ` or `=== leaves: `, not {line:?}"),
            };
            cases.push(Case { kind, name: name.to_owned(), files: Vec::new(), expected: Vec::new() });
            in_file = false;
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(file) = line.strip_prefix(">>> ") {
            case.files.push((file.to_owned(), String::new()));
            in_file = true;
        } else if let Some(expected) = line.strip_prefix("<<< ") {
            case.expected.push(expected.to_owned());
            in_file = false;
        } else if let Some((_, content)) = case.files.last_mut().filter(|_| in_file) {
            content.push_str(line);
            content.push('\n');
        }
    }
    for case in &mut cases {
        assert!(!case.files.is_empty(), "{rule}: {} has no file", case.name);
        for (_, content) in &mut case.files {
            content.truncate(content.trim_end_matches('\n').len());
            content.push('\n');
        }
    }
    cases
}

impl Case {
    /// The site of the case; `settings` are more lines of `site.yaml`.
    pub fn tree(&self, settings: &str) -> SourceTree {
        let mut tree = site::tree([("content/site.yaml", format!("{SITE}{settings}"))]);
        for (head, content) in &self.files {
            insert(&mut tree, head, content, settings);
        }
        tree
    }
}

fn insert(tree: &mut SourceTree, head: &str, content: &str, settings: &str) {
    let mut put = |path: &str, bytes: Vec<u8>| tree.insert(SourcePath::new(path), bytes.into());
    let words: Vec<&str> = head.split(' ').collect();
    match words.as_slice() {
        ["body"] => put("content/a.md", format!("---\n{FIELDS}---\n{content}").into()),
        ["front", kind] => {
            put(&page_of(kind), format!("---\n{FIELDS}{}---\n", content.trim_start_matches('\n')).into());
        }
        ["site"] => put("content/site.yaml", format!("{SITE}{settings}{content}").into()),
        [path, "hex"] => put(path, bytes(content)),
        [path, "size", size] => put(path, vec![b'x'; size.parse().expect("a number of bytes")]),
        [path, "unreadable"] => tree.insert_problem(SourcePath::new(path), ReadProblem::Unreadable("denied".into())),
        [path, "symlink-out"] => tree.insert_problem(SourcePath::new(path), ReadProblem::SymlinkOut),
        [path, "bad-name"] => tree.insert_problem(SourcePath::new(path), ReadProblem::BadName),
        _ => put(head, content.into()),
    }
}

fn page_of(kind: &str) -> String {
    match kind {
        "treatment" | "condition" | "test" | "location" => format!("content/{kind}s/a.md"),
        "article" => "content/a.md".to_owned(),
        _ => panic!("there is no kind {kind}"),
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("two hexadecimal digits")).collect()
}

/// The text of a file of cases with what was found in the place of what was expected.
pub fn updated(text: &str, results: &[(Vec<String>, Case)]) -> String {
    let mut results = results.iter();
    let mut pending: Option<&Vec<String>> = None;
    let mut lines: Vec<String> = Vec::new();
    let flush = |lines: &mut Vec<String>, pending: &mut Option<&Vec<String>>| {
        let Some(found) = pending.take() else { return };
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines.extend(found.iter().map(|found| format!("<<< {found}")));
        lines.push(String::new());
    };
    for line in text.lines().filter(|line| !line.starts_with("<<< ")) {
        if line.starts_with("=== ") {
            flush(&mut lines, &mut pending);
            pending = results.next().map(|(found, _)| found);
        }
        lines.push(line.to_owned());
    }
    flush(&mut lines, &mut pending);
    lines.join("\n").trim_end().to_owned() + "\n"
}
