//! A built page that needs more than the security policy allows.

mod start_tag;

use crate::check::rule::{FinishedPage, Rule, Run};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::output::Origin;
use crate::source::SourcePath;
use start_tag::{StartTag, each_start_tag};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::PolicyBreach,
    summary: "A built page needs more than the security policy allows.",
    why: "Pages make no request to other origins and run no script of others: that keeps private what people read. Inline \
        styles, inline scripts, event handlers, frames and files from elsewhere would be blocked by the browser, so the \
        page would not look or work as its author saw it.",
    bad: "<p style=\"color: red\">",
    good: "<p class=\"notice\">",
    run: Run::Output(run),
};

/// Whether an element loads or embeds what the policy refuses.
fn is_refused(name: &str) -> bool {
    matches!(name, "applet" | "audio" | "base" | "embed" | "frame" | "iframe" | "object" | "style" | "video")
}

fn run(page: &FinishedPage<'_>, found: &mut Vec<Diagnostic>) {
    let mut follows_charset = false;
    let mut has_policy = false;
    each_start_tag(page.html, |tag| {
        let is_meta = tag.name() == "meta";
        if is_meta && tag.value("http-equiv").eq_ignore_ascii_case("content-security-policy") {
            has_policy |= follows_charset && tag.value("content") == page.csp;
        }
        follows_charset = is_meta && !tag.value("charset").is_empty();
        found.extend(breach_of(tag, page.base_url).map(|what| breach(page, &what)));
    });
    if !has_policy {
        found.push(breach(page, "does not have the policy in a `<meta>` directly after its charset"));
    }
}

fn breach(page: &FinishedPage<'_>, what: &str) -> Diagnostic {
    let place = match page.origin {
        Origin::Source(path) | Origin::Alias(path, _) => Place::file(path),
        Origin::Generated(_) => Place::file(&SourcePath::new("templates")),
    };
    let message = format!("the page {} {what}", page.url);
    Diagnostic::new(RULE.id, place, message).help("change the template, or the HTML in the page, that writes it")
}

/// What in a start tag the policy would block.
fn breach_of(tag: &StartTag, own: Option<&str>) -> Option<String> {
    let name = tag.name();
    if is_refused(name) {
        return Some(format!("has a `<{name}>` element"));
    }
    let mut script = None;
    for (attribute, value) in tag.attributes() {
        if attribute == "style" || is_handler(attribute) {
            return Some(format!("has an inline `{attribute}` attribute on `<{name}>`"));
        }
        if matches!(attribute, "href" | "action" | "formaction") && is_script(value) {
            script = script.or(Some(attribute));
        }
    }
    if name == "script" && tag.value("src").is_empty() && !is_data(tag.value("type")) {
        return Some("has an inline script".to_owned());
    }
    if let Some(script) = script {
        return Some(format!("has a script in the `{script}` of `<{name}>`"));
    }
    let is_elsewhere = |address: &&str| is_elsewhere(address, own);
    if let Some(target) = refresh(tag).filter(is_elsewhere) {
        return Some(format!("sends readers on to `{target}` by itself"));
    }
    let loaded = loaded(tag).into_iter().find(is_elsewhere)?;
    Some(format!("loads `{loaded}` from elsewhere in `<{name}>`"))
}

/// Where the page sends its readers without being asked.
fn refresh(tag: &StartTag) -> Option<&str> {
    let is_refresh = tag.name() == "meta" && tag.value("http-equiv").eq_ignore_ascii_case("refresh");
    let (_, target) = tag.value("content").split_once('=').filter(|_| is_refresh)?;
    Some(target.trim_matches([' ', '\'', '"']))
}

