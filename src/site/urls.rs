//! Addresses: from the id of a page to its URL and its file, and from aliases to redirects.

use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{AliasFault, AliasProblem, Page, PageIndex, Redirect};
use crate::config::Settings;
use crate::content::composed;
use crate::output::OutputPath;

/// What may not stand in the path of a URL as it is (the path percent-encode set of the URL
/// standard, and `%`).
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'\'')
    .add(b'&');

/// A path with every character that a URL path cannot hold written as `%XX`.
#[must_use]
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// What may not stand anywhere in an address; what is written as `%XX` already stays so.
const ADDRESS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A whole address with what no address can hold written as `%XX`.
pub(super) fn encode_address(address: &str) -> String {
    utf8_percent_encode(address, ADDRESS).to_string()
}

/// The root-relative URL of the page of an id.
#[must_use]
pub fn page_url(settings: &Settings, id: &str) -> Arc<str> {
    let slash = if id.is_empty() { "" } else { "/" };
    format!("{}{}{slash}", settings.root(), encode(&composed(id))).into()
}

/// The file of the page of an id.
pub(super) fn page_output(id: &str) -> Option<OutputPath> {
    let slash = if id.is_empty() { "" } else { "/" };
    OutputPath::new(&format!("{}{slash}index.html", composed(id)))
}

/// The redirects that the aliases of all pages ask for.
pub(super) fn redirects(settings: &Settings, pages: &[Page]) -> (Vec<Redirect>, Vec<AliasFault>) {
    let (mut redirects, mut faults) = (Vec::new(), Vec::new());
    for (at, page) in pages.iter().enumerate() {
        let aliases = page
            .document
            .iter()
            .flat_map(|document| &document.front.aliases);
        for (index, alias) in aliases.enumerate() {
            let fault = |problem| AliasFault {
                page: PageIndex(at),
                index,
                problem,
            };
            match alias_path(settings, &alias.value) {
                Some(path) if page.output.as_ref() == Some(&path) => {
                    faults.push(fault(AliasProblem::OwnAddress));
                }
                Some(path) => redirects.push(redirect(settings, &path, PageIndex(at), index)),
                None => faults.push(fault(AliasProblem::NotAPath)),
            }
        }
    }
    redirects.sort_by(|a, b| (&a.output, a.target, a.index).cmp(&(&b.output, b.target, b.index)));
    (redirects, faults)
}

fn redirect(settings: &Settings, path: &OutputPath, target: PageIndex, index: usize) -> Redirect {
    let shown = path
        .as_str()
        .strip_suffix("index.html")
        .unwrap_or(path.as_str());
    Redirect {
        output: path.clone(),
        url: format!("{}{}", settings.root(), encode(shown)),
        target,
        index,
    }
}

/// The file of an alias: `/old/page/`, `old/page` → `old/page/index.html`; `/old.html` →
/// `old.html`.
fn alias_path(settings: &Settings, alias: &str) -> Option<OutputPath> {
    let decoded = percent_encoding::percent_decode_str(alias)
        .decode_utf8()
        .ok()?;
    let path = decoded.strip_prefix(settings.root()).unwrap_or(&decoded);
    let path = composed(path.strip_prefix('/').unwrap_or(path));
    if path.contains(['?', '#']) || path.is_empty() || alias.starts_with("//") {
        return None;
    }
    let is_file = path.ends_with(".html") || path.ends_with(".htm");
    let file = if is_file {
        path.into_owned()
    } else {
        format!("{}/index.html", path.trim_end_matches('/'))
    };
    OutputPath::new(&file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded() {
        let check = |path: &str, expected: &str| assert_eq!(encode(path), expected);
        check("tests/chest-x-ray", "tests/chest-x-ray");
        check("a b/#1 100%", "a%20b/%231%20100%25");
        check("❤", "%E2%9D%A4");
    }
}
