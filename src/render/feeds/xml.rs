//! Text as XML.
//!
//! Owns the only way from text to XML here: nothing that a page says may end an element or an
//! attribute.

/// The head of every XML file.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// An element on a line of its own that holds only text.
pub(super) fn element(indent: &str, name: &str, text: &str) -> String {
    format!("{indent}<{name}>{}</{name}>\n", escape(text))
}

/// Text for an element or a quoted attribute; characters that XML 1.0 forbids are dropped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'.. => escaped.push(c),
            // XML can hold a carriage return only as a reference: a bare one is read as the end of
            // a line.
            '\r' => escaped.push_str("&#13;"),
            _ => {}
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_forbidden_characters_are_dropped() {
        let check = |text: &str, expected: &str| assert_eq!(escape(text), expected, "{text:?}");
        check("Größe ❤ 𝛼", "Größe ❤ 𝛼");
        check(
            "A & B < C > \"D\" 'E'",
            "A &amp; B &lt; C &gt; &quot;D&quot; &apos;E&apos;",
        );
        check("]]>", "]]&gt;");
        check("a\u{0}b\u{8}c\u{1b}d\u{fffe}e\u{ffff}f", "abcdef");
        check("a\tb\nc\rd", "a\tb\nc&#13;d");
    }
}
