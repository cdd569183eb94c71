//! What a browser would ask for because of a tag of HTML or SVG, and what in a tag the policy
//! blocks.

use super::style;
use super::{Own, Target, excerpt};
use crate::check::markup::Tag;

/// What a breach comes to where no policy stands in its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Effect {
    /// It shows what the file itself holds, and asks nobody.
    Shows,
    /// It asks another website, embeds something, or runs.
    Acts,
}

/// The first thing in a start tag that the policy would block, or that would tell somebody of the
/// reader, of those whose effect is asked for: the end of a sentence about the page.
pub(in crate::check) fn breach(
    tag: &Tag,
    own: Own<'_>,
    is_asked: impl Fn(Effect) -> bool,
) -> Option<String> {
    if !may_breach(tag) {
        return None;
    }
    each_breach(tag, own).find_map(|(effect, what)| is_asked(effect).then_some(what))
}

fn each_breach<'t>(tag: &'t Tag, own: Own<'t>) -> impl Iterator<Item = (Effect, String)> + 't {
    let name = local(tag.name());
    let effect = if name == "style" {
        Effect::Shows
    } else {
        Effect::Acts
    };
    let refused = is_refused(name).then(|| (effect, format!("has a `<{name}>` element")));
    let is_inline = name == "script" && !has_source(tag) && !is_data(tag.value("type"));
    let inline = is_inline.then(|| (Effect::Acts, "has an inline script".to_owned()));
    let in_attributes = telling(tag).flat_map(move |(attribute, value)| {
        let inline = inline_code(name, attribute, value);
        inline
            .into_iter()
            .chain(request(tag, name, attribute, value, own))
    });
    refused.into_iter().chain(inline).chain(in_attributes)
}

/// Whether a start tag may have a breach. Most say nothing that a browser would ask for, and to see
/// that takes less time.
fn may_breach(tag: &Tag) -> bool {
    let name = local(tag.name());
    name == "script" || is_refused(name) || tag.has_attribute(|name| !is_silent(name))
}

/// The name without a prefix: in SVG, any prefix may stand for any vocabulary.
fn local(name: &str) -> &str {
    name.bytes()
        .rposition(|byte| byte == b':')
        .map_or(name, |colon| &name[colon + 1..])
}

/// Whether an element loads or embeds what the policy refuses.
fn is_refused(name: &str) -> bool {
    // As bytes, a name is told from others by its length first.
    matches!(
        name.as_bytes(),
        b"applet"
            | b"audio"
            | b"base"
            | b"embed"
            | b"fencedframe"
            | b"frame"
            | b"iframe"
            | b"object"
            | b"portal"
            | b"style"
            | b"video"
    )
}

/// The attributes that may hold an address, a script or a style: most cannot.
fn telling(tag: &Tag) -> impl Iterator<Item = (&str, &str)> {
    tag.attributes()
        .filter(|(name, _)| !is_silent(name.as_bytes()))
}

/// Whether an attribute holds words, names or numbers only, whatever its element.
fn is_silent(name: &[u8]) -> bool {
    matches!(
        name,
        b"alt"
            | b"class"
            | b"d"
            | b"for"
            | b"height"
            | b"hidden"
            | b"id"
            | b"lang"
            | b"name"
            | b"property"
            | b"role"
            | b"scope"
            | b"tabindex"
            | b"title"
            | b"type"
            | b"viewbox"
            | b"width"
    ) || name.starts_with(b"aria-")
        || name.starts_with(b"data-")
}

/// A script or a style that stands in an attribute.
fn inline_code(name: &str, attribute: &str, value: &str) -> Option<(Effect, String)> {
    if attribute == "style" || is_handler(attribute) {
        let effect = if attribute == "style" {
            Effect::Shows
        } else {
            Effect::Acts
        };
        return Some((
            effect,
            format!("has an inline `{attribute}` attribute on `<{name}>`"),
        ));
    }
    let is_script =
        matches!(local(attribute), "href" | "action" | "formaction") && is_script(value);
    is_script.then(|| {
        (
            Effect::Acts,
            format!("has a script in the `{attribute}` of `<{name}>`"),
        )
    })
}

fn has_source(tag: &Tag) -> bool {
    ["src", "href", "xlink:href"]
        .iter()
        .any(|name| !tag.value(name).is_empty())
}

