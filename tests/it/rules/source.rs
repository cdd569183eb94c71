//! The files of a case: from what stands after `>>>` to a source tree.
//!
//! - `>>> PATH` is a file with the lines that follow; blank lines at its end are left out.
//! - `>>> PATH hex` is a file of bytes, two hexadecimal digits each.
//! - `>>> PATH size N` is a file of so many bytes.
//! - `>>> PATH unreadable`, `symlink-out` or `bad-name` is a file that the host could not read.
//! - `>>> page PATH` is a page of that path: title and summary, four lines in all, and the Markdown
//!   that follows. Its title is the first letter of its name.
//! - `>>> body` is `>>> page content/a.md`.
//! - `>>> front KIND` is the page `a` of a kind, with the lines of front matter that follow title
//!   and summary.
//! - `>>> site` holds lines for `content/site.yaml`, after the title and the address that every
//!   case has. A case that brings a whole `content/site.yaml`, or says `>>> no-site`, does without
//!   them; where its rule is off by default, it switches it on itself.
//!
//! `\u{200b}` in a path or a text is that character, so that everybody can see it.

use pamphlet::source::{FileBytes, ReadProblem, SourcePath, SourceTree};

const SITE: &str = "title: T\nbase_url: https://example.org/\n";
const SITE_PATH: &str = "content/site.yaml";

/// One file of a case.
#[derive(Clone, Debug)]
pub enum Block {
    /// A file.
    File(String, FileBytes),
    /// A file that could not be read.
    Problem(String, ReadProblem),
    /// More lines of `content/site.yaml`.
    Site(String),
    /// There is no `content/site.yaml`.
    NoSite,
}

impl Block {
    /// Reads what stands after `>>>`, and the lines below it.
    pub fn parse(head: &str, lines: &[String]) -> Result<Self, String> {
        let text: String = lines.iter().flat_map(|line| [line, "\n"]).collect();
        match head.split_once(' ').unwrap_or((head, "")) {
            ("body", "") => page("content/a.md", &text),
            ("page", path) if !path.is_empty() => page(path, &text),
            ("front", kind) => front(kind, &text),
            ("site", "") => Ok(Self::Site(unescape(&text)?)),
            ("no-site", "") if text.is_empty() => Ok(Self::NoSite),
            _ => file(head, &text),
        }
    }

    /// Whether it is a template.
    pub fn is_template(&self) -> bool {
        matches!(self, Self::File(path, _) if path.starts_with("templates/"))
    }
}

/// The source tree of a case; `level` is a last line of `site.yaml`, unless the case speaks of
/// `rules` itself.
pub fn tree(blocks: &[Block], level: Option<&str>) -> SourceTree {
    let mut tree = crate::site::tree::<&str, &str>([]);
    if !blocks.iter().any(is_site) {
        let more = blocks.iter().filter_map(|block| {
            if let Block::Site(lines) = block {
                Some(lines.as_str())
            } else {
                None
            }
        });
        let site: String = std::iter::once(SITE).chain(more).collect();
        let level = level
            .filter(|_| !site.lines().any(|line| line.starts_with("rules:")))
            .unwrap_or_default();
        tree.insert(
            SourcePath::new(SITE_PATH),
            (site + level).into_bytes().into(),
        );
    }
    for block in blocks {
        match block {
            Block::File(path, bytes) => tree.insert(SourcePath::new(path), bytes.clone()),
            Block::Problem(path, problem) => {
                tree.insert_problem(SourcePath::new(path), problem.clone());
            }
            Block::Site(_) | Block::NoSite => {}
        }
    }
    tree
}

/// Whether the case has its own `site.yaml`, or wants none.
fn is_site(block: &Block) -> bool {
    match block {
        Block::File(path, _) | Block::Problem(path, _) => path == SITE_PATH,
        Block::NoSite => true,
        Block::Site(_) => false,
    }
}

fn page(path: &str, body: &str) -> Result<Block, String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let title = name
        .chars()
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    file(
        path,
        &format!("---\ntitle: {title}\nsummary: S\n---\n{body}"),
    )
}

fn front(kind: &str, lines: &str) -> Result<Block, String> {
    let folder = match kind {
        "article" => "",
        "treatment" => "treatments/",
        "condition" => "conditions/",
        "test" => "tests/",
        "location" => "locations/",
        _ => return Err(format!("there is no kind `{kind}`")),
    };
    file(
        &format!("content/{folder}a.md"),
        &format!("---\ntitle: A\nsummary: S\n{lines}---\n"),
    )
}

fn file(head: &str, text: &str) -> Result<Block, String> {
    let (path, form) = head.rsplit_once(' ').unwrap_or((head, ""));
    if let (Some((path, "size")), Ok(size)) = (path.rsplit_once(' '), form.parse()) {
        return Ok(Block::File(unescape(path)?, vec![b'x'; size].into()));
    }
    let problem = |problem| Ok(Block::Problem(unescape(path)?, problem));
    match form {
        "unreadable" => problem(ReadProblem::Unreadable("permission denied".to_owned())),
        "symlink-out" => problem(ReadProblem::SymlinkOut),
        "bad-name" => problem(ReadProblem::BadName),
        "hex" => Ok(Block::File(unescape(path)?, hex(text)?)),
        // A shorthand that is misspelt would be a file at the root.
        _ if !head.contains(['/', '.']) => Err(format!("`{head}` is no path and no shorthand")),
        _ => Ok(Block::File(
            unescape(head)?,
            unescape(text)?.into_bytes().into(),
        )),
    }
}

fn hex(text: &str) -> Result<FileBytes, String> {
    let byte =
        |digits: &str| u8::from_str_radix(digits, 16).map_err(|_| format!("`{digits}` is no byte"));
    text.split_whitespace()
        .map(byte)
        .collect::<Result<Vec<u8>, _>>()
        .map(FileBytes::from)
}

fn unescape(text: &str) -> Result<String, String> {
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}').ok_or("`\\u{` has no `}`")?;
        let number = u32::from_str_radix(digits, 16).ok();
        plain.push(
            number
                .and_then(char::from_u32)
                .ok_or_else(|| format!("`{digits}` is no character"))?,
        );
        plain.push_str(rest);
    }
    Ok(plain)
}

/// The text with everything that cannot be seen written as `\u{…}`.
pub fn escape(text: &str) -> String {
    let is_unseen = |c: char| c.is_control() || c.escape_debug().to_string().starts_with("\\u");
    text.chars()
        .map(|c| {
            if is_unseen(c) {
                c.escape_unicode().to_string()
            } else {
                c.to_string()
            }
        })
        .collect()
}
