//! The modules of the search index: what is indexed of a page, and how it is written as a script.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use memchr::memchr2_iter;
use serde::{Deserialize, Serialize};

use super::index::{Builder, Index, Kept};
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
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Shown<'s> {
    title: Cow<'s, str>,
    url: Cow<'s, str>,
    kind: Cow<'s, str>,
    summary: Cow<'s, str>,
}

/// The first tier: what all pages say of themselves.
#[derive(Debug)]
pub struct FirstTier<'s>(Index<Shown<'s>>);

/// The same as it is kept between builds.
#[derive(Serialize, Deserialize)]
pub struct KeptTier<'i>(Kept<'i, Shown<'i>>);

/// What the first file says besides its index.
#[derive(Serialize)]
struct Words<'s> {
    /// Words that do not count in a question.
    stop: &'s [&'static str],
    /// Names of the same things: groups of phrases, each a list of terms.
    synonyms: Vec<Vec<Vec<String>>>,
}

impl<'s> FirstTier<'s> {
    /// The first tier of all pages.
    pub(super) fn with(site: &'s Site, pages: impl Iterator<Item = &'s Page>) -> Self {
        let mut index = Builder::new(&FIELDS);
        let mut reader = terms::Reader::default();
        for page in pages {
            index.document(page.id.as_str());
            let summary = page.summary.as_deref().unwrap_or_default();
            index.store(Shown {
                title: page.title.as_str().into(),
                url: (&*page.url).into(),
                kind: kind_title(site, page).into(),
                summary: summary.into(),
            });
            each_term(page, &mut reader, &mut |field, term| {
                index.term(field, term)
            });
            (0..)
                .zip(FIELDS)
                .for_each(|(field, _)| index.end_field(field));
        }
        Self(index.finish())
    }

    /// Goes on with what was kept.
    #[must_use]
    pub fn of(kept: KeptTier<'s>) -> Self {
        Self(Index::of(&FIELDS, kept.0))
    }

    /// What is to be kept.
    #[must_use]
    pub fn kept(&'s self) -> KeptTier<'s> {
        KeptTier(self.0.kept())
    }

    /// Puts another state of a page into the tier, of which the title, the summary and the address
    /// are the same. Says whether the tier has the page.
    pub fn replace(&mut self, site: &Site, page: &Page) -> bool {
        self.0
            .replace(FirstTier::with(site, std::iter::once(page)).0)
    }

    /// The tier as a script.
    pub(super) fn text(&self, site: &Site, language: Option<&'static Language>) -> Vec<u8> {
        let own = language
            .map_or(&[][..], |language| language.synonyms.as_slice())
            .iter();
        let groups = own.chain(&site.settings.search.synonyms);
        let synonyms = groups
            .map(|group| group.iter().map(|phrase| terms::all(phrase)).collect())
            .collect();
        let words = Words {
            stop: language.map_or(&[], |language| language.stop_words),
            synonyms,
        };
        let mut script = Vec::with_capacity(self.0.count() * BYTES_OF_A_PAGE);
        script.extend_from_slice(b"export const index = ");
        add_parsed(&mut script, &self.0);
        script.extend_from_slice(b";\nexport const words = ");
        add_parsed(&mut script, &words);
        script.extend_from_slice(b";\n");
        script
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
        document.add_text(raw_html, &mut text);
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
