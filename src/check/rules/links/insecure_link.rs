//! A link that is not encrypted.

use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, Fix, RuleId, Safety};
use crate::site::IndirectLink;
use crate::source::Span;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::InsecureLink,
    summary: "A link uses http, not https.",
    why: "Without encryption, others on the way can see which page a patient reads, and change what it says. Most \
        websites answer to https.",
    bad: "[MedlinePlus](http://medlineplus.gov/heartfailure.html)",
    good: "[MedlinePlus](https://medlineplus.gov/heartfailure.html)",
    looks: &[Look::Page(run)],
};

const MESSAGE: &str = "this link is not encrypted";
const HELP: &str = "open the address with https://; if it answers, write it so";

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    let LinkedPage {
        settings, document, ..
    } = written;
    for (link, to) in super::links(written) {
        let is_own = matches!(to.indirection, Some(IndirectLink::OwnAddress(_)));
        if !is_insecure(&link.target)
            || matches!(to.indirection, Some(IndirectLink::OwnAddress(Some(_))))
        {
            continue;
        }
        let place = document.body_place(link.span);
        let scheme = place
            .span
            .map(|span| Span::new(span.start, span.start + "http".len()));
        let own_is_secure = settings
            .base_url
            .as_ref()
            .is_some_and(|own| own.as_str().starts_with("https://"));
        let mut finding = Diagnostic::new(RULE.id, place, MESSAGE).help(HELP);
        let is_written =
            document.markdown().get(link.span.start..link.span.end) == Some(link.target.as_str());
        if let Some(scheme) = scheme.filter(|_| is_written) {
            let fix = Fix::suggested("write https", scheme, "https");
            let safety = if is_own && own_is_secure {
                Safety::Safe
            } else {
                Safety::Suggested
            };
            finding = finding.fix(Fix { safety, ..fix });
        }
        found.push(finding);
    }
    let urls = document
        .front
        .sources
        .iter()
        .filter_map(|source| source.url.as_ref());
    for url in urls.filter(|url| is_insecure(&url.value)) {
        found.push(Diagnostic::new(RULE.id, document.field_place(url), MESSAGE).help(HELP));
    }
}

fn is_insecure(target: &str) -> bool {
    const SCHEME: &str = "http://";
    let target = target.trim();
    let rest = target
        .split_at_checked(SCHEME.len())
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case(SCHEME));
    let host = rest.map(|(_, rest)| {
        rest.split(['/', ':', '?', '#'])
            .next()
            .expect("a split has a part")
    });
    host.is_some_and(|host| !host.eq_ignore_ascii_case("localhost") && host != "127.0.0.1")
}
