//! Every kind of page, described with and without the facts that a description may hold.

use serde_json::Value;

use super::*;
use crate::assets::Manifest;
use crate::config::{self, Drafts, RunOptions};
use crate::content;
use crate::diagnostic::RuleId;
use crate::render::Templates;
use crate::render::context::PageContext;
use crate::site::{self, PageIndex, Site};
use crate::source::SourceTree;

const SITE: &str = "title: Heart pages\nsummary: About hearts.\nbase_url: https://example.org/health\n\
                    sections:\n  - title: Conditions & Tests\n    collections: [treatments, conditions, tests]\n";
const THERAPY: &str = "title: Inotropic therapy\nsummary: Medicine for a weak heart.\nalso_called: [Inotropes]\n\
                       treats: [heart-failure]\ntests: [chest-x-ray]\nlocations: all\n\
                       drugs:\n  - {name: milrinone, rxnorm: \"52769\"}\n  - {name: dobutamine}\n\
                       codes:\n  - {system: SNOMED CT, code: \"1\", display: A display}\n\
                       sources:\n  - {title: A source, url: https://example.com/a}\n";
const CONDITION: &str = "title: Heart failure\nsummary: A weak heart.\ntests: [chest-x-ray, ecg]\n";
const X_RAY: &str = "title: Chest X-ray\nsummary: A picture.\ncategory: imaging\n";
const ECG: &str = "title: ECG\nsummary: Signals.\ncategory: physiologic\n";
const LOCATIONS: &str = "- id: union\n  name: Union Hospital\n  street: 1 Main St.\n  city: Baltimore\n  state: MD\n  zip: \"21218\"\n  \
                         lat: 39.25\n  lon: -76.5\n  phone: 410-555-0100\n  hours: Day and night\n  url: https://example.com/union\n";

fn site(settings: &str, therapy: &str) -> Site {
    let page = |front: &str| format!("---\n{front}---\nWords.\n");
    let tree = SourceTree::from_files([
        ("content/site.yaml", settings.to_owned()),
        ("content/locations.yaml", LOCATIONS.to_owned()),
        (
            "content/about.md",
            page("title: About\nsummary: Who we are.\n"),
        ),
        (
            "content/treatments/inotropic-therapy.md",
            page(&format!("{THERAPY}{therapy}")),
        ),
        ("content/conditions/heart-failure.md", page(CONDITION)),
        (
            "content/conditions/cardiomyopathy.md",
            page("title: Cardiomyopathy\nsummary: S.\npart_of: heart-failure\n"),
        ),
        ("content/tests/chest-x-ray.md", page(X_RAY)),
        ("content/tests/ecg.md", page(ECG)),
    ]);
    let run = RunOptions {
        as_of: jiff::civil::date(2026, 3, 1),
        drafts: Drafts::Excluded,
    };
    let (settings, faults) = config::read(&tree, run);
    let (content, more) = content::load(&tree, &settings, &content::Memo::in_memory(None), None);
    assert!(
        faults
            .iter()
            .chain(&more)
            .all(|found| found.rule == RuleId::MissingBaseUrl),
        "{faults:?} {more:?}"
    );
    site::link(&tree, &settings, content)
}

/// The JSON-LD of a page.
fn json_ld_of(site: &Site, index: PageIndex) -> Option<String> {
    let tree = SourceTree::default();
    let (templates, _) = Templates::new(&tree, site, &Manifest::default());
    let context = PageContext::new(site, &tree, &templates);
    json_ld(context.own(index))
}

fn graph(site: &Site, id: &str) -> Vec<Value> {
    let index = site.find(id).unwrap_or_else(|| panic!("no page {id:?}"));
    let text = json_ld_of(site, index).unwrap_or_else(|| panic!("nothing for {id:?}"));
    let whole: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(whole["@context"], "https://schema.org");
    whole["@graph"].as_array().cloned().unwrap_or_default()
}

/// The node of the page itself.
fn page_node(site: &Site, id: &str) -> Value {
    let is_page = |node: &Value| {
        node["@type"]
            .as_str()
            .is_some_and(|of| of.ends_with("Page"))
    };
    graph(site, id)
        .into_iter()
        .find(is_page)
        .unwrap_or_default()
}

fn at<'v>(node: &'v Value, pointer: &str) -> &'v Value {
    node.pointer(pointer).unwrap_or(&Value::Null)
}

