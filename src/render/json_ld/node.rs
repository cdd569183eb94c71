//! The values that JSON-LD is made of.
//!
//! A **node** is a JSON object of one type whose members stand in the order in which they were added, whatever the JSON
//! library does with maps; what is absent or empty is never written. The finished text never holds a character that
//! could end the `<script>` around it.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

/// Room for the text of most pages; a longer one makes its own.
const ROOM: usize = 4096;

/// Most objects have so many members, or fewer.
const MEMBERS: usize = 4;

/// A value of a member.
pub(super) enum Json<'s> {
    Absent,
    Text(Cow<'s, str>),
    Address(Address<'s>),
    Whole(u32),
    Number(f64),
    Node(Node<'s>),
    List(Vec<Node<'s>>),
    Texts(&'s [String]),
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

/// An object of one type.
pub(super) struct Node<'s> {
    members: Vec<(&'static str, Json<'s>)>,
}

impl Address<'_> {
    /// The address of something on the page.
    pub(super) fn at(self, fragment: &'static str) -> Self {
        Self { fragment, ..self }
    }
}

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        [self.origin, self.url, self.fragment].into_iter().try_for_each(|part| f.write_str(part))
    }
}

impl<'s> Node<'s> {
    /// An object of a type of schema.org.
    pub(super) fn new(of: &'static str) -> Self {
        let mut members = Vec::with_capacity(MEMBERS);
        members.push(("@type", of.into()));
        Self { members }
    }

    /// An object that is described elsewhere, by its address.
    pub(super) fn reference(id: Address<'s>) -> Self {
        Self { members: vec![("@id", id.into())] }
    }

    /// The object with one more member; an absent or empty value adds none.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<Json<'s>>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.members.push((name, value));
        }
        self
    }
}

impl Json<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::Text(text) => text.is_empty(),
            Self::List(nodes) => nodes.is_empty(),
            Self::Texts(texts) => texts.is_empty(),
            Self::Address(_) | Self::Whole(_) | Self::Number(_) | Self::Node(_) => false,
        }
    }
}

impl<'s> From<&'s str> for Json<'s> {
    fn from(text: &'s str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'s> From<Address<'s>> for Json<'s> {
    fn from(address: Address<'s>) -> Self {
        Self::Address(address)
    }
}

impl From<u32> for Json<'_> {
    fn from(number: u32) -> Self {
        Self::Whole(number)
    }
}

impl From<f64> for Json<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl<'s> From<Node<'s>> for Json<'s> {
    fn from(node: Node<'s>) -> Self {
        Self::Node(node)
    }
}

impl<'s> From<Vec<Node<'s>>> for Json<'s> {
    fn from(nodes: Vec<Node<'s>>) -> Self {
        Self::List(nodes)
    }
}

impl<'s> From<&'s [String]> for Json<'s> {
    fn from(texts: &'s [String]) -> Self {
        Self::Texts(texts)
    }
}

impl<'s, T: Into<Json<'s>>> From<Option<T>> for Json<'s> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.members.iter().map(|(name, value)| (name, value)))
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Address(address) => serializer.collect_str(address),
            Self::Whole(number) => serializer.serialize_u32(*number),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Node(node) => node.serialize(serializer),
            Self::List(nodes) => nodes.serialize(serializer),
            Self::Texts(texts) => texts.serialize(serializer),
        }
    }
}

/// The text of a whole document: the nodes as one graph.
pub(super) fn document(graph: Vec<Node>) -> Option<String> {
    let whole = Node { members: vec![("@context", "https://schema.org".into()), ("@graph", graph.into())] };
    let mut json = Vec::with_capacity(ROOM);
    serde_json::to_writer(&mut json, &whole).ok()?;
    String::from_utf8(json).ok().map(safe_in_script)
}

/// Writes what HTML or JavaScript would read as its own as `\uXXXX`; in JSON it stands inside strings only.
fn safe_in_script(mut json: String) -> String {
    // Most documents have none of them: to ask all bytes for one at once takes a part of the time of seeking each.
    let may_be = |byte: u8| matches!(byte, b'<' | b'>' | b'&') || byte == SEPARATOR;
    if !json.bytes().fold(false, |found, byte| found | may_be(byte)) {
        return json;
    }
    for (sign, escape) in ESCAPES {
        if json.contains(sign) {
            json = json.replace(sign, escape);
        }
    }
    json
}

/// The first byte of U+2028 and U+2029.
const SEPARATOR: u8 = 0xe2;

const ESCAPES: [(char, &str); 5] =
    [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026"), ('\u{2028}', "\\u2028"), ('\u{2029}', "\\u2029")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_safe_inside_a_script() {
        let check = |text: &str, expected: &str| {
            let found = document(vec![Node::new("Thing").with("name", text)]).unwrap_or_default();
            let expected =
                format!(r#"{{"@context":"https://schema.org","@graph":[{{"@type":"Thing","name":"{expected}"}}]}}"#);
            assert_eq!(found, expected, "{text:?}");
            let read: serde_json::Value = serde_json::from_str(&found).expect("it is JSON");
            assert_eq!(read["@graph"][0]["name"], text);
        };
        check("Heart failure", "Heart failure");
        check("</script><!--", r"\u003c/script\u003e\u003c!--");
        check("Q&A \"x\" \\ <", r#"Q\u0026A \"x\" \\ \u003c"#);
        check("a\u{2028}b\u{2029}c", r"a\u2028b\u2029c");
        check("❤ Größe", "❤ Größe");
    }

    #[test]
    fn what_is_absent_is_not_written() {
        let node = Node::new("Thing")
            .with("z", None::<String>)
            .with("y", "")
            .with("x", Vec::new())
            .with("b", 1)
            .with("a", 0.5);
        assert_eq!(serde_json::to_string(&node).unwrap_or_default(), r#"{"@type":"Thing","b":1,"a":0.5}"#);
    }
}
