//! The values that JSON-LD is made of.
//!
//! A **node** is a JSON object of one type whose members stand in the order in which they were
//! added; what is absent or empty is never written. It is text from the beginning: every page has
//! some dozens of members, and most of their texts stand as they are. The finished text never holds
//! a character that could end the `<script>` around it.

use std::borrow::Cow;
use std::fmt::Write;

/// Room for the text of most nodes; a longer one makes its own.
const ROOM: usize = 256;

/// A value of a member.
pub(super) enum Json<'s> {
    Absent,
    Text(Cow<'s, str>),
    Address(Address<'s>),
    Whole(u32),
    Number(f64),
    Node(Node),
    List(Vec<Node>),
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

/// An object of one type: its text without the brace at its end.
pub(super) struct Node(String);

impl Address<'_> {
    /// The address of something on the page.
    pub(super) fn at(self, fragment: &'static str) -> Self {
        Self { fragment, ..self }
    }
}

impl Node {
    /// An object of a type of schema.org.
    pub(super) fn new(of: &'static str) -> Self {
        Self::begin("@type", of.into())
    }

    /// An object that is described elsewhere, by its address.
    pub(super) fn reference(id: Address<'_>) -> Self {
        Self::begin("@id", id.into())
    }

    fn begin(name: &'static str, value: Json<'_>) -> Self {
        let mut node = Self(String::with_capacity(ROOM));
        node.0.push('{');
        node.push(name, value);
        node
    }

    /// The object with one more member; an absent or empty value adds none.
    pub(super) fn with<'s>(mut self, name: &'static str, value: impl Into<Json<'s>>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.0.push(',');
            self.push(name, value);
        }
        self
    }

    /// Adds a member. Names are words of schema.org, which stand as they are.
    fn push(&mut self, name: &'static str, value: Json<'_>) {
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        value.write(&mut self.0);
    }

    /// The text of the object.
    fn close(mut self) -> String {
        self.0.push('}');
        self.0
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

    fn write(self, json: &mut String) {
        match self {
            Self::Absent => json.push_str("null"),
            Self::Text(text) => push_text(json, &[&text]),
            Self::Address(Address {
                origin,
                url,
                fragment,
            }) => push_text(json, &[origin, url, fragment]),
            // A text takes whatever is written to it.
            Self::Whole(number) => drop(write!(json, "{number}")),
            // As a value of the library, a number is written as JSON has it.
            Self::Number(number) => drop(write!(json, "{}", serde_json::Value::from(number))),
            Self::Node(node) => json.push_str(&node.close()),
            Self::List(nodes) => push_list(json, nodes, |json, node| json.push_str(&node.close())),
            Self::Texts(texts) => push_list(json, texts, |json, text| push_text(json, &[text])),
        }
    }
}

fn push_list<T>(
    json: &mut String,
    items: impl IntoIterator<Item = T>,
    push: impl Fn(&mut String, T),
) {
    json.push('[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        push(json, item);
    }
    json.push(']');
}

/// Adds the parts of a text in quotation marks. Most have nothing that JSON writes in another way.
fn push_text(json: &mut String, parts: &[&str]) {
    let is_special = |byte: u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    json.push('"');
    for part in parts {
        if part
            .bytes()
            .fold(false, |found, byte| found | is_special(byte))
        {
            let quoted = serde_json::Value::from(*part).to_string();
            let inner = quoted
                .strip_prefix('"')
                .and_then(|rest| rest.strip_suffix('"'));
            json.push_str(inner.unwrap_or_default());
        } else {
            json.push_str(part);
        }
    }
    json.push('"');
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

impl From<Node> for Json<'_> {
    fn from(node: Node) -> Self {
        Self::Node(node)
    }
}

impl From<Vec<Node>> for Json<'_> {
    fn from(nodes: Vec<Node>) -> Self {
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

/// The text of a whole document: the nodes as one graph.
pub(super) fn document(graph: Vec<Node>) -> String {
    let context = Node::begin("@context", "https://schema.org".into());
    safe_in_script(context.with("@graph", graph).close())
}

/// Writes what HTML or JavaScript would read as its own as `\uXXXX`; in JSON it stands inside
/// strings only.
fn safe_in_script(mut json: String) -> String {
    // Most documents have none of them: to ask all bytes for one at once takes a part of the time
    // of seeking each.
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

const ESCAPES: [(char, &str); 5] = [
    ('<', "\\u003c"),
    ('>', "\\u003e"),
    ('&', "\\u0026"),
    ('\u{2028}', "\\u2028"),
    ('\u{2029}', "\\u2029"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_safe_inside_a_script() {
        let check = |text: &str, expected: &str| {
            let found = document(vec![Node::new("Thing").with("name", text)]);
            let expected = format!(
                r#"{{"@context":"https://schema.org","@graph":[{{"@type":"Thing","name":"{expected}"}}]}}"#
            );
            assert_eq!(found, expected, "{text:?}");
            let read: serde_json::Value = serde_json::from_str(&found).expect("it is JSON");
            assert_eq!(read["@graph"][0]["name"], text);
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
    fn what_is_absent_is_not_written() {
        let texts = ["p".to_owned(), "q\"".to_owned()];
        let node = Node::new("Thing")
            .with("z", None::<String>)
            .with("y", "")
            .with("x", Vec::new())
            .with("b", 1)
            .with("a", 0.5)
            .with("c", texts.as_slice())
            .with("d", vec![Node::new("E"), Node::new("F").with("g", -71.0)]);
        let expected = concat!(
            r#"{"@type":"Thing","b":1,"a":0.5,"c":["p","q\""],"#,
            r#""d":[{"@type":"E"},{"@type":"F","g":-71.0}]}"#
        );
        assert_eq!(node.close(), expected);
    }
}
