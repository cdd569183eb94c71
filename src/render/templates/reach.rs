//! Which templates a page goes through, so that another template's change leaves the page alone.
//!
//! Reads the names in `extends`, `include` and `import`. A tag whose name is no literal may reach
//! any template, and a file that defines components is reached by all.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::Digest;

/// A template: a digest of its text, and what [`names`] finds in it.
struct Template<'t> {
    digest: Digest,
    names: Option<Vec<&'t str>>,
}

/// Stands for each template with all that it reaches; `seen_by_all` is what every template sees.
///
/// Each text is read once, however many templates reach it: a build of a small site spends much of
/// its time here.
pub(super) fn fingerprints(
    files: &[(String, &str)],
    seen_by_all: &[&str],
) -> BTreeMap<String, Digest> {
    let templates: BTreeMap<&str, Template<'_>> = files
        .iter()
        .map(|(name, text)| (name.as_str(), Template::new(text)))
        .collect();
    let shared: Vec<&str> = files
        .iter()
        .filter(|(_, text)| text.contains("component "))
        .map(|(name, _)| name.as_str())
        .collect();
    let seen_by_all = Digest::of_parts(seen_by_all.iter().map(|text| text.as_bytes()));
    let fingerprint = |name: &str| {
        let parts = reached(&templates, name, &shared)
            .into_iter()
            .flat_map(|name| [Some(name.as_bytes()), digest_of(&templates, name)]);
        Digest::of_parts(parts.flatten().chain([seen_by_all.as_bytes().as_slice()]))
    };
    templates
        .keys()
        .map(|name| ((*name).to_owned(), fingerprint(name)))
        .collect()
}

impl<'t> Template<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            digest: Digest::of(text.as_bytes()),
            names: names(text),
        }
    }
}

fn digest_of<'d>(templates: &'d BTreeMap<&str, Template<'_>>, name: &str) -> Option<&'d [u8]> {
    let template = templates.get(name)?;
    Some(template.digest.as_bytes())
}

fn reached<'t>(
    templates: &BTreeMap<&'t str, Template<'t>>,
    from: &'t str,
    shared: &[&'t str],
) -> BTreeSet<&'t str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = shared.iter().copied().chain([from]).collect();
    while let Some(name) = open.pop() {
        if !reached.insert(name) {
            continue;
        }
        match templates.get(name).map(|template| &template.names) {
            Some(Some(names)) => open.extend(names),
            Some(None) => return templates.keys().copied().collect(),
            None => {}
        }
    }
    reached
}

/// The templates that a text names; nothing where a name is worked out only when a page is
/// rendered.
fn names(text: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    for tag in text.split("{%").skip(1) {
        let tag = tag
            .split("%}")
            .next()
            .unwrap_or(tag)
            .trim_start_matches('-')
            .trim_start();
        if !["extends", "include", "import", "from"]
            .iter()
            .any(|word| tag.starts_with(word))
        {
            continue;
        }
        let before = found.len();
        for quote in ['"', '\''] {
            found.extend(tag.split(quote).skip(1).step_by(2));
        }
        if found.len() == before {
            return None;
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_changes_the_pages_that_go_through_it() {
        let theme = [
            (
                "base.html",
                "{% block main %}{% endblock %}{% include \"foot.html\" %}",
            ),
            ("foot.html", "foot"),
            ("article.html", "{%- extends 'base.html' -%}"),
            ("alone.html", "<p>{% if x %}\"foot.html\"{% endif %}"),
            ("any.html", "{% include page.template %}"),
        ];
        let of = |changed: &str| {
            let files: Vec<_> = theme
                .iter()
                .map(|(name, text)| {
                    (
                        (*name).to_owned(),
                        if *name == changed {
                            "{# changed #}"
                        } else {
                            *text
                        },
                    )
                })
                .collect();
            fingerprints(&files, &["site"])
        };
        let check = |changed: &str, expected: &[&str]| {
            let (before, after) = (of(""), of(changed));
            let differ: Vec<_> = before
                .keys()
                .filter(|name| before[*name] != after[*name])
                .map(String::as_str)
                .collect();
            assert_eq!(differ, expected, "{changed}");
        };
        check(
            "foot.html",
            &["any.html", "article.html", "base.html", "foot.html"],
        );
        check("alone.html", &["alone.html", "any.html"]);
        check("article.html", &["any.html", "article.html"]);
        let files = [("a.html".to_owned(), "x")];
        assert_ne!(
            fingerprints(&files, &["site"]),
            fingerprints(&files, &["other"])
        );
    }
}
