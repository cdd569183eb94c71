//! An image with more bytes than it may have.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::HeavyImage,
    summary: "An image has more bytes than the site allows.",
    why: "Images are most of what a page weighs. On a slow connection a heavy one keeps the reader waiting, and it costs \
        money where data is paid for. 200 kB are enough for a photo as wide as the page. A site sets another limit as \
        `limits: {image_bytes: …}`.",
    bad: "(content/tests/mri.jpg, 4,100 kB, straight from the camera)",
    good: "(content/tests/mri.jpg, 1,600 pixels wide, 140 kB)",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let most = site.settings.limits.image_bytes;
    let images = site
        .files
        .iter()
        .filter(|file| super::is_image(file.source.as_str()));
    for file in images.filter(|file| file.bytes > most) {
        let (has, may) = (file.bytes.div_ceil(1000), most / 1000);
        let message = format!("this image has {has} kB, and {may} kB are the most");
        let help =
            "make it smaller: 1,600 pixels are wide enough, and JPEG, WebP or AVIF suit photos";
        found.push(Diagnostic::new(RULE.id, Place::file(&file.source), message).help(help));
    }
}
