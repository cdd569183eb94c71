//! Reading `content/site.yaml`.

mod finder;
mod rules;
mod search;

use std::ops::RangeInclusive;

use super::{BaseUrl, Collection, Contact, Kind, Organisation, RawHtml, Section, Settings};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::schema::{Fields, Reader, YamlText, did_you_mean};
use crate::source::{FileBytes, SourcePath, Span};

/// Reads the file into the settings; what is faulty keeps its default.
pub(super) fn read(
    path: &SourcePath,
    file: &FileBytes,
    settings: &mut Settings,
) -> Vec<Diagnostic> {
    let has_mark = file.text().is_some_and(|text| text.starts_with('\u{feff}'));
    let mark = if has_mark { '\u{feff}'.len_utf8() } else { 0 };
    let source = YamlText::new(path, file, Span::new(mark, file.length()));
    let value = match source.parse() {
        Ok(value) => value,
        Err(fault) => return vec![*fault],
    };
    let reader = Reader::new(source);
    let mut missing = None;
    if let Some(fields) = reader.fields(&value, "the file") {
        identity(&fields, settings);
        if !fields.has_value("base_url") {
            missing = Some(missing_base_url(path));
        }
        settings.organisation = fields.group("organisation").and_then(organisation);
        settings.contact = fields.group("contact").and_then(contact);
        settings.collections = collections(&fields);
        settings.sections = sections(&fields, settings);
        if let Some(finder) = fields.group("finder") {
            settings.finder = finder::read(finder);
        }
        if let Some(reading) = fields.group("reading") {
            settings.reading = rules::reading(reading);
        }
        if let Some(limits) = fields.group("limits") {
            settings.limits = rules::limits(limits);
        }
        if let Some(search) = fields.group("search") {
            settings.search = search::read(search);
        }
        if let Some(budgets) = fields.group("budgets") {
            settings.budgets = rules::budgets(budgets);
        }
        if let Some(policies) = fields.group("policies") {
            read_policies(policies, settings);
        }
        if let Some(levels) = fields.group("rules") {
            rules::levels(&levels, settings);
        }
        fields.finish();
    }
    reader.finish().1.into_iter().chain(missing).collect()
}

/// The finding that a site does not know its own address.
pub(super) fn missing_base_url(path: &SourcePath) -> Diagnostic {
    let message = "without `base_url` there are no canonical links, no sitemap and no feed";
    let found = Diagnostic::new(RuleId::MissingBaseUrl, Place::file(path), message);
    found.help("add a line `base_url: https://\u{2026}` to site.yaml")
}

fn identity(fields: &Fields<'_>, settings: &mut Settings) {
    if let Some(title) = fields.required_text("title") {
        settings.title = title.value;
    }
    settings.summary = fields.text("summary").map(|text| text.value);
    settings.disclaimer = fields.text("disclaimer").map(|text| text.value);
    if let Some(language) = fields.text("language") {
        if is_language_tag(&language.value) {
            settings.language = language.value;
        } else {
            let message = format!("`language` is no language tag: {:?}", language.value);
            fields.report(
                RuleId::BadValue,
                &language.at,
                message,
                "write a tag such as en, es or en-US",
            );
        }
    }
    if let Some(url) = fields.text("base_url") {
        settings.base_url = BaseUrl::new(&url.value);
        if settings.base_url.is_none() {
            let message = format!("`base_url` is no address of a site: {:?}", url.value);
            fields.report(
                RuleId::BadValue,
                &url.at,
                message,
                "write it like https://example.org/ or https://example.org/health/",
            );
        }
    }
}

fn is_language_tag(text: &str) -> bool {
    let part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let primary = text.split('-').next().expect("a split has a part");
    text.split('-').all(part) && (2..=3).contains(&primary.len())
}

fn organisation(fields: Fields<'_>) -> Option<Organisation> {
    let name = fields.required_text("name");
    let url = fields.web_address("url").map(|text| text.value);
    fields.finish();
    name.map(|name| Organisation {
        name: name.value,
        url,
    })
}

fn contact(fields: Fields<'_>) -> Option<Contact> {
    let title = fields.required_text("title");
    let text = fields
        .texts("text")
        .into_iter()
        .map(|text| text.value)
        .collect();
    let phone = fields.phone("phone").map(|text| text.value);
    let email = fields.text("email");
    let email = email.filter(|email| {
        let sound = is_email(&email.value);
        if !sound {
            let message = format!("`{}` is no e-mail address: {:?}", email.at, email.value);
            fields.report(
                RuleId::BadValue,
                &email.at,
                message,
                "write it like name@example.org",
            );
        }
        sound
    });
    fields.finish();
    title.map(|title| Contact {
        title: title.value,
        text,
        email: email.map(|email| email.value),
        phone,
    })
}

fn is_email(text: &str) -> bool {
    let strange = |c: char| c.is_whitespace() || c.is_control() || "<>\"?#/\\,;:&%".contains(c);
    let parts = text.split_once('@').filter(|(_, host)| !host.contains('@'));
    parts.is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !text.contains(strange)
    })
}

