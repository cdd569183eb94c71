//! A link whose scheme is not safe, or an image from another website.

use super::broken_links;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};
use crate::site::{Broken, Resolution, Site};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UnsafeUrl,
    summary: "A link could run a script, or a file would be fetched from elsewhere.",
    why: "Links use http, https, mailto, tel or sms. Other schemes can run scripts or read files. An image from another \
        website would tell that website which page is being read.",
    bad: "[print](javascript:print())",
    good: "Use the print button of your browser.",
    run: Run::Site(run),
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    for broken in broken_links(site) {
        let Broken::UnsafeScheme(scheme) = broken.why else { continue };
        let message = format!("a link must not use the scheme `{scheme}:`");
        found.push(Diagnostic::new(RULE.id, broken.place, message).help("use https:, mailto: or tel:"));
    }
    for page in &site.pages {
        let Some(document) = &page.document else { continue };
        for (image, link) in document.outline.images.iter().zip(&page.links.images) {
            if link.resolution == Resolution::External || link.resolution == Resolution::Contact {
                let place = document.body_place(image.target_span);
                let message = "this image would be fetched from another website";
                found.push(Diagnostic::new(RULE.id, place, message).help("put the file beside the page"));
            }
        }
        if let (Some(lead), Some(image)) = (&page.links.lead, &document.front.image)
            && matches!(lead.resolution, Resolution::External | Resolution::Contact)
        {
            let place = document.field_place(&image.src);
            let message = "this image would be fetched from another website";
            found.push(Diagnostic::new(RULE.id, place, message).help("put the file beside the page"));
        }
    }
}
