//! A finished page as the rules read it.
//!
//! The page is parsed once, by a tokenizer that follows the HTML standard, and shared by all rules.
//! A rule reads it and changes nothing.

mod accessibility;

use super::finished::FinishedPage;
use super::markup::{Form, Piece, Tag, each_piece};
use super::request::{Breach, Own, tag};

use super::weight;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::output::Origin;
use crate::source::SourcePath;

pub(super) use accessibility::{AccessibilityTree, Control};

/// A finished page, read.
#[derive(Debug)]
pub struct ParsedPage<'p> {
    /// The page.
    pub page: &'p FinishedPage<'p>,
    /// What it is built of.
    pub(super) accessibility: AccessibilityTree,
    /// What the policy would block.
    pub(super) breaches: Vec<Breach>,
    /// The addresses of its style sheets and of its scripts.
    styles: Vec<String>,
    scripts: Vec<String>,
    /// Whether it sends its reader on, so that nobody reads it.
    pub(super) is_passing: bool,
    /// Whether it has the policy directly after its charset.
    pub(super) has_policy: bool,
}

impl<'p> ParsedPage<'p> {
    /// Reads a page.
    pub(super) fn of(page: &'p FinishedPage<'p>) -> Self {
        let own = Own::new(page.base_url);
        let mut parsed = Self {
            page,
            accessibility: AccessibilityTree::default(),
            breaches: Vec::new(),
            styles: Vec::new(),
            scripts: Vec::new(),
            is_passing: false,
            has_policy: false,
        };
        let mut follows_charset = false;
        each_piece(page.html, Form::Html, |piece| match piece {
            Piece::Start(tag) => {
                follows_charset = parsed.note_head(tag, follows_charset);
                let breach = tag::breach(tag, own, |_| true);
                parsed
                    .breaches
                    .extend(breach.map(|what| Breach { what, at: None }));
                parsed.accessibility.start(tag);
            }
            Piece::End(name) => parsed.accessibility.end(name),
            Piece::Text(text) => parsed.accessibility.text(text),
            Piece::Note(_) => {}
        });
        parsed.accessibility.finish();
        parsed
    }

    /// Takes from a tag what it says to the browser: its policy, what to load, where to go. Gives
    /// whether it is the charset, which the policy has to follow.
    fn note_head(&mut self, tag: &Tag, follows_charset: bool) -> bool {
        match tag.name() {
            "meta" => {
                let equivalent = tag.value("http-equiv");
                let is_policy = equivalent.eq_ignore_ascii_case("content-security-policy");
                self.has_policy |=
                    is_policy && follows_charset && tag.value("content") == self.page.csp;
                self.is_passing |= equivalent.eq_ignore_ascii_case("refresh");
                return !tag.value("charset").is_empty();
            }
            "link" => {
                let relations = tag.value("rel").to_ascii_lowercase();
                let is = |wanted: &str| {
                    relations
                        .split_ascii_whitespace()
                        .any(|relation| relation == wanted)
                };
                if is("stylesheet") {
                    self.styles.push(tag.value("href").to_owned());
                } else if is("modulepreload") {
                    self.scripts.push(tag.value("href").to_owned());
                }
            }
            "script" if !tag.value("src").is_empty() => {
                self.scripts.push(tag.value("src").to_owned());
            }
            _ => {}
        }
        false
    }

    /// What its style sheets weigh.
    pub(super) fn css(&self) -> usize {
        self.page.subresources.weight(self.page.url, &self.styles)
    }

    /// What the scripts weigh that it loads at once.
    pub(super) fn javascript(&self) -> usize {
        self.page.subresources.weight(self.page.url, &self.scripts)
    }

    /// What its HTML weighs.
    pub(super) fn html(&self) -> usize {
        weight::gzip(self.page.html.as_bytes())
    }

    /// What its HTML weighs, where that is more than a number of bytes.
    pub(super) fn html_beyond(&self, bytes: usize) -> Option<usize> {
        weight::gzip_beyond(self.page.html.as_bytes(), bytes)
    }

    /// A finding about the page, which names its address and its template.
    pub(super) fn finding(&self, rule: RuleId, what: &str) -> Diagnostic {
        let place = match self.page.origin {
            Origin::Source(path) | Origin::Alias(path, _) => Place::file(path),
            Origin::Generated(_) => Place::file(&SourcePath::new("templates")),
        };
        let FinishedPage { url, template, .. } = self.page;
        Diagnostic::new(rule, place, format!("the page {url} {what}")).note(format!(
            "it is made by the template templates/{template}.html"
        ))
    }
}
