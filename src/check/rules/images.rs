//! Images and their text alternatives.

mod file_name_alt;
mod heavy_image;
mod long_alt;
mod missing_alt;
mod redundant_alt;
mod unused_image;

use crate::check::rule::Rule;
use crate::content::Document;
use crate::diagnostic::Place;
use crate::yaml::YamlPath;

/// The rules of this topic, in order of name.
pub(in crate::check) const RULES: &[&Rule] = &[
    &file_name_alt::RULE,
    &heavy_image::RULE,
    &long_alt::RULE,
    &missing_alt::RULE,
    &redundant_alt::RULE,
    &unused_image::RULE,
];

/// The endings of image files.
const IMAGES: [&str; 9] = [
    "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "tiff", "webp",
];

/// Whether a file is an image, by its ending.
fn is_image(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| IMAGES.contains(&ending.to_ascii_lowercase().as_str()))
}

/// An image with its text alternative.
struct Alternative<'d> {
    alt: &'d str,
    target: &'d str,
    place: Place,
}

/// The images of a document: those of its text, then that of its front matter.
fn alternatives(document: &Document) -> impl Iterator<Item = Alternative<'_>> {
    let images = document.outline.images.iter();
    let own = images.map(|image| {
        (
            image.alt.as_str(),
            image.target.as_str(),
            document.body_place(image.span),
        )
    });
    let lead = document.front.image.iter().map(|image| {
        let place = document
            .yaml
            .value_place(&YamlPath::default().key("image").key("alt"));
        (image.alt.as_str(), image.src.value.as_str(), place)
    });
    own.chain(lead)
        .map(|(alt, target, place)| Alternative { alt, target, place })
}
