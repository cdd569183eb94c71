//! What a new page and a new site begin with.
//!
//! Texts only; whoever writes them to disk decides where. A new site builds without errors or
//! warnings, and a test says so.

use crate::config::Kind;

/// The files of a new site: path and text.
pub const SITE: &[(&str, &str)] = &[
    ("content/site.yaml", include_str!("scaffold/site.yaml")),
    (
        "content/locations.yaml",
        include_str!("scaffold/locations.yaml"),
    ),
    ("content/index.md", include_str!("scaffold/index.md")),
    (
        "content/conditions/sprained-ankle.md",
        include_str!("scaffold/sprained-ankle.md"),
    ),
    (".gitignore", "/public\n"),
];

/// A page of a kind: the fields that it wants, and those that it may have as comments.
#[must_use]
pub fn page(kind: Kind, title: &str) -> String {
    let own = match kind {
        Kind::Treatment => {
            "# treats: [heart-failure]            # conditions, by the names of their files\n\
             # tests: [chest-x-ray]               # tests, likewise\n\
             # drugs:\n#   - {name: dobutamine, rxnorm: \"3616\"}\n\
             # locations: all                     # or a list of ids of locations.yaml\n"
        }
        Kind::Condition => {
            "# treatments: [inotropic-therapy]    # treatments, by the names of their files\n\
             # tests: [chest-x-ray]               # tests, likewise\n\
             # part_of: [heart-failure]           # the condition that this is a form of\n\
             # locations: all                     # or a list of ids of locations.yaml\n"
        }
        Kind::MedicalTest => {
            "# used_for: [heart-failure]          # conditions, by the names of their files\n\
             # treatments: [inotropic-therapy]    # treatments, likewise\n\
             # category: imaging                  # or laboratory, procedure, physiologic\n\
             # locations: all                     # or a list of ids of locations.yaml\n"
        }
        Kind::Location => {
            "# services: [treatments/inotropic-therapy]   # what it offers, by folder and name\n"
        }
        Kind::Article => "",
    };
    let clinical = if kind.is_clinical() { CLINICAL } else { "" };
    let title = quoted(title);
    format!(
        "---\ntitle: {title}\nsummary: \"\"                          # one or two sentences: what is it, and for whom?\n\
         draft: true                          # take this line out to publish the page\n\
         # also_called: [Other name]\n# aliases: [/old/address/]            # old addresses, which lead here\n\
         # updated: 2026-03-01\n{own}{clinical}---\n\n## What it is\n\n"
    )
}

const CLINICAL: &str = "# codes:\n#   - {system: ICD-10-CM, code: \"I50.9\", display: Heart failure}\n\
                        # sources:\n#   - {title: Where it is said, url: https://example.org/page}\n\
                        # review:                            # only when a clinician has read the page\n\
                        #   last: 2026-03-01\n#   next: 2027-03-01\n#   by: {name: Name, credentials: MD}\n";

/// A text as a YAML scalar in double quotes.
fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.trim()
            .replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace(['\n', '\r', '\t'], " ")
    )
}