/// What an attribute would ask for.
fn request(
    tag: &Tag,
    name: &str,
    attribute: &str,
    value: &str,
    own: Own<'_>,
) -> Option<(Effect, String)> {
    let (address, target) = worst(tag, name, local(attribute), value, own)?;
    let shown = excerpt(&address);
    let (effect, how) = match target {
        Target::Here => return None,
        Target::Itself if name == "script" => (
            Effect::Acts,
            format!("has a script in its own address `{shown}`"),
        ),
        Target::Itself => (
            Effect::Shows,
            format!("has the address `{shown}`, which the policy blocks,"),
        ),
        Target::Elsewhere => (
            Effect::Acts,
            format!("would ask another website for `{shown}`"),
        ),
    };
    Some((effect, format!("{how} in `{}`", excerpt(&tag.to_string()))))
}

/// The address in an attribute that leads farthest away, of those that a browser would ask for.
fn worst(
    tag: &Tag,
    name: &str,
    attribute: &str,
    value: &str,
    own: Own<'_>,
) -> Option<(String, Target)> {
    if value.is_empty() {
        return None;
    }
    let mut worst: Option<(String, Target)> = None;
    each_address(tag, name, attribute, value, |address| {
        let target = own.target(address);
        if target > worst.as_ref().map_or(Target::Here, |(_, target)| *target) {
            worst = Some((address.trim().to_owned(), target));
        }
    });
    // What an animation makes of another attribute is mostly no address.
    let is_animation = matches!(attribute, "from" | "to" | "by" | "values");
    worst.filter(|(_, target)| !is_animation || *target == Target::Elsewhere)
}

/// Shows the addresses in an attribute that a browser would ask for.
fn each_address(tag: &Tag, name: &str, attribute: &str, value: &str, mut visit: impl FnMut(&str)) {
    match attribute {
        "src" | "poster" | "data" | "background" | "action" | "formaction" | "manifest"
        | "lowsrc" | "dynsrc" | "codebase" => visit(value),
        "href" if is_followed_at_once(tag, name) => visit(value),
        "href" => {}
        "srcset" | "imagesrcset" => candidates(value).for_each(visit),
        "ping" | "attributionsrc" => value.split_ascii_whitespace().for_each(visit),
        "archive" => value.split(',').for_each(visit),
        "from" | "to" | "by" | "values" => value.split(';').for_each(visit),
        "content" if name == "meta" => meta(tag, value).into_iter().for_each(visit),
        // `fill`, `mask`, `filter` and others of SVG.
        _ if value.contains('(') || value.contains('\\') => {
            for found in style::addresses(value) {
                visit(&found.address);
            }
        }
        _ => {}
    }
}

/// Whether a browser follows the link by itself: `<link>` unless its relations are known to be told
/// and not fetched, and all of SVG but `<a>`.
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
            !relations
                .split_ascii_whitespace()
                .all(|relation| TOLD.contains(&relation))
                || relations.trim().is_empty()
        }
        _ => true,
    }
}

/// The addresses of a `srcset`: each may be followed by a width, and may itself hold commas.
fn candidates(value: &str) -> impl Iterator<Item = &str> {
    value
        .split_ascii_whitespace()
        .flat_map(|part| part.split(",,"))
        .flat_map(|part| {
            let part = part.trim_matches(',');
            // `a.png,//e.org/b.png` is one candidate to a browser and two to a writer: both are
            // looked at.
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
    if equivalent.eq_ignore_ascii_case("x-dns-prefetch-control")
        && content.trim().eq_ignore_ascii_case("on")
    {
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
    ["application/ld+json", "application/json", "text/plain"]
        .iter()
        .any(|known| kind.eq_ignore_ascii_case(known))
}

/// Whether an attribute is an event handler: the shortest of HTML is `oncut`.
fn is_handler(name: &str) -> bool {
    name.len() >= "oncut".len()
        && name.starts_with("on")
        && name.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether an address is a script. Browsers leave out white space and control characters within the
/// scheme.
fn is_script(address: &str) -> bool {
    let mut letters = address
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control());
    "javascript:".chars().all(|letter| {
        letters
            .next()
            .is_some_and(|c| c.eq_ignore_ascii_case(&letter))
    })
}
