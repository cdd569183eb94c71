//! What a browser would ask for because of a tag of HTML or SVG, and what in a tag the policy blocks.

use super::style;
use super::{Own, Target, excerpt};
use crate::check::proof::Tag;

/// What in a start tag the policy would block, or would tell somebody of the reader; the end of a sentence about the page.
pub(in crate::check) fn breach_of(tag: &Tag, own: Own<'_>) -> Option<String> {
    let name = local(tag.name());
    if is_refused(name) {
        return Some(format!("has a `<{name}>` element"));
    }
    if let Some(what) = script_in(tag, name) {
        return Some(what);
    }
    for (attribute, value) in tag.attributes() {
        // Most attributes, and nothing in them is an address.
        if matches!(attribute, "class" | "id" | "name" | "property") || value.is_empty() {
            continue;
        }
        let Some((address, target)) = asked(tag, name, local(attribute), value, own) else { continue };
        let shown = excerpt(&address);
        let how = match target {
            Target::Itself => format!("has the address `{shown}`, which the policy blocks,"),
            _ => format!("would ask another website for `{shown}`"),
        };
        return Some(format!("{how} in `{}`", excerpt(&tag.to_string())));
    }
    None
}

/// The name without a prefix: in SVG, any prefix may stand for any vocabulary.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Whether an element loads or embeds what the policy refuses.
fn is_refused(name: &str) -> bool {
    matches!(
        name,
        "applet"
            | "audio"
            | "base"
            | "embed"
            | "fencedframe"
            | "frame"
            | "iframe"
            | "object"
            | "portal"
            | "style"
            | "video"
    )
}

/// Scripts and styles that stand in the page itself.
fn script_in(tag: &Tag, name: &str) -> Option<String> {
    for (attribute, value) in tag.attributes() {
        if attribute == "style" || is_handler(attribute) {
            return Some(format!("has an inline `{attribute}` attribute on `<{name}>`"));
        }
        if matches!(local(attribute), "href" | "action" | "formaction") && is_script(value) {
            return Some(format!("has a script in the `{attribute}` of `<{name}>`"));
        }
    }
    let has_source = ["src", "href", "xlink:href"].iter().any(|name| !tag.value(name).is_empty());
    (name == "script" && !has_source && !is_data(tag.value("type"))).then(|| "has an inline script".to_owned())
}

/// The first address in an attribute that a browser would ask for and that is not the site's own.
fn asked(tag: &Tag, name: &str, attribute: &str, value: &str, own: Own<'_>) -> Option<(String, Target)> {
    let foreign = |address: &str| {
        let target = own.target(address);
        (target != Target::Here).then(|| (address.trim().to_owned(), target))
    };
    match attribute {
        "src" | "poster" | "data" | "background" | "action" | "formaction" | "manifest" | "lowsrc" | "dynsrc"
        | "codebase" => foreign(value),
        "href" => is_followed_at_once(tag, name).then(|| foreign(value))?,
        "srcset" | "imagesrcset" => candidates(value).find_map(foreign),
        "ping" | "attributionsrc" => value.split_ascii_whitespace().find_map(foreign),
        "archive" => value.split(',').find_map(foreign),
        // What an animation makes of another attribute.
        "from" | "to" | "by" | "values" => {
            value.split(';').find_map(foreign).filter(|(_, target)| *target == Target::Elsewhere)
        }
        "content" if name == "meta" => meta(tag, value).and_then(foreign),
        // `fill`, `mask`, `filter` and others of SVG.
        _ if value.contains('(') || value.contains('\\') => {
            style::addresses(value).into_iter().find_map(|found| foreign(&found.address))
        }
        _ => None,
    }
}

/// Whether a browser follows the link by itself: `<link>` unless its relations are known to be told and not fetched, and
/// all of SVG but `<a>`.
fn is_followed_at_once(tag: &Tag, name: &str) -> bool {
    const TOLD: &[&str] = &[
        "alternate",
        "author",
        "bookmark",
        "canonical",
        "cite-as",
        "help",
        "license",
        "me",
        "privacy-policy",
        "prev",
        "publisher",
        "shortlink",
        "tag",
        "terms-of-service",
        "up",
    ];
    match name {
        "a" | "area" => false,
        "link" => {
            let relations = tag.value("rel").to_ascii_lowercase();
            !relations.split_ascii_whitespace().all(|relation| TOLD.contains(&relation)) || relations.trim().is_empty()
        }
        _ => true,
    }
}

/// The addresses of a `srcset`: each may be followed by a width, and may itself hold commas.
fn candidates(value: &str) -> impl Iterator<Item = &str> {
    value.split_ascii_whitespace().flat_map(|part| part.split(",,")).flat_map(|part| {
        let part = part.trim_matches(',');
        // `a.png,//e.org/b.png` is one candidate to a browser and two to a writer: both are looked at.
        std::iter::once(part).chain(part.split(',').skip(1))
    })
}

/// The address in a `<meta>` that a browser goes to or fetches.
fn meta<'t>(tag: &Tag, content: &'t str) -> Option<&'t str> {
    let equivalent = tag.value("http-equiv");
    if equivalent.eq_ignore_ascii_case("refresh") {
        // `0; url='x'`, `0, x`, `0 x`
        let (_, rest) = content.split_at(content.find([';', ',', ' '])?);
        let rest = rest.trim_start_matches([';', ',', ' ']);
        let named = rest
            .get(..3)
            .filter(|word| word.eq_ignore_ascii_case("url"))
            .and_then(|_| rest[3..].trim_start().strip_prefix('='));
        return Some(named.unwrap_or(rest).trim_matches([' ', '\'', '"']));
    }
    if equivalent.eq_ignore_ascii_case("x-dns-prefetch-control") && content.trim().eq_ignore_ascii_case("on") {
        return Some("//all-that-the-page-links-to");
    }
    tag.value("name")
        .to_ascii_lowercase()
        .starts_with("msapplication-")
        .then_some(content)
        .filter(|text| text.contains("//"))
}

/// Whether a script's type makes it data that no browser runs.
fn is_data(kind: &str) -> bool {
    ["application/ld+json", "application/json", "text/plain"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// Whether an attribute is an event handler: the shortest of HTML is `oncut`.
fn is_handler(name: &str) -> bool {
    name.len() >= "oncut".len() && name.starts_with("on") && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether an address is a script. Browsers leave out white space and control characters within the scheme.
fn is_script(address: &str) -> bool {
    let mut letters = address.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    "javascript:".chars().all(|letter| letters.next().is_some_and(|c| c.eq_ignore_ascii_case(&letter)))
}