#[test]
fn every_page_has_its_types() {
    let site = site(SITE, "");
    let check = |id: &str, expected: &[&str], subject: Option<&str>| {
        let graph = graph(&site, id);
        let types: Vec<_> = graph
            .iter()
            .filter_map(|node| node["@type"].as_str())
            .collect();
        assert_eq!(types, expected, "{id}");
        assert_eq!(
            page_node(&site, id)["about"]["@type"].as_str(),
            subject,
            "{id}"
        );
    };
    check("", &["WebSite", "WebPage"], None);
    check("about", &["WebPage", "BreadcrumbList"], None);
    check("credits", &["WebPage", "BreadcrumbList"], None);
    check("a-z", &["CollectionPage", "BreadcrumbList"], None);
    check("tests", &["CollectionPage", "BreadcrumbList"], None);
    check("locations", &["CollectionPage", "BreadcrumbList"], None);
    check(
        "conditions-and-tests",
        &["CollectionPage", "BreadcrumbList"],
        None,
    );
    check(
        "treatments/inotropic-therapy",
        &["MedicalWebPage", "BreadcrumbList"],
        Some("MedicalTherapy"),
    );
    check(
        "conditions/heart-failure",
        &["MedicalWebPage", "BreadcrumbList"],
        Some("MedicalCondition"),
    );
    check(
        "tests/chest-x-ray",
        &["MedicalWebPage", "BreadcrumbList"],
        Some("ImagingTest"),
    );
    check(
        "tests/ecg",
        &["MedicalWebPage", "BreadcrumbList"],
        Some("MedicalTest"),
    );
    check(
        "locations/union",
        &["WebPage", "BreadcrumbList"],
        Some("Hospital"),
    );
    let not_found = site.find("404.html").expect("there is a 404 page");
    assert_eq!(json_ld_of(&site, not_found), None);
}

#[test]
fn pages_say_what_the_front_matter_says() {
    let site = site(SITE, "");
    let check = |id: &str, pointer: &str, expected: Value| {
        assert_eq!(
            *at(&page_node(&site, id), pointer),
            expected,
            "{id} {pointer}"
        );
    };
    let therapy = "treatments/inotropic-therapy";
    let url = "https://example.org/health/treatments/inotropic-therapy/";
    check(therapy, "/url", url.into());
    check(therapy, "/name", "Inotropic therapy".into());
    check(therapy, "/description", "Medicine for a weak heart.".into());
    check(therapy, "/inLanguage", "en".into());
    check(therapy, "/isPartOf/name", "Heart pages".into());
    check(
        therapy,
        "/isPartOf/url",
        "https://example.org/health/".into(),
    );
    check(therapy, "/audience/@type", "Patient".into());
    check(therapy, "/citation/0/url", "https://example.com/a".into());
    check(therapy, "/about/@id", format!("{url}#subject").into());
    check(therapy, "/about/alternateName/0", "Inotropes".into());
    check(therapy, "/about/code/0/codeValue", "1".into());
    check(therapy, "/about/code/0/codingSystem", "SNOMED CT".into());
    check(therapy, "/about/code/0/name", "A display".into());
    check(
        therapy,
        "/breadcrumb/@id",
        format!("{url}#breadcrumbs").into(),
    );
    check(
        therapy,
        "/about/drug/0/nonProprietaryName",
        "milrinone".into(),
    );
    check(therapy, "/about/drug/0/rxcui", "52769".into());
    check(therapy, "/about/drug/1/rxcui", Value::Null);
    check(therapy, "/about/drug/0/code/codeValue", "52769".into());
    check(therapy, "/about/drug/0/code/codingSystem", "RxNorm".into());
    check(therapy, "/about/drug/1/code", Value::Null);
    check(therapy, "/mentions/0/name", "Heart failure".into());
    check(therapy, "/mentions/1/@type", "ImagingTest".into());
    check(
        "conditions/heart-failure",
        "/about/possibleTreatment/0/@id",
        format!("{url}#subject").into(),
    );
    check(
        "conditions/heart-failure",
        "/about/typicalTest/0/@type",
        "ImagingTest".into(),
    );
    check(
        "conditions/heart-failure",
        "/about/typicalTest/1/@type",
        "MedicalTest".into(),
    );
    check(
        "conditions/heart-failure",
        "/mentions/0/name",
        "Cardiomyopathy".into(),
    );
    check(
        "tests/chest-x-ray",
        "/about/usedToDiagnose/0/name",
        "Heart failure".into(),
    );
    check(
        "tests/chest-x-ray",
        "/mentions/0/@type",
        "MedicalTherapy".into(),
    );
    check("about", "/audience", Value::Null);
}

