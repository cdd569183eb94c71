//! The plain text of every page of a site with its words, sentences, syllables and grade, one JSON
//! object a line.
//!
//! `cargo run --release --example readability -- FOLDER | benches/readability/compare` compares the
//! grades with those of another program. Declared terms count here like all other words, for no
//! other program knows of them.

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::date;
use pamphlet::config::{self, Drafts, RunOptions};
use pamphlet::content::{self, Prose};
use pamphlet::{host, language};

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        complain("name the folder of a site");
        return ExitCode::from(2);
    };
    let tree = match host::read::read(&folder) {
        Ok(tree) => tree,
        Err(error) => {
            complain(&format!("{error:#}"));
            return ExitCode::from(2);
        }
    };
    let (settings, _) = config::read(
        &tree,
        RunOptions {
            as_of: date(2026, 1, 1),
            drafts: Drafts::Included,
        },
    );
    let Some(language) = language::of(&settings.language) else {
        complain(&format!(
            "there is no table for the language {}",
            settings.language
        ));
        return ExitCode::from(2);
    };
    let (content, _) = content::load(&tree, &settings, &content::Memo::in_memory(None), None);
    for document in &content.documents {
        let prose = Prose::of(document.markdown());
        let counts: language::Counts = prose
            .running()
            .map(|block| language.counts(&block.text))
            .sum();
        let line = serde_json::json!({
            "path": document.path.as_str(),
            "words": counts.words,
            "sentences": counts.sentences,
            "syllables": counts.syllables,
            "grade": (language.grade)(counts),
            "text": prose.plain_text(language),
        });
        say(&line.to_string());
    }
    ExitCode::SUCCESS
}

#[allow(clippy::disallowed_macros, reason = "an example prints")]
fn say(text: &str) {
    println!("{text}");
}

#[allow(clippy::disallowed_macros, reason = "an example prints")]
fn complain(text: &str) {
    eprintln!("{text}");
}
