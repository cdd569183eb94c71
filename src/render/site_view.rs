//! What is the same on every page: the variable `site`.

use super::view::{ContactView, LinkView, PhoneView, SiteView};
use super::{feeds, policy};
use crate::schema::phone_href;
use crate::site::Site;
use crate::site::navigation::{self, NavigationLink};

/// What is the same on every page.
pub(super) fn site_view(site: &Site) -> SiteView {
    let settings = &site.settings;
    let links = |links: Vec<NavigationLink>| {
        links
            .into_iter()
            .map(|link| link_view(site, link))
            .collect()
    };
    SiteView {
        title: settings.title.clone(),
        summary: settings.summary.clone(),
        language: settings.language.clone(),
        direction: settings.direction(),
        root: settings.root().to_owned(),
        disclaimer: settings.disclaimer.clone(),
        navigation: links(navigation::header(site)),
        footer: links(navigation::footer(site)),
        contact: settings.contact.as_ref().map(|contact| ContactView {
            title: contact.title.clone(),
            text: contact.text.clone(),
            email: contact.email.clone(),
            phone: contact.phone.as_deref().and_then(phone),
        }),
        search: site
            .find("search")
            .map(|page| site.page(page).url.clone())
            .filter(|_| settings.search.is_on()),
        has_feed: feeds::has_feed(site),
        csp: policy::CSP,
    }
}

fn link_view(site: &Site, link: NavigationLink) -> LinkView {
    LinkView {
        url: site.page(link.page).url.clone(),
        title: link.title,
    }
}

/// A phone number with its link.
pub(super) fn phone(text: &str) -> Option<PhoneView> {
    phone_href(text).map(|href| PhoneView {
        text: text.to_owned(),
        href,
    })
}
