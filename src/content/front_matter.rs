//! The front matter of a page: where it stands in the text, and its fields.
//!
//! The fields that every page has are read here; those of a kind by its file under `kinds/`.

use serde::{Deserialize, Serialize};
use std::ops::Range;

use jiff::civil::Date;

use super::kinds::{self, RelationKey};
use crate::config::Kind;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::schema::{Fields, Located, Reader, YamlText, did_you_mean};
use crate::source::Span;

/// Whether title and summary must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// They must.
    Required,
    /// They come from elsewhere (`locations.yaml`) when left out.
    Optional,
}

/// Where the front matter and the Markdown of a text stand.
pub(super) struct Split {
    /// The YAML between the two lines of hyphens.
    pub(super) yaml: Range<usize>,
    /// Where the Markdown begins.
    pub(super) body_start: usize,
    /// What is wrong with the lines of hyphens.
    pub(super) fault: Option<&'static str>,
    /// Where.
    pub(super) fault_span: Span,
}

/// Finds the front matter at the head of a text.
pub(super) fn split(text: &str) -> Split {
    let is_fence = |line: &str| line.trim_end() == "---";
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let none = Split {
        yaml: 0..0,
        body_start: 0,
        fault: None,
        fault_span: Span::default(),
    };
    if !is_fence(first) {
        return none;
    }
    let start = first.len();
    let mut at = start;
    for line in lines {
        if is_fence(line) {
            return Split {
                yaml: start..at,
                body_start: at + line.len(),
                ..none
            };
        }
        at += line.len();
    }
    let fault = Some("the front matter begins here and never ends");
    Split {
        yaml: start..start,
        body_start: text.len(),
        fault,
        fault_span: Span::new(0, 3),
    }
}

/// Why a text has no front matter.
pub(super) struct Stray {
    /// Whether there is none at all.
    pub(super) is_absent: bool,
    pub(super) message: &'static str,
    pub(super) span: Span,
    pub(super) help: &'static str,
}

/// What is there in the place of front matter, if none begins on the first line.
pub(super) fn stray(text: &str, presence: Presence) -> Option<Stray> {
    let rest = text.trim_start();
    let start = text.len() - rest.len();
    let fence = Span::new(start, (start + 3).min(text.len()));
    let is_fence = |fence: &str| {
        rest.lines()
            .next()
            .is_some_and(|line| line.trim_end() == fence)
    };
    if is_fence("---") {
        let message = "the front matter does not begin on the first line";
        let help = "delete what stands before its line of hyphens";
        return (start > 0).then_some(Stray {
            is_absent: false,
            message,
            span: fence,
            help,
        });
    }
    if is_fence("+++") {
        let message = "this front matter is TOML, and YAML belongs here";
        let help = "write `---` for `+++`, and `key: value` for `key = value`";
        return Some(Stray {
            is_absent: false,
            message,
            span: fence,
            help,
        });
    }
    let message = "this page has no front matter";
    let help = "begin the file with a line `---`, a line `title: …`, a line `summary: …`, and a line `---`";
    (presence == Presence::Required).then_some(Stray {
        is_absent: true,
        message,
        span: Span::default(),
        help,
    })
}

/// An image that stands for the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageField {
    /// The file, as a path from the page.
    pub src: Located<String>,
    /// Its text alternative.
    pub alt: String,
}

/// The locations that a page is offered at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LocationsField {
    /// The page says nothing of locations.
    #[default]
    None,
    /// Every location.
    All,
    /// These.
    Ids(Vec<Located<String>>),
}

/// A code of a public code system.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// The system, such as `ICD-10-CM`.
    pub system: Located<String>,
    /// The code.
    pub code: Located<String>,
    /// What it stands for.
    pub display: Option<String>,
}

/// Where statements come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<Located<String>>,
}

/// A clinical review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// When it was.
    pub last: Date,
    /// When it is due again.
    pub next: Option<Date>,
    /// Who reviewed.
    pub name: Option<String>,
    /// Their credentials.
    pub credentials: Option<String>,
}

/// A rule that a page switches off for itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allow {
    /// The rule.
    pub rule: RuleId,
    /// Why.
    pub reason: String,
    /// Where it is said.
    pub at: crate::yaml::YamlPath,
}

