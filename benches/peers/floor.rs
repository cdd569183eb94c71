//! What any static site generator must do at least: read each file, turn its Markdown into HTML,
//! and write the page.
//!
//! `floor IN OUT` does that for every Markdown file below a folder, on as many threads as there
//! are, and nothing more: no template, no link, no check. `benches/peers/run` measures the others
//! against it.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a program of its own"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::WalkDir;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [from, to] = folders.as_slice() else {
        complain("name the folder to read and the folder to write");
        return ExitCode::from(2);
    };
    let files = WalkDir::new(from)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path);
    let files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    match files.par_iter().try_for_each(|file| page(from, to, file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn page(from: &Path, to: &Path, file: &Path) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    let body = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(&*text, |(_, body)| body);
    let mut page = String::with_capacity(text.len() * 2);
    html::push_html(&mut page, Parser::new_ext(body, Options::ENABLE_TABLES));
    let folder = to
        .join(file.strip_prefix(from).unwrap_or(file))
        .with_extension("");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page)
}

fn complain(what: &str) {
    eprintln!("floor: {what}");
}
