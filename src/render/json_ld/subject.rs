//! What a page is about: a therapy, a condition, a test or a hospital, and what it has to do with
//! other pages.
//!
//! A relation stands on the subject where schema.org has a property for it. Where it has none (a
//! therapy does not say what it treats), the page merely mentions the other subject. Locations are
//! never listed: a page may be of all of them.

use super::node::Node;
use super::page_address;
use crate::config::{Kind, Settings};
use crate::content::kinds::{Drug, RelationKey, TestCategory};
use crate::content::{Code, FrontMatter, Location};
use crate::render::context::{OwnPage, PageContext};
use crate::schema::phone_href;
use crate::site::{Page, PageKind, Summary};

/// What an entry is about; nothing for articles and generated pages.
pub(super) fn subject(own: OwnPage<'_, '_>) -> Option<Node> {
    let (context, page) = (own.context, own.page());
    let kind = entry_kind(&page.kind)?;
    let node = with_names(named(context.settings(), Summary::of(page))?, page);
    Some(match kind {
        Kind::Treatment => node.with(
            "drug",
            front(page).map(|front| front.drugs.iter().map(drug).collect::<Vec<_>>()),
        ),
        Kind::Condition => node
            .with(
                "possibleTreatment",
                related(context, page, RelationKey::Treatments),
            )
            .with("typicalTest", related(context, page, RelationKey::Tests)),
        Kind::MedicalTest => node.with(
            "usedToDiagnose",
            related(context, page, RelationKey::UsedFor),
        ),
        Kind::Location => {
            with_address(node, own).with("availableService", services(context, page, is_service))
        }
        Kind::Article => node,
    })
}

/// The subjects of related pages for which the subject has no property.
pub(super) fn mentions(context: &PageContext<'_>, page: &Page) -> Vec<Node> {
    let keys: &[RelationKey] = match entry_kind(&page.kind) {
        Some(Kind::Treatment) => &[RelationKey::Treats, RelationKey::Tests],
        Some(Kind::Condition) => &[RelationKey::PartOf, RelationKey::Includes],
        Some(Kind::MedicalTest) => &[RelationKey::Treatments],
        Some(Kind::Location) => return services(context, page, |kind| !is_service(kind)),
        Some(Kind::Article) | None => &[],
    };
    keys.iter()
        .flat_map(|key| related(context, page, *key))
        .collect()
}

/// Whether a hospital offers it: a condition is nothing that is offered.
fn is_service(kind: Kind) -> bool {
    matches!(kind, Kind::Treatment | Kind::MedicalTest)
}

fn services(context: &PageContext<'_>, page: &Page, wanted: impl Fn(Kind) -> bool) -> Vec<Node> {
    let offered = page.related(RelationKey::Services).iter();
    let offered = offered.map(|other| context.summary(*other));
    let offered = offered.filter(|other| entry_kind(other.name.kind).is_some_and(&wanted));
    offered
        .filter_map(|other| named(context.settings(), other))
        .collect()
}

fn related(context: &PageContext<'_>, page: &Page, key: RelationKey) -> Vec<Node> {
    let others = page
        .related(key)
        .iter()
        .map(|other| context.summary(*other));
    others
        .filter_map(|other| named(context.settings(), other))
        .collect()
}

/// A subject as other nodes refer to it: type, name and address.
fn named(settings: &Settings, page: Summary<'_>) -> Option<Node> {
    let node = Node::new(subject_type(page)?);
    let url = page_address(settings, page.name.url);
    Some(
        node.with("@id", url.map(|url| url.at("#subject")))
            .with("name", page.name.title)
            .with("url", url),
    )
}

fn subject_type(page: Summary<'_>) -> Option<&'static str> {
    match entry_kind(page.name.kind)? {
        Kind::Treatment => Some("MedicalTherapy"),
        Kind::Condition => Some("MedicalCondition"),
        Kind::MedicalTest => match page.category {
            Some(TestCategory::Imaging) => Some("ImagingTest"),
            _ => Some("MedicalTest"),
        },
        Kind::Location => Some("Hospital"),
        Kind::Article => None,
    }
}

fn entry_kind(kind: &PageKind) -> Option<Kind> {
    match kind {
        PageKind::Entry(kind) => Some(*kind),
        _ => None,
    }
}

fn front(page: &Page) -> Option<&FrontMatter> {
    page.document.as_ref().map(|document| &document.front)
}

/// Adds the other names of the subject and, where schema.org knows them, its codes.
fn with_names(node: Node, page: &Page) -> Node {
    let Some(front) = front(page) else {
        return node;
    };
    let node = node.with("alternateName", front.also_called.as_slice());
    if entry_kind(&page.kind) == Some(Kind::Location) {
        return node;
    }
    node.with("code", front.codes.iter().map(code).collect::<Vec<_>>())
}

fn code(code: &Code) -> Node {
    medical_code(&code.system.value, &code.code.value).with("name", code.display.as_deref())
}

fn medical_code(system: &str, value: &str) -> Node {
    Node::new("MedicalCode")
        .with("codeValue", value)
        .with("codingSystem", system)
}

fn drug(drug: &Drug) -> Node {
    let number = drug.rxnorm.as_ref().map(|number| number.value.as_str());
    Node::new("Drug")
        .with("name", drug.name.as_str())
        .with("nonProprietaryName", drug.name.as_str())
        .with("rxcui", number)
        .with("code", number.map(|number| medical_code("RxNorm", number)))
}

/// Adds where a hospital is. Opening hours are left out: they are words for people, and schema.org
/// wants a notation.
fn with_address(node: Node, own: OwnPage<'_, '_>) -> Node {
    let Some(location) = own.location() else {
        return node;
    };
    let phone = location.phone.as_deref().and_then(phone_href);
    node.with("sameAs", location.url.as_deref())
        .with("address", address(location))
        .with(
            "telephone",
            phone
                .as_deref()
                .and_then(|href| href.strip_prefix("tel:"))
                .map(str::to_owned),
        )
        .with("geo", location.coordinates.map(|(lat, lon)| geo(lat, lon)))
}

fn address(location: &Location) -> Node {
    Node::new("PostalAddress")
        .with("streetAddress", location.street.as_str())
        .with("addressLocality", location.city.as_str())
        .with("addressRegion", location.state.as_str())
        .with("postalCode", location.zip.as_str())
        .with("addressCountry", "US")
}

fn geo(lat: f64, lon: f64) -> Node {
    Node::new("GeoCoordinates")
        .with("latitude", lat)
        .with("longitude", lon)
}
