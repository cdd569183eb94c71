//! The names of all rules, with the severity that each has unless a site says otherwise.
//!
//! The name is what an editor reads and writes (`broken-link`); it is stable. What a rule means, with a good and a bad
//! example, stands in its file under `check/rules/`.

use super::Severity;

macro_rules! rule_ids {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident;)*) => {
        /// The identity of a rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId {
            $($(#[$doc])* $variant,)*
        }

        impl RuleId {
            /// Every rule, in order of name.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The rule's name, as written in `site.yaml` and in `allow`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The severity of its findings unless the site says otherwise.
            #[must_use]
            pub fn default_severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

rule_ids! {
    /// A page that no clinician has reviewed.
    AwaitsReview = "awaits-review", Note;
    /// An alias that is not a path within the site.
    BadAlias = "bad-alias", Error;
    /// A latitude or longitude that cannot be.
    BadCoordinates = "bad-coordinates", Error;
    /// A date that is not a date.
    BadDate = "bad-date", Error;
    /// A file or folder name that cannot become a URL.
    BadFileName = "bad-file-name", Error;
    /// A value outside of what its field allows.
    BadValue = "bad-value", Error;
    /// A ZIP code that is not one, or that nobody lives in.
    BadZip = "bad-zip", Error;
    /// A link to a heading that is not there.
    BrokenAnchor = "broken-anchor", Error;
    /// A link to a page that is not there.
    BrokenLink = "broken-link", Error;
    /// Two pages or locations with one id.
    DuplicateId = "duplicate-id", Error;
    /// A relation said twice.
    DuplicateRelation = "duplicate-relation", Warning;
    /// A heading without words.
    EmptyHeading = "empty-heading", Error;
    /// YAML that cannot be read.
    InvalidYaml = "invalid-yaml", Error;
    /// A page of a location that `locations.yaml` does not know.
    LocationWithoutEntry = "location-without-entry", Error;
    /// An image without a text alternative.
    MissingAlt = "missing-alt", Error;
    /// A site without its own address.
    MissingBaseUrl = "missing-base-url", Note;
    /// A location without coordinates.
    MissingCoordinates = "missing-coordinates", Warning;
    /// A field that must be there and is not.
    MissingField = "missing-field", Error;
    /// An image or download that is not there.
    MissingFile = "missing-file", Error;
    /// A built page that needs more than the security policy allows.
    PolicyBreach = "policy-breach", Error;
    /// HTML in Markdown where the site does not allow it.
    RawHtml = "raw-html", Error;
    /// A heading that is more than one level below the one before.
    SkippedHeadingLevel = "skipped-heading-level", Warning;
    /// A symbolic link that leads out of the site.
    SymlinkOutOfSite = "symlink-out-of-site", Error;
    /// A template that cannot be parsed or rendered.
    TemplateFault = "template-fault", Error;
    /// A second title on the page.
    TopLevelHeading = "top-level-heading", Warning;
    /// A key that the schema does not know.
    UnknownKey = "unknown-key", Error;
    /// A relation to something that is not there.
    UnknownRelation = "unknown-relation", Error;
    /// A ZIP code that YAML may read as a number.
    UnquotedZip = "unquoted-zip", Error;
    /// A file that cannot be read as text.
    UnreadableFile = "unreadable-file", Error;
    /// A link whose scheme is not safe.
    UnsafeUrl = "unsafe-url", Error;
    /// Two files that want the same address.
    UrlCollision = "url-collision", Error;
    /// A value of another type than its field wants.
    WrongType = "wrong-type", Error;
}

impl RuleId {
    /// The rule of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.name() == name)
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_and_unique() {
        assert!(RuleId::ALL.windows(2).all(|pair| pair[0].name() < pair[1].name()));
    }
}
