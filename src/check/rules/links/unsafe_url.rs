//! A link whose scheme is not safe, or an image from another website.

use super::broken_links;
use crate::check::linked_page::LinkedPage;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{Broken, Resolution};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnsafeUrl,
    summary: "A link could run a script, or a file would be fetched from elsewhere.",
    why: "Links use http, https, mailto, tel or sms. Other schemes can run scripts or read files. An image from another \
        website would tell that website which page is being read.",
    bad: "[print](javascript:print())",
    good: "Use the print button of your browser.",
    looks: &[Look::Page(run)],
};

fn run(written: LinkedPage<'_>, found: &mut Vec<Diagnostic>) {
    for broken in broken_links(written) {
        let Broken::UnsafeScheme(scheme) = broken.why else {
            continue;
        };
        let message = format!("a link must not use the scheme `{scheme}:`");
        found.push(
            Diagnostic::new(RULE.id, broken.place, message).help("use https:, mailto: or tel:"),
        );
    }
    let LinkedPage { page, document, .. } = written;
    let message = "this image would be fetched from another website";
    let mut add = |place| {
        found.push(Diagnostic::new(RULE.id, place, message).help("put the file beside the page"));
    };
    for (image, link) in document.outline.images.iter().zip(&page.links.images) {
        if is_elsewhere(&link.resolution) {
            add(document.body_place(image.target_span));
        }
    }
    if let (Some(lead), Some(image)) = (&page.links.lead, &document.front.image)
        && is_elsewhere(&lead.resolution)
    {
        add(document.field_place(&image.src));
    }
}

fn is_elsewhere(resolution: &Resolution) -> bool {
    matches!(resolution, Resolution::External | Resolution::Contact)
}