fn collections(fields: &Fields<'_>) -> Vec<Collection> {
    let mut found: Vec<Collection> = Vec::new();
    for group in fields.groups("collections") {
        let folder = group.required_text("folder");
        let kind = group.required_text("kind");
        let title = group.required_text("title");
        if let (Some(folder), Some(kind), Some(title)) = (folder, kind, title) {
            if !is_folder_name(&folder.value) {
                let message = format!(
                    "`{}` cannot be a folder of the site: {:?}",
                    folder.at, folder.value
                );
                group.report(
                    RuleId::BadValue,
                    &folder.at,
                    message,
                    "use lower-case letters, digits and hyphens",
                );
            } else if found.iter().any(|other| other.folder == folder.value) {
                let message = format!("the folder {:?} is declared twice", folder.value);
                group.report(
                    RuleId::DuplicateId,
                    &folder.at,
                    message,
                    "keep one of the two",
                );
            } else if let Some(kind) = known_kind(&group, &kind.value, &kind.at) {
                found.push(Collection {
                    folder: folder.value,
                    kind,
                    title: title.value,
                });
            }
        }
        group.finish();
    }
    add_missing(&mut found);
    found
}

/// A site that declares no collections has those of the built-in kinds; locations always have
/// theirs.
fn add_missing(found: &mut Vec<Collection>) {
    let declared = !found.is_empty();
    for kind in Kind::ALL {
        let wanted =
            !declared || (kind == Kind::Location && !found.iter().any(|other| other.kind == kind));
        if let Some((folder, title)) = kind.default_collection()
            && wanted
            && !found.iter().any(|other| other.folder == folder)
        {
            found.push(Collection {
                folder: folder.to_owned(),
                kind,
                title: title.to_owned(),
            });
        }
    }
}

fn known_kind(group: &Fields<'_>, name: &str, at: &crate::yaml::YamlPath) -> Option<Kind> {
    let kind = Kind::named(name);
    if kind.is_none() {
        let names = Kind::ALL.map(Kind::name);
        let help = match did_you_mean(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known kinds: {}", names.join(", ")),
        };
        group.report(
            RuleId::BadValue,
            at,
            format!("there is no kind {name:?}"),
            help,
        );
    }
    kind
}

fn is_folder_name(name: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty()
        && name.bytes().all(sound)
        && !["assets", "a-z", "credits", "search"].contains(&name)
}

fn sections(fields: &Fields<'_>, settings: &Settings) -> Vec<Section> {
    let mut found = Vec::new();
    for group in fields.groups("sections") {
        let title = group.required_text("title");
        let folders = group.texts("collections");
        for folder in &folders {
            if settings.collection(&folder.value).is_none() {
                let names = settings
                    .collections
                    .iter()
                    .map(|collection| collection.folder.as_str());
                let help = match did_you_mean(&folder.value, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "declare it under `collections`".to_owned(),
                };
                group.report(
                    RuleId::BadValue,
                    &folder.at,
                    format!("there is no collection {:?}", folder.value),
                    help,
                );
            }
        }
        if let Some(title) = title {
            let slug = slug(&title.value);
            let collections = folders.into_iter().map(|folder| folder.value).collect();
            found.push(Section {
                title: title.value,
                slug,
                collections,
            });
        }
        group.finish();
    }
    found
}

/// `Conditions & Tests` → `conditions-and-tests`.
fn slug(title: &str) -> String {
    let words = title.replace('&', " and ").to_lowercase();
    let words: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        "section".to_owned()
    } else {
        words.join("-")
    }
}

fn read_policies(fields: Fields<'_>, settings: &mut Settings) {
    if fields.flag("raw_html") == Some(true) {
        settings.raw_html = RawHtml::Allowed;
    }
    if fields.has_value("link_hosts") {
        settings.link_hosts = Some(link_hosts(&fields));
    }
    if let Some(ancestors) = fields.text("frame_ancestors") {
        let source = |word: &str| {
            word == "'self'"
                || (word.starts_with("https://") && !word.contains([';', ',', '\'', '"']))
        };
        let words: Vec<&str> = ancestors.value.split_whitespace().collect();
        if words == ["'none'"] || (!words.is_empty() && words.iter().all(|word| source(word))) {
            settings.frame_ancestors = words.join(" ");
        } else {
            let message = format!(
                "`{}` is no list of sites: {:?}",
                ancestors.at, ancestors.value
            );
            let help = "write \"'none'\", \"'self'\", or https:// addresses with a space between";
            fields.report(RuleId::BadValue, &ancestors.at, message, help);
        }
    }
    fields.finish();
}

/// Host names; one with a dot before it stands for all hosts below it.
fn link_hosts(fields: &Fields<'_>) -> Vec<String> {
    let mut hosts = Vec::new();
    for host in fields.texts("link_hosts") {
        let name = host.value.strip_prefix('.').unwrap_or(&host.value);
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        let is_whole = name.contains('.') || name.len() < host.value.len();
        if is_whole && !name.is_empty() && name.bytes().all(sound) {
            hosts.push(host.value.to_ascii_lowercase());
        } else {
            let message = format!("`{}` is no host name: {:?}", host.at, host.value);
            fields.report(
                RuleId::BadValue,
                &host.at,
                message,
                "write a name such as medlineplus.gov, or .gov for all below it",
            );
        }
    }
    hosts
}

/// A number, if it is there and within a range; else a finding that says what is wanted.
fn number_within(
    fields: &Fields<'_>,
    key: &'static str,
    range: RangeInclusive<f64>,
    wanted: &str,
) -> Option<f64> {
    let number = fields.number(key)?;
    if range.contains(&number.value) {
        return Some(number.value);
    }
    let message = format!("`{}` is {}", number.at, number.value);
    fields.report(
        RuleId::BadValue,
        &number.at,
        message,
        format!("write {wanted}"),
    );
    None
}
