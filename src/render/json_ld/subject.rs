//! What a page is about: a therapy, a condition, a test or a hospital, and what it has to do with
//! other pages.
//!
//! A relation stands on the subject where schema.org has a property for it. Where it has none (a
//! therapy does not say what it treats), the page merely mentions the other subject. Locations are
//! never listed: a page may be of all of them.

use super::node::Node;
use super::page_address;
use crate::config::Kind;
use crate::content::kinds::{Drug, RelationKey, TestCategory};
use crate::content::{Code, FrontMatter, Location};
use crate::schema::phone_href;
use crate::site::{Page, PageIndex, PageKind, Site};

/// What an entry is about; nothing for articles and generated pages.
pub(super) fn subject(site: &Site, index: PageIndex) -> Option<Node> {
    let page = site.page(index);
    let kind = entry_kind(page)?;
    let node = with_names(named(site, index)?, page);
    Some(match kind {
        Kind::Treatment => node.with(
            "drug",
            front(page).map(|front| front.drugs.iter().map(drug).collect::<Vec<_>>()),
        ),
        Kind::Condition => node
            .with(
                "possibleTreatment",
                related(site, page, RelationKey::Treatments),
            )
            .with("typicalTest", related(site, page, RelationKey::Tests)),
        Kind::MedicalTest => node.with("usedToDiagnose", related(site, page, RelationKey::UsedFor)),
        Kind::Location => with_address(node, site, index)
            .with("availableService", services(site, page, is_service)),
        Kind::Article => node,
    })
}

/// The subjects of related pages for which the subject has no property.
pub(super) fn mentions(site: &Site, index: PageIndex) -> Vec<Node> {
    let page = site.page(index);
    let keys: &[RelationKey] = match entry_kind(page) {
        Some(Kind::Treatment) => &[RelationKey::Treats, RelationKey::Tests],
        Some(Kind::Condition) => &[RelationKey::PartOf, RelationKey::Includes],
        Some(Kind::MedicalTest) => &[RelationKey::Treatments],
        Some(Kind::Location) => return services(site, page, |kind| !is_service(kind)),
        Some(Kind::Article) | None => &[],
    };
    keys.iter()
        .flat_map(|key| related(site, page, *key))
        .collect()
}

/// Whether a hospital offers it: a condition is nothing that is offered.
fn is_service(kind: Kind) -> bool {
    matches!(kind, Kind::Treatment | Kind::MedicalTest)
}

fn services(site: &Site, page: &Page, wanted: impl Fn(Kind) -> bool) -> Vec<Node> {
    let offered = page.related(RelationKey::Services).iter().copied();
    let offered = offered.filter(|other| entry_kind(site.page(*other)).is_some_and(&wanted));
    offered.filter_map(|other| named(site, other)).collect()
}

fn related(site: &Site, page: &Page, key: RelationKey) -> Vec<Node> {
    page.related(key)
        .iter()
        .filter_map(|other| named(site, *other))
        .collect()
}

/// A subject as other nodes refer to it: type, name and address.
fn named(site: &Site, index: PageIndex) -> Option<Node> {
    let page = site.page(index);
    let node = Node::new(subject_type(page)?);
    let url = page_address(site, page);
    Some(
        node.with("@id", url.map(|url| url.at("#subject")))
            .with("name", page.title.as_str())
            .with("url", url),
    )
}

fn subject_type(page: &Page) -> Option<&'static str> {
    match entry_kind(page)? {
        Kind::Treatment => Some("MedicalTherapy"),
        Kind::Condition => Some("MedicalCondition"),
        Kind::MedicalTest => {
            let is_imaging =
                front(page).is_some_and(|front| front.category == Some(TestCategory::Imaging));
            Some(if is_imaging {
                "ImagingTest"
            } else {
                "MedicalTest"
            })
        }
        Kind::Location => Some("Hospital"),
        Kind::Article => None,
    }
}

fn entry_kind(page: &Page) -> Option<Kind> {
    match page.kind {
        PageKind::Entry(kind) => Some(kind),
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
    if entry_kind(page) == Some(Kind::Location) {
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
fn with_address(node: Node, site: &Site, index: PageIndex) -> Node {
    let Some(location) = site.location_of(index) else {
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