/// The addresses that a browser would fetch, or send a form to, because of a tag.
fn loaded(tag: &StartTag) -> Vec<&str> {
    match tag.name() {
        "script" | "img" | "source" | "track" | "input" => {
            let candidates = tag.value("srcset").split(',').filter_map(|part| part.split_whitespace().next());
            candidates.chain([tag.value("src"), tag.value("formaction")]).collect()
        }
        "link" if tag.value("rel").split(' ').any(is_fetched) => vec![tag.value("href")],
        "use" | "image" | "feimage" => vec![tag.value("href"), tag.value("xlink:href")],
        "form" => vec![tag.value("action")],
        "button" => vec![tag.value("formaction")],
        "a" | "area" => tag.value("ping").split_whitespace().collect(),
        "body" | "table" | "td" | "th" => vec![tag.value("background")],
        _ => Vec::new(),
    }
}

/// Whether a script's type makes it data that no browser runs.
fn is_data(kind: &str) -> bool {
    ["application/ld+json", "application/json", "text/plain"].iter().any(|known| kind.eq_ignore_ascii_case(known))
}

/// Whether a browser fetches links of this relation.
fn is_fetched(relation: &str) -> bool {
    let known = [
        "stylesheet",
        "icon",
        "preconnect",
        "dns-prefetch",
        "prerender",
        "apple-touch-icon",
        "preload",
        "prefetch",
        "modulepreload",
        "manifest",
        "mask-icon",
    ];
    known.iter().any(|known| relation.eq_ignore_ascii_case(known))
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

/// Whether an address has a scheme or a host that are not the site's own.
fn is_elsewhere(address: &str, own: Option<&str>) -> bool {
    // Browsers read a backslash as a slash.
    let address = address.trim().replace('\\', "/");
    if own.is_some_and(|own| address.starts_with(own)) {
        return false;
    }
    let has_scheme = address.find([':', '/', '?', '#']).is_some_and(|at| address[at..].starts_with(':'));
    has_scheme || address.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<meta charset=utf-8><meta http-equiv=Content-Security-Policy content=P>";

    fn check(html: &str, expected: usize) {
        let origin = Origin::Generated("a test");
        let mut found = Vec::new();
        run(
            &FinishedPage { origin: &origin, url: "/", base_url: Some("https://own.org/"), csp: "P", html },
            &mut found,
        );
        assert_eq!(found.len(), expected, "{html}: {found:?}");
    }

    #[test]
    fn what_the_policy_blocks_is_found() {
        for body in [
            "<p style='x'>",
            "<a onclick=x>",
            "<script>x</script>",
            "<script src=https://e.org/x.js></script>",
            "<img src=//e.org/x.png>",
            "<img src=data:image/png;base64,x>",
            "<img srcset='/a.png 1x, https://e.org/b.png 2x'>",
            "<iframe src=/x></iframe>",
            "<link rel=stylesheet href=https://e.org/x.css>",
            "<form action=https://e.org/></form>",
            "<a href=' java\tscript:x'>",
            "<meta http-equiv=Refresh content='0; url=https://e.org/'>",
            "<img src=https://own.org.e.org/x.png>",
            "<noscript><img src=https://e.org/x.png></noscript>",
        ] {
            check(&format!("{HEAD}{body}"), 1);
        }
    }

    #[test]
    fn what_it_allows_is_not() {
        for body in [
            "<p class='style'>on</p>",
            "<a href=https://e.org>",
            "<script type=application/ld+json>{}</script>",
            "<script type=module src=/assets/x.js></script>",
            "<img src=/x.png>",
            "<link rel=canonical href=https://e.org/>",
            "<form></form>",
            "<p one=1 once=2 on>",
            "<img src=https://own.org/x.png>",
            "<meta http-equiv=refresh content='0; url=/x/'>",
        ] {
            check(&format!("{HEAD}{body}"), 0);
        }
    }

    #[test]
    fn the_policy_stands_directly_after_the_charset() {
        check("<p>", 1);
        check("<meta charset=utf-8><title>x</title><meta http-equiv=Content-Security-Policy content=P>", 1);
        check("<meta charset=utf-8><meta http-equiv=Content-Security-Policy content=Q>", 1);
    }
}
