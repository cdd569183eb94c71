//! `content/locations.yaml`: the list of hospitals and clinics.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::text;
use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::memo::{Input, Key, Table};
use crate::schema::{Fields, Reader, YamlText};
use crate::source::{SourceTree, Span};
use crate::yaml::{Value, YamlPath};

/// One entry of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Location {
    /// Its id, the last part of its page's URL.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// City.
    pub city: String,
    /// State, two letters.
    pub state: String,
    /// ZIP code.
    pub zip: String,
    /// Degrees north and east.
    pub coordinates: Option<(f64, f64)>,
    /// Phone number, as people write it.
    pub phone: Option<String>,
    /// Region, for grouping.
    pub region: Option<String>,
    /// Opening hours, as written.
    pub hours: Option<String>,
    /// The location's own website.
    pub url: Option<String>,
    /// Where the entry stands.
    pub place: Place,
    /// Where its ZIP code stands.
    pub zip_place: Place,
}

/// The list as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LocationList {
    /// The sound entries, in the order of the file.
    pub entries: Vec<Location>,
    /// Whether there may be others, which could not be read.
    pub is_partial: bool,
}

/// The list, and what is wrong with it.
pub(super) type Read = (Arc<LocationList>, Vec<Diagnostic>);

/// Reads the list, unless the memo has it; a site without the file has no locations.
pub(super) fn read(tree: &SourceTree, settings: &Settings, memo: &Table<Read>) -> Arc<Read> {
    let path = settings.content_path("locations.yaml");
    let key = Key::of(&path);
    memo.get(key, tree).unwrap_or_else(|| {
        let (list, found) = parse(tree, settings);
        memo.put(key, vec![Input::File(path)], tree, (Arc::new(list), found))
    })
}

fn parse(tree: &SourceTree, settings: &Settings) -> (LocationList, Vec<Diagnostic>) {
    let unreadable = || LocationList {
        entries: Vec::new(),
        is_partial: true,
    };
    let path = settings.content_path("locations.yaml");
    let Some(bytes) = tree.get(path.as_str()) else {
        let is_partial = tree.problems().any(|(problem, _)| *problem == path);
        return (
            LocationList {
                entries: Vec::new(),
                is_partial,
            },
            Vec::new(),
        );
    };
    let (text, mark) = match text::decode(&path, bytes) {
        Ok(text) => text,
        Err(found) => return (unreadable(), vec![*found]),
    };
    let source = YamlText::new(&path, bytes, Span::new(mark, text.len()));
    let value = match source.parse() {
        Ok(value) => value,
        Err(fault) => return (unreadable(), vec![*fault]),
    };
    let places = source.clone();
    let reader = Reader::new(source);
    let mut locations: Vec<Location> = Vec::new();
    let is_empty = matches!(&value, Value::Mapping(fields) if fields.is_empty());
    let mut is_partial = !is_empty && !matches!(value, Value::Sequence(_));
    let mut twice = Vec::new();
    for fields in reader.items(&value, "the file") {
        let at = fields.path().clone();
        let Some(location) = location(fields, &places) else {
            is_partial = true;
            continue;
        };
        match locations.iter().find(|other| other.id == location.id) {
            Some(first) => twice.push(duplicate(
                &location,
                first,
                places.value_place(&at.key("id")),
            )),
            None => locations.push(location),
        }
    }
    let (_, mut findings) = reader.finish();
    findings.extend(twice);
    (
        LocationList {
            entries: locations,
            is_partial,
        },
        findings,
    )
}

fn duplicate(location: &Location, first: &Location, place: Place) -> Diagnostic {
    Diagnostic::new(
        RuleId::DuplicateId,
        place,
        format!("two locations have the id {:?}", location.id),
    )
    .related(first.place.clone(), "the first one")
    .help("give one of them another id")
}

fn location(fields: Fields<'_>, places: &YamlText) -> Option<Location> {
    let text = |key| {
        fields
            .required_text(key)
            .map(|text| text.value)
            .unwrap_or_default()
    };
    let optional = |key| fields.text(key).map(|text| text.value);
    let id = fields.required_text("id");
    let place = places.value_place(&fields.path().key("id"));
    let location = Location {
        id: id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        name: text("name"),
        street: text("street"),
        city: text("city"),
        state: text("state"),
        zip: fields.zip("zip").map(|zip| zip.value).unwrap_or_default(),
        coordinates: coordinates(&fields),
        phone: fields.phone("phone").map(|phone| phone.value),
        region: optional("region"),
        hours: optional("hours"),
        url: fields.web_address("url").map(|url| url.value),
        place,
        zip_place: places.value_place(&fields.path().key("zip")),
    };
    let id = id.filter(|id| {
        let sound = is_id(&id.value);
        if !sound {
            let message = format!("`{}` cannot be a part of an address: {:?}", id.at, id.value);
            fields.report(
                RuleId::BadValue,
                &id.at,
                message,
                "use lower-case letters, digits and hyphens",
            );
        }
        sound
    });
    fields.finish();
    id.map(|_| location)
}

fn is_id(text: &str) -> bool {
    let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.bytes().all(sound)
}

fn coordinates(fields: &Fields<'_>) -> Option<(f64, f64)> {
    let (lat, lon) = (fields.number("lat"), fields.number("lon"));
    let lat = lat.filter(|lat| in_range(fields, &lat.at, lat.value, 90.0));
    let lon = lon.filter(|lon| in_range(fields, &lon.at, lon.value, 180.0));
    let help = match (fields.has_value("lat"), fields.has_value("lon")) {
        // Other findings say what is wrong with them.
        (true, true) => return Some((lat?.value, lon?.value)),
        (true, false) => "add `lon`, the degrees east (negative in America)",
        (false, true) => "add `lat`, the degrees north",
        (false, false) => "add `lat` and `lon`, in degrees: a map shows them for any address",
    };
    let message =
        "this location has no coordinates: no directions, and no place in the list by distance";
    fields.report(
        RuleId::MissingCoordinates,
        &fields.path().key("id"),
        message.to_owned(),
        help,
    );
    None
}

fn in_range(fields: &Fields<'_>, at: &YamlPath, value: f64, limit: f64) -> bool {
    let sound = value.abs() <= limit;
    if !sound {
        let message = format!("`{at}` is {value} degrees, and there are only {limit}");
        fields.report(
            RuleId::BadCoordinates,
            at,
            message,
            "check the number; latitude comes first, then longitude",
        );
    }
    sound
}
