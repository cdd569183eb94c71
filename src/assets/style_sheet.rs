//! One style sheet from many: the `@import`s at the head of a style sheet, put in place.
//!
//! A theme keeps one file a component and lists them in `site.css` with `@import "./x.css"
//! layer(y);`. A browser would fetch them one by one, so the generator puts each in place of its
//! import, inside of its layer. Only what keeps its meaning in another place is moved: when any
//! imported file has an `@import` or a `url()` of its own, or is not there, the style sheet stays
//! as it is, and works as it is.

use super::AssetFiles;

/// Puts imported style sheets in place; those that were only imported are left out.
pub(super) fn bundle(files: &AssetFiles) -> AssetFiles {
    let mut bundled = files.clone();
    let sheets = files.keys().filter(|name| name.ends_with(".css"));
    let whole: Vec<_> = sheets
        .filter_map(|name| Some((name, inline(files, name)?)))
        .collect();
    for (_, sheet) in &whole {
        for part in &sheet.parts {
            bundled.remove(part);
        }
    }
    for (name, sheet) in whole {
        if let Some((_, origin)) = files.get(name) {
            bundled.insert(
                name.clone(),
                (sheet.text.into_bytes().into(), origin.clone()),
            );
        }
    }
    bundled
}

struct Whole {
    text: String,
    parts: Vec<String>,
}

/// The style sheet with its imports in place, if it has any and all can be moved.
fn inline(files: &AssetFiles, name: &str) -> Option<Whole> {
    let text = text_of(files, name)?;
    let (mut whole, mut parts) = (String::new(), Vec::new());
    for line in text.lines() {
        match line.trim().strip_prefix("@import") {
            Some(import) => {
                let import = Import::of(import)?;
                let part = resolve(name, import.path)?;
                let inner = text_of(files, &part)
                    .filter(|text| !text.contains("@import") && !text.contains("url("))?;
                whole.push_str(&in_layer(&compact(inner), import.layer));
                parts.push(part);
            }
            None => {
                whole.push_str(&compact(line));
                whole.push('\n');
            }
        }
    }
    (!parts.is_empty()).then_some(Whole { text: whole, parts })
}

fn text_of<'f>(files: &'f AssetFiles, name: &str) -> Option<&'f str> {
    files.get(name)?.0.text().map(|text| &**text)
}

fn in_layer(css: &str, layer: Option<&str>) -> String {
    match layer {
        Some(layer) => format!("@layer {layer} {{\n{css}}}\n"),
        None => format!("{css}\n"),
    }
}

/// `"./tokens.css" layer(tokens);`
struct Import<'t> {
    path: &'t str,
    layer: Option<&'t str>,
}

impl<'t> Import<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let text = text.trim().strip_suffix(';')?.trim();
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (path, rest) = text[1..].split_once(quote)?;
        let rest = rest.trim();
        if rest.is_empty() {
            return Some(Self { path, layer: None });
        }
        let layer = rest.strip_prefix("layer(")?.strip_suffix(')')?;
        Some(Self {
            path,
            layer: Some(layer),
        })
        .filter(|_| !layer.contains(['(', ')', ' ']))
    }
}

/// The asset that a relative path in another asset names.
fn resolve(from: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Takes out comments and indentation, which no browser needs.
fn compact(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    // A comment inside of a string would be content, so a sheet with a quote before `/*` on its
    // line stays as it is.
    while let Some(at) = rest.find("/*") {
        let line = rest[..at].rsplit('\n').next().expect("a split has a part");
        let Some(end) = rest[at..]
            .find("*/")
            .filter(|_| !line.contains(['"', '\'']))
        else {
            break;
        };
        bare.push_str(&rest[..at]);
        rest = &rest[at + end + 2..];
    }
    bare.push_str(rest);
    let lines = bare.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::with_capacity(bare.len()), |text, line| {
        text + line + "\n"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Origin;

    fn check(files: &[(&str, &str)], expected: &[(&str, &str)]) {
        let origin = Origin::Generated("a test");
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (text.as_bytes().into(), origin.clone())));
        let bundled = bundle(&files.collect());
        let found: Vec<_> = bundled
            .iter()
            .map(|(name, (bytes, _))| (name.as_str(), bytes.text().map_or("?", |text| &**text)))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn imports_are_put_in_place() {
        check(
            &[
                ("a/b.css", "/* b */\n.b {\n  c: d;\n}\n"),
                (
                    "s.css",
                    "@layer x;\n@import \"./a/b.css\" layer(x);\n.e {}\n",
                ),
            ],
            &[(
                "s.css",
                "@layer x;\n\n@layer x {\n.b {\nc: d;\n}\n}\n.e {}\n\n",
            )],
        );
    }

    #[test]
    fn what_would_change_its_meaning_stays() {
        let sheet = ("s.css", "@import \"b.css\";\n");
        for other in ["@import \"c.css\";", ".b { background: url(x.png) }"] {
            check(&[("b.css", other), sheet], &[("b.css", other), sheet]);
        }
        check(&[sheet], &[sheet]);
        let media = ("s.css", "@import \"b.css\" print;\n");
        check(&[("b.css", ""), media], &[("b.css", ""), media]);
    }
}
