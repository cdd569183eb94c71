//! What a page is about: a therapy, a condition, a test or a hospital, and what it has to do with
//! other pages.
//!
//! A relation stands on the subject where schema.org has a property for it. Where it has none (a
//! therapy does not say what it treats), the page merely mentions the other subject. Locations are
//! never listed: a page may be of all of them.

use super::address;
use super::node::{Drug, GeoCoordinates, MedicalCode, PostalAddress, Subject};
use crate::config::{Kind, Settings};
use crate::content::kinds::{self, RelationKey, TestCategory};
use crate::content::{Code, Location};
use crate::render::context::{OwnPage, PageContext};
use crate::schema::phone_href;
use crate::site::{Page, PageKind, Summary};

/// What an entry is about; nothing for articles and generated pages.
pub(super) fn subject<'s>(own: OwnPage<'_, 's>) -> Option<Subject<'s>> {
    let (context, page) = (own.context, own.page());
    let kind = entry_kind(&page.kind)?;
    let front = page.document.as_ref().map(|document| &document.front);
    let mut subject = named(context.settings(), Summary::of(page))?;
    if let Some(front) = front {
        subject.alternate_name = &front.also_called;
        if kind != Kind::Location {
            subject.code = front.codes.iter().map(code).collect();
        }
        if kind == Kind::Treatment {
            subject.drug = front.drugs.iter().map(drug).collect();
        }
    }
    let related = |key| related(context, page, key);
    match kind {
        Kind::Condition => {
            subject.possible_treatment = related(RelationKey::Treatments);
            subject.typical_test = related(RelationKey::Tests);
        }
        Kind::MedicalTest => subject.used_to_diagnose = related(RelationKey::UsedFor),
        Kind::Location => {
            if let Some(location) = own.location() {
                add_place(&mut subject, location);
            }
            subject.available_service = services(context, page, is_service);
        }
        Kind::Treatment | Kind::Article => {}
    }
    Some(subject)
}

/// The subjects of related pages for which the subject has no property.
pub(super) fn mentions<'s>(context: &PageContext<'s>, page: &Page) -> Vec<Subject<'s>> {
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

fn services<'s>(
    context: &PageContext<'s>,
    page: &Page,
    wanted: impl Fn(Kind) -> bool,
) -> Vec<Subject<'s>> {
    let offered = page.related(RelationKey::Services).iter();
    let offered = offered.map(|other| context.summary(*other));
    let offered = offered.filter(|other| entry_kind(other.name.kind).is_some_and(&wanted));
    offered
        .filter_map(|other| named(context.settings(), other))
        .collect()
}

fn related<'s>(context: &PageContext<'s>, page: &Page, key: RelationKey) -> Vec<Subject<'s>> {
    let others = page.related(key).iter();
    others
        .filter_map(|other| named(context.settings(), context.summary(*other)))
        .collect()
}

/// A subject as others refer to it: type, name and address.
fn named<'s>(settings: &'s Settings, page: Summary<'s>) -> Option<Subject<'s>> {
    let url = address(settings, page.name.url);
    Some(Subject {
        of: subject_type(page)?,
        id: url.map(|url| url.at("#subject")),
        name: page.name.title,
        url,
        ..Subject::default()
    })
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

fn code(code: &Code) -> MedicalCode<'_> {
    MedicalCode {
        code_value: &code.code.value,
        coding_system: &code.system.value,
        name: code.display.as_deref(),
    }
}

fn drug(drug: &kinds::Drug) -> Drug<'_> {
    let number = drug.rxnorm.as_ref().map(|number| number.value.as_str());
    Drug {
        name: &drug.name,
        non_proprietary_name: &drug.name,
        rxcui: number,
        code: number.map(|number| MedicalCode {
            code_value: number,
            coding_system: "RxNorm",
            name: None,
        }),
    }
}

/// Adds where a hospital is. Opening hours are left out: they are words for people, and schema.org
/// wants a notation.
fn add_place<'s>(subject: &mut Subject<'s>, location: &'s Location) {
    let phone = location.phone.as_deref().and_then(phone_href);
    let number = phone.as_deref().and_then(|href| href.strip_prefix("tel:"));
    subject.same_as = location.url.as_deref();
    subject.address = Some(PostalAddress {
        street_address: &location.street,
        address_locality: &location.city,
        address_region: &location.state,
        postal_code: &location.zip,
        address_country: "US",
    });
    subject.telephone = number.map(str::to_owned);
    subject.geo = location
        .coordinates
        .map(|(latitude, longitude)| GeoCoordinates {
            latitude,
            longitude,
        });
}
