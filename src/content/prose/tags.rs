//! Code of a template language in text: what other generators would have replaced, and readers would see.
//!
//! Liquid, Jinja and Go templates write `{{ … }}` and `{% … %}`; kramdown writes `{: … }` for attributes, and the
//! shortcodes of Hugo are `{{< … >}}`.

use std::ops::Range;

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
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let tag = TAGS.iter().find_map(|(opening, closing)| {
            let inner = text[open..].strip_prefix(opening)?;
            Some(open + opening.len() + inner.find(closing)? + closing.len())
        });
        at = tag.unwrap_or(open + 1);
        match (tag, found.last_mut()) {
            // `{{ base }}{% link x %}` stands for one thing.
            (Some(end), Some(last)) if last.end == open => last.end = end,
            (Some(end), _) => found.push(open..end),
            (None, _) => {}
        }
    }
    found
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
        check("See {{ site.baseurl }}/x and {% include y.html %}.", &["{{ site.baseurl }}", "{% include y.html %}"]);
        check("{{ base }}{% link x.md %}", &["{{ base }}{% link x.md %}"]);
        check("{:.example-table}", &["{:.example-table}"]);
        check("{{< figure src=\"é.png\" >}}", &["{{< figure src=\"é.png\" >}}"]);
        check("a set {1, 2}, {{ never closed", &[]);
    }
}