#[test]
fn hospitals_say_where_they_are() {
    let hospital = page_node(&site(SITE, ""), "locations/union")["about"].take();
    let check =
        |pointer: &str, expected: Value| assert_eq!(*at(&hospital, pointer), expected, "{pointer}");
    check("/name", "Union Hospital".into());
    check("/url", "https://example.org/health/locations/union/".into());
    check("/sameAs", "https://example.com/union".into());
    check("/telephone", "+14105550100".into());
    check("/address/streetAddress", "1 Main St.".into());
    check("/address/addressLocality", "Baltimore".into());
    check("/address/addressRegion", "MD".into());
    check("/address/postalCode", "21218".into());
    check("/address/addressCountry", "US".into());
    check("/geo/latitude", 39.25.into());
    check("/geo/longitude", (-76.5).into());
    check("/availableService/0/name", "Inotropic therapy".into());
    check("/openingHours", Value::Null);
}

#[test]
fn nobody_answers_for_a_page_who_is_not_named() {
    let check = |settings: &str, front: &str, expected: [Value; 5]| {
        let node = page_node(
            &site(&format!("{SITE}{settings}"), front),
            "treatments/inotropic-therapy",
        );
        let pointers = [
            "/publisher/name",
            "/dateModified",
            "/lastReviewed",
            "/reviewedBy/name",
            "/reviewedBy/honorificSuffix",
        ];
        assert_eq!(
            pointers.map(|pointer| at(&node, pointer).clone()),
            expected,
            "{settings} {front}"
        );
    };
    let none = Value::Null;
    let nothing = [const { Value::Null }; 5];
    check("", "", nothing.clone());
    check(
        "contact: {title: Ask us, phone: 410-555-0100}\n",
        "",
        nothing,
    );
    let organisation = "organisation: {name: Heart Trust, url: https://example.com}\n";
    check(
        organisation,
        "",
        [
            "Heart Trust".into(),
            none.clone(),
            none.clone(),
            none.clone(),
            none.clone(),
        ],
    );
    check(
        "",
        "updated: 2026-02-01\n",
        [
            none.clone(),
            "2026-02-01".into(),
            none.clone(),
            none.clone(),
            none.clone(),
        ],
    );
    let review = "review: {last: 2026-01-15}\n";
    check(
        "",
        review,
        [
            none.clone(),
            none.clone(),
            "2026-01-15".into(),
            none.clone(),
            none.clone(),
        ],
    );
    let review = "review: {last: 2026-01-15, by: {name: A. Name, credentials: MD}}\n";
    check(
        "",
        review,
        [
            none.clone(),
            none,
            "2026-01-15".into(),
            "A. Name".into(),
            "MD".into(),
        ],
    );
}

#[test]
fn breadcrumbs_lead_from_home_to_the_page() {
    let site = site(SITE, "");
    let list = graph(&site, "tests/ecg").pop().unwrap_or_default();
    let check = |at: usize, name: &str, path: &str| {
        let step = &list["itemListElement"][at];
        assert_eq!(
            (step["position"].as_u64(), step["name"].as_str()),
            (Some(at as u64 + 1), Some(name))
        );
        assert_eq!(
            step["item"]["@id"],
            format!("https://example.org/health/{path}")
        );
    };
    check(0, "Heart pages", "");
    check(1, "Conditions & Tests", "conditions-and-tests/");
    check(2, "Tests", "tests/");
    check(3, "ECG", "tests/ecg/");
    assert_eq!(list["itemListElement"].as_array().map(Vec::len), Some(4));
}

#[test]
fn without_a_base_url_no_address_of_the_site_is_said() {
    let site = site(
        &SITE.replace("base_url: https://example.org/health\n", ""),
        "",
    );
    for (index, page) in site.pages() {
        let text = json_ld_of(&site, index).unwrap_or_default();
        let said = ["\"@id\"", "BreadcrumbList", "\"url\":\"/"].map(|word| text.contains(word));
        assert_eq!(said, [false; 3], "{}: {text}", page.id);
    }
    let therapy = page_node(&site, "treatments/inotropic-therapy");
    assert_eq!(therapy["about"]["name"], "Inotropic therapy");
    assert_eq!(therapy["citation"][0]["url"], "https://example.com/a");
}

#[test]
fn a_title_cannot_end_the_script() {
    let site = site(
        &SITE.replace("Heart pages", "\"A </script><b> & \\\"B\\\"\""),
        "",
    );
    let text = json_ld_of(&site, site.find("").expect("there is a home page")).unwrap_or_default();
    assert!(!text.contains(['<', '>', '&']), "{text}");
    assert_eq!(page_node(&site, "")["name"], "A </script><b> & \"B\"");
}
