//! Code of a template language in text: what other generators would have replaced, and readers
//! would see.
//!
//! Liquid, Jinja and Go templates write `{{ … }}` and `{% … %}`; kramdown writes `{: … }` for
//! attributes, and the shortcodes of Hugo are `{{< … >}}`.

use std::ops::Range;

use memchr::memchr;

/// The openings with the closings that belong to them.
const TAGS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{:", "}")];

/// Replaces template code by as many spaces, so that nobody takes it for words.
pub(super) fn blank(text: &mut String, tag: Range<usize>) {
    let spaces = " ".repeat(tag.len());
    text.replace_range(tag, &spaces);
}

/// Where template code stands in a text.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(open) = memchr(b'{', &text.as_bytes()[at..]).map(|open| at + open) {
        let tag = TAGS.iter().find_map(|(opening, closing)| {
            let inner = text[open..].strip_prefix(opening)?;
            Some(open + opening.len() + inner.find(closing)? + closing.len())
        });
        at = tag.unwrap_or(open + 1);
        match (tag, found.last_mut()) {
            // `{{ base }}{% link x %}` stands for one thing.
            (Some(end), Some(last)) if last.end == open => last.end = end,
            (Some(end), _) => {
                let end = end_of_block(text, open, end);
                at = end;
                found.push(open..end);
            }
            (None, _) => {}
        }
    }
    found
}

/// The end of the block that a tag opens, for blocks whose text is not shown as it is; else the end
/// of the tag.
fn end_of_block(text: &str, open: usize, end: usize) -> usize {
    const BLOCKS: [(&str, &str); 4] = [
        ("comment", "endcomment"),
        ("highlight", "endhighlight"),
        ("raw", "endraw"),
        ("::comment", ":/comment"),
    ];
    let name = text[open + 1..end].trim_start_matches(['%', '-', ' ']);
    let closing = BLOCKS
        .iter()
        .find(|(opening, _)| name.starts_with(opening))
        .map(|(_, closing)| *closing);
    let close = closing.and_then(|closing| Some(end + text[end..].find(closing)?));
    close
        .and_then(|close| Some(close + text[close..].find('}')? + 1))
        .unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_code_is_found_and_braces_alone_are_not() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<_> = find(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check(
            "See {{ site.baseurl }}/x and {% include y.html %}.",
            &["{{ site.baseurl }}", "{% include y.html %}"],
        );
        check("{{ base }}{% link x.md %}", &["{{ base }}{% link x.md %}"]);
        check("{:.example-table}", &["{:.example-table}"]);
        check(
            "{{< figure src=\"é.png\" >}}",
            &["{{< figure src=\"é.png\" >}}"],
        );
        check(
            "a {% comment %} b {% endcomment %} c",
            &["{% comment %} b {% endcomment %}"],
        );
        check(
            "a {%- raw -%}{{ b }}{% endraw %}",
            &["{%- raw -%}{{ b }}{% endraw %}"],
        );
        check(
            "a {::comment} b {:/comment} c",
            &["{::comment} b {:/comment}"],
        );
        check("a {% comment %} b", &["{% comment %}"]);
        check("a set {1, 2}, {{ never closed", &[]);
    }
}
