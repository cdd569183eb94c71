//! The credits page: the notices that code systems and data ask for.

use super::context::PageContext;
use super::view::{CreditsView, NoticeView};

/// A work, when it is used, and the notice that its owner asks for.
struct Notice {
    /// The name of the code system in front matter; nothing for the finder's data.
    system: Option<&'static str>,
    title: &'static str,
    text: &'static str,
    url: &'static str,
}

const NOTICES: &[Notice] = &[
    Notice {
        system: Some("LOINC"),
        title: "LOINC",
        text: "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, \
               Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost \
               under the license at http://loinc.org/license. LOINC® is a registered United States trademark of \
               Regenstrief Institute, Inc.",
        url: "https://loinc.org/license/",
    },
    Notice {
        system: Some("SNOMED CT"),
        title: "SNOMED CT",
        text: "This material includes SNOMED Clinical Terms® (SNOMED CT®) which is used by permission of the International \
               Health Terminology Standards Development Organisation (IHTSDO). All rights reserved. SNOMED CT® was \
               originally created by The College of American Pathologists. “SNOMED” and “SNOMED CT” are registered \
               trademarks of the IHTSDO.",
        url: "https://www.snomed.org/get-snomed",
    },
    Notice {
        system: Some("RxNorm"),
        title: "RxNorm",
        text: "This product uses publicly available data courtesy of the U.S. National Library of Medicine (NLM), National \
               Institutes of Health, Department of Health and Human Services; NLM is not responsible for the product and \
               does not endorse or recommend this or any other product.",
        url: "https://www.nlm.nih.gov/research/umls/rxnorm/docs/termsofservice.html",
    },
    Notice {
        system: Some("ICD-10-CM"),
        title: "ICD-10-CM",
        text: "The codes of ICD-10-CM are published by the National Center for Health Statistics (NCHS) of the Centers for \
               Disease Control and Prevention and are in the public domain.",
        url: "https://www.cdc.gov/nchs/icd/icd-10-cm/",
    },
    Notice {
        system: None,
        title: "ZIP code locations",
        text: "The distance finder uses the centers of ZIP Code Tabulation Areas of the U.S. Census Bureau (2021), which \
               are in the public domain.",
        url: "https://www.census.gov/geographies/reference-files.html",
    },
    Notice {
        system: None,
        title: "Cities, and ZIP codes of post offices",
        text: "The distance finder uses names of cities, and ZIP codes that have no area of their own, from GeoNames \
               (www.geonames.org), licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). They were \
               shortened to what is near the locations of this site.",
        url: "https://www.geonames.org/",
    },
];

/// The credits page of a site: only what the site uses.
pub(super) fn view(context: &PageContext<'_>, body: String) -> CreditsView {
    let used = context.code_systems();
    let points = context.locations().iter();
    let points = points.filter(|(location, _)| location.coordinates.is_some());
    let has_finder = points.count() > 1;
    let is_used = |notice: &&Notice| {
        notice
            .system
            .map_or(has_finder, |system| used.contains(system))
    };
    let notice = |notice: &Notice| NoticeView {
        title: notice.title.to_owned(),
        text: notice.text.to_owned(),
        url: notice.url.to_owned(),
    };
    CreditsView {
        body,
        notices: NOTICES.iter().filter(is_used).map(notice).collect(),
    }
}