/// The front matter of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Whether it was there and could be read; what it says is unknown otherwise.
    pub is_known: bool,
    /// The title; may be absent where a location's entry has it.
    pub title: Option<String>,
    /// The summary.
    pub summary: Option<String>,
    /// Other names of the subject.
    pub also_called: Vec<String>,
    /// Old URLs of the page.
    pub aliases: Vec<Located<String>>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The first day on which it is public.
    pub publish_on: Option<Date>,
    /// The first day on which it is no longer public.
    pub expire_on: Option<Date>,
    /// When it was last updated.
    pub updated: Option<Date>,
    /// Its image.
    pub image: Option<ImageField>,
    /// Where the subject is offered.
    pub locations: LocationsField,
    /// Codes of the subject.
    pub codes: Vec<Code>,
    /// Sources.
    pub sources: Vec<Source>,
    /// The last clinical review.
    pub review: Option<Review>,
    /// Rules switched off.
    pub allow: Vec<Allow>,
    /// Relations to other pages, by field, in the order of the kind's schema.
    pub relations: Vec<(RelationKey, Vec<Located<String>>)>,
    /// Medicines (treatments).
    pub drugs: Vec<kinds::Drug>,
    /// What sort of examination it is (tests).
    pub category: Option<kinds::TestCategory>,
}

impl FrontMatter {
    /// The day of the page: when it was updated, else when it was last reviewed.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.updated
            .or(self.review.as_ref().map(|review| review.last))
    }

    /// Reads the fields that are a kind's own.
    fn read_own_fields(&mut self, kind: Kind, fields: &Fields<'_>) {
        for spec in kinds::relations(kind) {
            let targets = fields.texts(spec.key.name());
            self.relations.push((spec.key, targets));
        }
        match kind {
            Kind::Treatment => self.drugs = kinds::drugs(fields),
            Kind::MedicalTest => self.category = kinds::category(fields),
            Kind::Condition | Kind::Location | Kind::Article => {}
        }
    }

    /// Gives back the room that its lists were made with and do not need: a site holds the front
    /// matter of every page.
    fn shrink(&mut self) {
        self.also_called.shrink_to_fit();
        self.aliases.shrink_to_fit();
        self.codes.shrink_to_fit();
        self.sources.shrink_to_fit();
        self.allow.shrink_to_fit();
        self.drugs.shrink_to_fit();
        self.relations
            .iter_mut()
            .for_each(|(_, targets)| targets.shrink_to_fit());
        self.relations.shrink_to_fit();
    }
}

/// Fields that other programs have (Jekyll, Hugo, Zola, Astro), with what to write here.
const OF_OTHERS: [(&str, &str); 16] = [
    ("abstract", "write it as `summary`"),
    (
        "date",
        "write `updated`, the day on which the page was last changed",
    ),
    ("description", "write it as `summary`"),
    ("excerpt", "write it as `summary`"),
    ("last_modified_at", "write `updated`"),
    ("lastmod", "write `updated`"),
    (
        "layout",
        "delete it: the kind of a page comes from its collection",
    ),
    ("modified", "write `updated`"),
    (
        "permalink",
        "delete it: the address comes from the file; an old address goes into `aliases`",
    ),
    (
        "published",
        "write `draft: true` for `published: false`, and nothing for `published: true`",
    ),
    ("redirect_from", "write old addresses as `aliases`"),
    (
        "redirect_to",
        "link to the other page; old addresses go into its `aliases`",
    ),
    ("slug", "rename the file: the address comes from it"),
    ("subtitle", "put it into `title` or `summary`"),
    (
        "tags",
        "delete it: related pages are named in relations such as `tests` and `treatments`",
    ),
    (
        "url",
        "delete it: the address comes from the file; an old address goes into `aliases`",
    ),
];

/// Reads the front matter of a page of one kind.
pub(super) fn read(
    source: YamlText,
    kind: Kind,
    presence: Presence,
) -> (FrontMatter, YamlText, Vec<Diagnostic>) {
    let value = match source.parse() {
        Ok(value) => value,
        Err(fault) => return (FrontMatter::default(), source, vec![*fault]),
    };
    let reader = Reader::new(source);
    let mut front = FrontMatter::default();
    if let Some(fields) = reader.fields(&value, "the front matter") {
        front = common(&fields, presence);
        front.read_own_fields(kind, &fields);
        front.is_known = true;
        front.shrink();
        fields.finish_with(&OF_OTHERS);
    }
    let (source, findings) = reader.finish();
    (front, source, findings)
}

