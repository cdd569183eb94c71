//! The modules of the search index: what is indexed of a page, and how it is written as a script.

use std::io::{self, BufWriter, Write};

use memchr::memchr2_iter;
use serde::Serialize;

use super::index::Builder;
use super::terms;
use crate::config::RawHtml;
use crate::content::Document;
use crate::language::Language;
use crate::site::{Page, PageKind, Site};

/// The fields of the first tier.
const FIELDS: [&str; 5] = ["title", "also", "codes", "summary", "headings"];

/// The field of the second tier.
const TEXT: [&str; 1] = ["text"];

/// The room for a page in the first tier. What is not needed of it is never touched; to make more
/// would copy all of it.
const BYTES_OF_A_PAGE: usize = 2048;

/// Longer terms are addresses and codes that nobody types.
const LONGEST_TERM: usize = 40;

/// What is shown of a page that was found.
#[derive(Debug, Serialize)]
struct Shown<'s> {
    title: &'s str,
    url: &'s str,
    kind: &'s str,
    summary: &'s str,
}

/// What the first file says besides its index.
#[derive(Serialize)]
struct Words<'s> {
    /// Words that do not count in a question.
    stop: &'s [&'static str],
    /// Names of the same things: groups of phrases, each a list of terms.
    synonyms: Vec<Vec<Vec<String>>>,
}

/// The first tier: what all pages say of themselves.
pub(super) fn first<'s>(
    site: &'s Site,
    pages: impl Iterator<Item = &'s Page>,
    language: Option<&'static Language>,
) -> Vec<u8> {
    let mut index = Builder::new(&FIELDS);
    let mut reader = terms::Reader::default();
    for page in pages {
        index.document(page.id.as_str());
        index.store(Shown {
            title: &page.title,
            url: &page.url,
            kind: kind_title(site, page),
            summary: page.summary.as_deref().unwrap_or_default(),
        });
        each_term(page, &mut reader, &mut |field, term| {
            index.term(field, term);
        });
        (0..)
            .zip(FIELDS)
            .for_each(|(field, _)| index.end_field(field));
    }
    let index = index.finish();
    let mut script = Vec::with_capacity(index.count() * BYTES_OF_A_PAGE);
    script.extend_from_slice(b"export const index = ");
    add_parsed(&mut script, &index);
    script.extend_from_slice(b";\nexport const words = ");
    add_parsed(&mut script, &words(site, language));
    script.extend_from_slice(b";\n");
    script
}

/// The stop words and synonyms of a site.
fn words(site: &Site, language: Option<&'static Language>) -> Words<'static> {
    let own = language
        .map_or(&[][..], |language| language.synonyms.as_slice())
        .iter();
    let groups = own.chain(&site.settings.search.synonyms);
    Words {
        stop: language.map_or(&[], |language| language.stop_words),
        synonyms: groups
            .map(|group| group.iter().map(|phrase| terms::all(phrase)).collect())
            .collect(),
    }
}

/// Gives each term of the fields of a page, with the number of the field.
fn each_term(page: &Page, reader: &mut terms::Reader, take: &mut dyn FnMut(u32, &str)) {
    for (field, texts) in (0..).zip(fields(page)) {
        for text in texts {
            reader.each(text, |term| take(field, term));
        }
    }
}

/// What leads to the files of the second tier: each is named as it is, so that nobody can lead
/// elsewhere.
pub(super) fn second(names: &[String]) -> String {
    let imports: Vec<String> = names
        .iter()
        .map(|name| format!("import('{name}')"))
        .collect();
    format!(
        "export default () => Promise.all([{}]);\n",
        imports.join(", ")
    )
}

/// The texts of each field of a page, in the order of [`FIELDS`].
pub(super) fn fields(page: &Page) -> [Vec<&str>; FIELDS.len()] {
    let front = page.document.as_ref().map(|document| &document.front);
    let headings = page
        .document
        .iter()
        .flat_map(|document| &document.outline.headings);
    [
        vec![page.title.as_str()],
        front
            .map(|front| front.also_called.iter().map(String::as_str).collect())
            .unwrap_or_default(),
        front
            .map(|front| {
                front
                    .codes
                    .iter()
                    .filter_map(|code| code.display.as_deref())
                    .collect()
            })
            .unwrap_or_default(),
        page.summary.iter().map(String::as_str).collect(),
        headings.map(|heading| heading.text.as_str()).collect(),
    ]
}

/// The name of what a page is: the title of its collection.
pub(super) fn kind_title<'s>(site: &'s Site, page: &'s Page) -> &'s str {
    let PageKind::Entry(_) = page.kind else {
        return "";
    };
    let collection = page
        .id
        .folder()
        .and_then(|folder| site.settings.collection(folder));
    collection.map_or("", |collection| &collection.title)
}

/// A file of the second tier: the words of some texts.
pub(super) fn part<'s>(
    language: Option<&'static Language>,
    raw_html: RawHtml,
    texts: impl Iterator<Item = (&'s Page, &'s Document)>,
) -> Vec<u8> {
    let mut index: Builder<()> = Builder::new(&TEXT);
    language
        .map_or(&[][..], |language| language.stop_words)
        .iter()
        .for_each(|word| index.leave_out(word));
    let (mut reader, mut text) = (terms::Reader::default(), String::new());
    for (page, document) in texts {
        index.document(page.id.as_str());
        text.clear();
        document.body(raw_html).add_text(&mut text);
        reader.each(&text, |term| {
            if (2..=LONGEST_TERM).contains(&term.len()) {
                index.term(0, term);
            }
        });
        index.end_field(0);
    }
    let mut script = b"export default ".to_vec();
    add_parsed(&mut script, &index.finish());
    script.extend_from_slice(b";\n");
    script
}

/// Adds a value as a script reads it fastest: a text in JSON, in single quotes. JSON has no line
/// breaks.
fn add_parsed(script: &mut Vec<u8>, value: &impl Serialize) {
    script.extend_from_slice(b"JSON.parse('");
    let mut quoted = BufWriter::new(Quoted(script));
    // What is written here are texts, numbers and lists of them, and memory takes them all.
    let _ = serde_json::to_writer(&mut quoted, value);
    drop(quoted);
    script.extend_from_slice(b"')");
}

/// A text in single quotes, in a script.
struct Quoted<'t>(&'t mut Vec<u8>);

impl Write for Quoted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = 0;
        for at in memchr2_iter(b'\'', b'\\', bytes) {
            self.0.extend_from_slice(&bytes[rest..at]);
            self.0.push(b'\\');
            rest = at;
        }
        self.0.extend_from_slice(&bytes[rest..]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reads_what_was_written() {
        let mut script = Vec::new();
        add_parsed(&mut script, &"it's \"so\" \\ \n");
        assert_eq!(
            String::from_utf8_lossy(&script),
            r#"JSON.parse('"it\'s \\"so\\" \\\\ \\n"')"#
        );
    }
}
