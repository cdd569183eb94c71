//! A link to a website that the site does not list.

use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::site::Resolution;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnlistedHost,
    summary: "A link leads to a website that is not on the site's list.",
    why: "A hospital answers for where it sends patients. With `policies: {link_hosts: […]}` in `site.yaml`, pages and \
        their sources link only to the hosts on that list; `.gov` stands for every host that ends so. Without a list, \
        this rule finds nothing.",
    bad: "[buy it here](https://pills.example.com)   # policies: {link_hosts: [.gov]}",
    good: "[read about it](https://medlineplus.gov)",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    let LinkedPage {
        settings, document, ..
    } = written;
    let Some(hosts) = &settings.link_hosts else {
        return;
    };
    let own = settings
        .base_url
        .as_ref()
        .and_then(|own| host(own.as_str()));
    let mut look = |address: &str, place: &dyn Fn() -> Place| {
        if let Some(host) =
            host(address).filter(|host| own.as_ref() != Some(host) && !is_listed(hosts, host))
        {
            let message =
                format!("`{host}` is not on the list of websites that this site links to");
            let help = "link to a listed website, or add it to `policies.link_hosts` in site.yaml";
            found.push(Diagnostic::new(RULE.id, place(), message).help(help));
        }
    };
    for (link, to) in super::links(written) {
        if to.resolution == Resolution::External {
            look(to.href.as_deref().unwrap_or_default(), &|| {
                document.body_place(link.span)
            });
        }
    }
    for url in document
        .front
        .sources
        .iter()
        .filter_map(|source| source.url.as_ref())
    {
        look(&url.value, &|| document.field_place(url));
    }
}

/// The host of an address, without credentials and port, in lower case.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    Some(host.to_ascii_lowercase())
}

fn is_listed(hosts: &[String], host: &str) -> bool {
    let fits = |listed: &String| match listed.strip_prefix('.') {
        Some(domain) => host == domain || host.ends_with(listed.as_str()),
        None => host == listed || host.strip_prefix("www.") == Some(listed),
    };
    hosts.iter().any(fits)
}
