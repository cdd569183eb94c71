//! The rules, one file each, in a folder a topic: what a rule says, why, a bad and a good example,
//! and its check.

mod access;
mod fields;
mod files;
mod governance;
mod images;
mod links;
mod plain_language;
mod structure;

pub use files::clashes;
pub(super) use governance::unused_allow;
pub use plain_language::{Grade, grade_of};

use super::rule::Topic;

/// Every topic with its rules, in the order of the documentation.
pub(super) const TOPICS: &[Topic] = &[
    Topic {
        title: "Structure",
        about: "How a page is built, and how pages hang together.",
        rules: structure::RULES,
    },
    Topic {
        title: "Links and relations",
        about: "Links, relations between pages, and old addresses.",
        rules: links::RULES,
    },
    Topic {
        title: "Images",
        about: "Images and their text alternatives.",
        rules: images::RULES,
    },
    Topic {
        title: "Plain language",
        about: "Words and sentences that every patient understands. These rules look at pages in English; each of them \
            leaves alone what is quoted, and the terms that a page declares in `title`, `also_called` and `drugs`.",
        rules: plain_language::RULES,
    },
    Topic {
        title: "Safety and governance",
        about: "What keeps patients safe, and who answers for a page.",
        rules: governance::RULES,
    },
    Topic {
        title: "Fields and YAML",
        about: "Front matter, `site.yaml` and `locations.yaml`, and the traps of YAML.",
        rules: fields::RULES,
    },
    Topic {
        title: "Access",
        about: "What everybody needs to use a page, in the finished HTML: what templates and HTML in pages make of it.",
        rules: access::RULES,
    },
    Topic {
        title: "Files and pages",
        about: "Files, addresses and finished pages.",
        rules: files::RULES,
    },
];
