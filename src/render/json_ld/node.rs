//! The objects that JSON-LD is made of, with their members in the order in which they are written.
//!
//! What is absent or empty is never written. The finished text never holds a character that could
//! end the `<script>` around it.

use serde::{Serialize, Serializer};

/// A whole document: the nodes as one graph.
#[derive(Serialize)]
pub(super) struct Document<'s> {
    #[serde(rename = "@context")]
    pub(super) context: &'static str,
    #[serde(rename = "@graph")]
    pub(super) graph: Vec<Node<'s>>,
}

/// A node of the graph.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Node<'s> {
    WebSite(WebSite<'s>),
    WebPage(Box<WebPage<'s>>),
    Breadcrumbs(BreadcrumbList<'s>),
}

/// The absolute address of something on a page.
#[derive(Clone, Copy)]
pub(super) struct Address<'s> {
    /// The scheme and the host of the site.
    pub(super) origin: &'s str,
    /// The URL of the page.
    pub(super) url: &'s str,
    /// What on the page, with its `#`; empty for the page itself.
    pub(super) fragment: &'static str,
}

impl Address<'_> {
    /// The address of something on the page.
    pub(super) fn at(self, fragment: &'static str) -> Self {
        Self { fragment, ..self }
    }
}

impl Serialize for Address<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            origin,
            url,
            fragment,
        } = self;
        serializer.collect_str(&format_args!("{origin}{url}{fragment}"))
    }
}

/// An object that is described elsewhere.
#[derive(Serialize)]
pub(super) struct Reference<'s> {
    #[serde(rename = "@id")]
    pub(super) id: Address<'s>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct WebSite<'s> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Address<'s>>,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<Address<'s>>,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) description: Option<&'s str>,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) in_language: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<Organization<'s>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebPage<'s> {
    #[serde(rename = "@type")]
    pub(super) of: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Address<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<Address<'s>>,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) description: Option<&'s str>,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) in_language: &'s str,
    pub(super) is_part_of: WebSite<'s>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<Organization<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) audience: Option<Patient>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) about: Option<Subject<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) mentions: Vec<Subject<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) primary_image_of_page: Option<ImageObject<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) date_modified: Option<jiff::civil::Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) last_reviewed: Option<jiff::civil::Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reviewed_by: Option<Person<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) citation: Vec<CreativeWork<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) breadcrumb: Option<Reference<'s>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct BreadcrumbList<'s> {
    #[serde(rename = "@id")]
    pub(super) id: Address<'s>,
    pub(super) item_list_element: Vec<ListItem<'s>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct ListItem<'s> {
    pub(super) position: u32,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    pub(super) item: Reference<'s>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Organization<'s> {
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) url: Option<&'s str>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct Patient {}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct ImageObject<'s> {
    pub(super) content_url: Address<'s>,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) caption: &'s str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Person<'s> {
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) honorific_suffix: Option<&'s str>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct CreativeWork<'s> {
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) url: Option<&'s str>,
}

/// A therapy, a condition, a test or a hospital. As others refer to it, it has type, address and
/// name alone.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subject<'s> {
    #[serde(rename = "@type")]
    pub(super) of: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<Address<'s>>,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<Address<'s>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) alternate_name: &'s [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) code: Vec<MedicalCode<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) drug: Vec<Drug<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) possible_treatment: Vec<Subject<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) typical_test: Vec<Subject<'s>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) used_to_diagnose: Vec<Subject<'s>>,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) same_as: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<PostalAddress<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) telephone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) geo: Option<GeoCoordinates>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) available_service: Vec<Subject<'s>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct MedicalCode<'s> {
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) code_value: &'s str,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) coding_system: &'s str,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) name: Option<&'s str>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct Drug<'s> {
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) name: &'s str,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) non_proprietary_name: &'s str,
    #[serde(skip_serializing_if = "is_absent")]
    pub(super) rxcui: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<MedicalCode<'s>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
pub(super) struct PostalAddress<'s> {
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) street_address: &'s str,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) address_locality: &'s str,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) address_region: &'s str,
    #[serde(skip_serializing_if = "is_empty")]
    pub(super) postal_code: &'s str,
    pub(super) address_country: &'static str,
}

/// Degrees north and east.
#[derive(Serialize)]
#[serde(tag = "@type")]
pub(super) struct GeoCoordinates {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

fn is_empty(text: &&str) -> bool {
    text.is_empty()
}

#[expect(
    clippy::ref_option_ref,
    reason = "the library gives a reference to the member"
)]
fn is_absent(text: &Option<&str>) -> bool {
    text.is_none_or(str::is_empty)
}

/// What HTML or JavaScript would read as its own; in JSON it stands inside strings only.
const ESCAPES: [(char, &str); 5] = [
    ('<', "\\u003c"),
    ('>', "\\u003e"),
    ('&', "\\u0026"),
    ('\u{2028}', "\\u2028"),
    ('\u{2029}', "\\u2029"),
];

impl Document<'_> {
    /// The text of the document, safe inside a script.
    pub(super) fn text(&self) -> String {
        let mut json = serde_json::to_string(self).expect("texts and numbers can be written");
        for (sign, escape) in ESCAPES {
            if json.contains(sign) {
                json = json.replace(sign, escape);
            }
        }
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(organization: Organization<'_>) -> String {
        let site = WebSite {
            id: None,
            name: "",
            url: None,
            description: Some(""),
            in_language: None,
            publisher: Some(organization),
        };
        let graph = vec![Node::WebSite(site)];
        Document {
            context: "https://schema.org",
            graph,
        }
        .text()
    }

    #[test]
    fn the_text_is_safe_inside_a_script() {
        let check = |text: &str, expected: &str| {
            let found = written(Organization {
                name: text,
                url: None,
            });
            let expected = format!(
                r#"{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","publisher":{{"@type":"Organization","name":"{expected}"}}}}]}}"#
            );
            assert_eq!(found, expected, "{text:?}");
            let read: serde_json::Value = serde_json::from_str(&found).expect("it is JSON");
            assert_eq!(read["@graph"][0]["publisher"]["name"], text);
        };
        check("Heart failure", "Heart failure");
        check("</script><!--", r"\u003c/script\u003e\u003c!--");
        check("Q&A \"x\" \\ <", r#"Q\u0026A \"x\" \\ \u003c"#);
        check("\"x\"", r#"\"x\""#);
        check("\"", r#"\""#);
        check("a\tb\u{1}", r"a\tb\u0001");
        check("a\u{2028}b\u{2029}c", r"a\u2028b\u2029c");
        check("❤ Größe", "❤ Größe");
    }

    #[test]
    fn what_is_absent_or_empty_is_not_written() {
        let expected = r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","publisher":{"@type":"Organization"}}]}"#;
        assert_eq!(
            written(Organization {
                name: "",
                url: Some("")
            }),
            expected
        );
    }
}