fn common(fields: &Fields<'_>, presence: Presence) -> FrontMatter {
    let said = |key| match presence {
        Presence::Required => fields.required_text(key),
        Presence::Optional => fields.text(key),
    };
    FrontMatter {
        title: said("title").map(|text| text.value),
        summary: said("summary").map(|text| text.value),
        also_called: fields
            .texts("also_called")
            .into_iter()
            .map(|text| text.value)
            .collect(),
        aliases: fields.texts("aliases"),
        draft: fields.flag("draft").unwrap_or(false),
        publish_on: fields.date("publish_on"),
        expire_on: fields.date("expire_on"),
        updated: fields.date("updated"),
        image: fields.group("image").and_then(image),
        locations: locations(fields),
        codes: fields
            .groups("codes")
            .into_iter()
            .filter_map(code)
            .collect(),
        sources: fields
            .groups("sources")
            .into_iter()
            .filter_map(source)
            .collect(),
        review: fields.group("review").and_then(review),
        allow: fields
            .groups("allow")
            .into_iter()
            .filter_map(allow)
            .collect(),
        ..FrontMatter::default()
    }
}

fn image(fields: Fields<'_>) -> Option<ImageField> {
    let (src, alt) = (fields.required_text("src"), fields.required_text("alt"));
    fields.finish();
    Some(ImageField {
        src: src?,
        alt: alt?.value,
    })
}

fn locations(fields: &Fields<'_>) -> LocationsField {
    let ids = fields.texts("locations");
    match ids.as_slice() {
        [] => LocationsField::None,
        [one] if one.value == "all" => LocationsField::All,
        _ => LocationsField::Ids(ids),
    }
}

fn code(fields: Fields<'_>) -> Option<Code> {
    let (system, code) = (fields.required_text("system"), fields.required_text("code"));
    let display = fields.text("display").map(|text| text.value);
    fields.finish();
    Some(Code {
        system: system?,
        code: code?,
        display,
    })
}

fn source(fields: Fields<'_>) -> Option<Source> {
    let title = fields.required_text("title");
    let url = fields.web_address("url");
    fields.finish();
    Some(Source {
        title: title?.value,
        url,
    })
}

fn review(fields: Fields<'_>) -> Option<Review> {
    let last = fields.required_date("last");
    let next = fields.date("next");
    let by = fields.group("by").map(|by| {
        let said = (by.required_text("name"), by.text("credentials"));
        by.finish();
        said
    });
    let (name, credentials) = by.unwrap_or_default();
    fields.finish();
    let text = |located: Option<Located<String>>| located.map(|text| text.value);
    Some(Review {
        last: last?,
        next,
        name: text(name),
        credentials: text(credentials),
    })
}

fn allow(fields: Fields<'_>) -> Option<Allow> {
    let (rule, reason) = (fields.required_text("rule"), fields.required_text("reason"));
    let named = rule.as_ref().and_then(|rule| RuleId::named(&rule.value));
    if let (Some(rule), None) = (&rule, named) {
        let help = match did_you_mean(&rule.value, RuleId::ALL.iter().map(|rule| rule.name())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`pamphlet explain` lists the rules".to_owned(),
        };
        fields.report(
            RuleId::BadValue,
            &rule.at,
            format!("there is no rule {:?}", rule.value),
            help,
        );
    }
    let at = fields.path().clone();
    fields.finish();
    Some(Allow {
        rule: named?,
        reason: reason?.value,
        at,
    })
}

impl super::Document {
    /// The place of a value of the front matter.
    #[must_use]
    pub fn field_place<T>(&self, field: &Located<T>) -> Place {
        self.yaml.value_place(&field.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_two_fences() {
        let check = |text: &str, yaml: &str, body: &str, faulty: bool| {
            let split = split(text);
            assert_eq!(
                (&text[split.yaml.clone()], &text[split.body_start..]),
                (yaml, body),
                "{text:?}"
            );
            assert_eq!(split.fault.is_some(), faulty, "{text:?}");
        };
        check("---\na: 1\n---\nBody", "a: 1\n", "Body", false);
        check("---\r\na: 1\r\n---\r\nBody", "a: 1\r\n", "Body", false);
        check("---\n---\n", "", "", false);
        check("Body\n---\n", "", "Body\n---\n", false);
        check("---\na: 1\n", "", "", true);
        check("", "", "", false);
    }
}
