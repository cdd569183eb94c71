//! The names of all rules, with the level that each has unless a site says otherwise.
//!
//! The name is what an editor reads and writes (`broken-link`); it is stable. What a rule means,
//! with a good and a bad example, stands in its file under `check/rules/`.

use super::{Level, Severity};
use serde::{Deserialize, Serialize};

macro_rules! rule_ids {
    (@level Off) => { Level::Off };
    (@level $severity:ident) => { Level::On(Severity::$severity) };
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident;)*) => {
        /// The identity of a rule.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

            /// Its level unless the site says otherwise.
            #[must_use]
            pub fn default_level(self) -> Level {
                match self { $(Self::$variant => rule_ids!(@level $severity),)* }
            }
        }
    };
}

rule_ids! {
    /// A link to the site itself, written with its whole address.
    AbsoluteOwnLink = "absolute-own-link", Warning;
    /// A page that no clinician has reviewed.
    AwaitsReview = "awaits-review", Note;
    /// An alias that is not a path within the site.
    BadAlias = "bad-alias", Error;
    /// A code that its system cannot have.
    BadCode = "bad-code", Error;
    /// A latitude or longitude that cannot be.
    BadCoordinates = "bad-coordinates", Error;
    /// A date that is not a date.
    BadDate = "bad-date", Error;
    /// A file or folder name that cannot become a URL.
    BadFileName = "bad-file-name", Error;
    /// A value outside of what its field allows.
    BadValue = "bad-value", Error;
    /// A ZIP code that is not one.
    BadZip = "bad-zip", Error;
    /// A text that other tools take for true or false.
    BooleanText = "boolean-text", Warning;
    /// A link to a heading that is not there.
    BrokenAnchor = "broken-anchor", Error;
    /// A link to a page that is not there.
    BrokenLink = "broken-link", Error;
    /// A word for which there is a simpler one.
    ComplexWord = "complex-word", Note;
    /// A curly quote where YAML wants a straight one.
    CurlyYamlQuote = "curly-yaml-quote", Warning;
    /// A text that YAML cuts off at a hash.
    CutText = "cut-text", Warning;
    /// A page that leads nowhere.
    DeadEnd = "dead-end", Note;
    /// An id that stands twice on a finished page.
    DuplicateElementId = "duplicate-element-id", Warning;
    /// A heading that the page has twice.
    DuplicateHeading = "duplicate-heading", Warning;
    /// Two pages or locations with one id.
    DuplicateId = "duplicate-id", Error;
    /// A relation said twice.
    DuplicateRelation = "duplicate-relation", Warning;
    /// A summary that two pages share.
    DuplicateSummary = "duplicate-summary", Warning;
    /// A title that two pages share.
    DuplicateTitle = "duplicate-title", Warning;
    /// An emergency card that does not say what to do.
    EmergencyWithoutAction = "emergency-without-action", Error;
    /// An emergency card without a phone number.
    EmergencyWithoutPhone = "emergency-without-phone", Error;
    /// A heading without words.
    EmptyHeading = "empty-heading", Error;
    /// A text alternative that is a file name.
    FileNameAlt = "file-name-alt", Warning;
    /// A page that is hard to read.
    HardPage = "hard-page", Warning;
    /// A section that is hard to read.
    HardSection = "hard-section", Note;
    /// An image with more bytes than it may have.
    HeavyImage = "heavy-image", Warning;
    /// A finished page that weighs more than its budget.
    HeavyPage = "heavy-page", Warning;
    /// A link that is not encrypted.
    InsecureLink = "insecure-link", Warning;
    /// YAML that cannot be read.
    InvalidYaml = "invalid-yaml", Error;
    /// A link in an emergency card that is no phone number.
    LinkInEmergencyCard = "link-in-emergency-card", Error;
    /// A link to an old address of a page.
    LinkThroughAlias = "link-through-alias", Warning;
    /// A location far away from its ZIP code.
    LocationFarFromZip = "location-far-from-zip", Warning;
    /// A page of a location that `locations.yaml` does not know.
    LocationWithoutEntry = "location-without-entry", Error;
    /// A location without a phone number.
    LocationWithoutPhone = "location-without-phone", Warning;
    /// A text alternative that is too long.
    LongAlt = "long-alt", Warning;
    /// A list with too many items.
    LongList = "long-list", Note;
    /// A page with too many words.
    LongPage = "long-page", Note;
    /// A paragraph of too many sentences.
    LongParagraph = "long-paragraph", Note;
    /// A sentence of too many words.
    LongSentence = "long-sentence", Warning;
    /// Colors of a theme that are too close to each other.
    LowContrast = "low-contrast", Warning;
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
    /// A finished page that does not say its language.
    MissingLanguage = "missing-language", Error;
    /// A finished page without a title.
    MissingPageTitle = "missing-page-title", Error;
    /// A page with clinical content that names no source.
    MissingSources = "missing-sources", Warning;
    /// A link or button of a finished page without a name.
    NamelessControl = "nameless-control", Error;
    /// A heading told apart by nothing but a number.
    NumberedHeading = "numbered-heading", Warning;
    /// A page that no other page leads to.
    OrphanPage = "orphan-page", Warning;
    /// A text that begins or ends in spaces.
    PaddedText = "padded-text", Warning;
    /// A finished page without one main part.
    PageLandmarks = "page-landmarks", Warning;
    /// An instruction that does not say who acts.
    PassiveInstruction = "passive-instruction", Warning;
    /// A built page that needs more than the security policy allows.
    PolicyBreach = "policy-breach", Error;
    /// HTML in Markdown where the site does not allow it.
    RawHtml = "raw-html", Error;
    /// An alias that is the page's own address.
    RedundantAlias = "redundant-alias", Warning;
    /// A text alternative that says that it is an image.
    RedundantAlt = "redundant-alt", Warning;
    /// A condition that is a form of itself.
    RelationLoop = "relation-loop", Error;
    /// A review that is due within two months.
    ReviewDueSoon = "review-due-soon", Note;
    /// A review that is due before it was made.
    ReviewOutOfOrder = "review-out-of-order", Error;
    /// A review whose day is past.
    ReviewOverdue = "review-overdue", Warning;
    /// The finder knows fewer miles around the locations than it was told.
    ShrunkRadius = "shrunk-radius", Warning;
    /// A temperature in one unit where the site asks for two.
    SingleTemperatureUnit = "single-temperature-unit", Warning;
    /// A heading that is more than one level below the one before.
    SkippedHeadingLevel = "skipped-heading-level", Warning;
    /// A symbolic link that leads out of the site.
    SymlinkOutOfSite = "symlink-out-of-site", Error;
    /// A table without words at the head of a column.
    TableWithoutHeader = "table-without-header", Warning;
    /// A template that cannot be parsed or rendered.
    TemplateFault = "template-fault", Error;
    /// Template code that readers would see.
    TemplateTag = "template-tag", Error;
    /// Text after a care card that seems to belong to it.
    TextAfterCard = "text-after-card", Warning;
    /// An instruction to "patients" instead of "you".
    ThirdPersonPatient = "third-person-patient", Warning;
    /// More care cards than a reader takes notice of.
    TooManyCards = "too-many-cards", Warning;
    /// A second title on the page.
    TopLevelHeading = "top-level-heading", Warning;
    /// An acronym that is not spelled out.
    UnexplainedAcronym = "unexplained-acronym", Warning;
    /// A key that the schema does not know.
    UnknownKey = "unknown-key", Error;
    /// A relation to something that is not there.
    UnknownRelation = "unknown-relation", Error;
    /// A field of a finished page without a label.
    UnlabelledField = "unlabelled-field", Error;
    /// A phone number that cannot be tapped.
    UnlinkedPhone = "unlinked-phone", Warning;
    /// A link to a website that the site does not list.
    UnlistedHost = "unlisted-host", Warning;
    /// A text that YAML reads as a number.
    UnquotedNumber = "unquoted-number", Error;
    /// A ZIP code that YAML may read as a number.
    UnquotedZip = "unquoted-zip", Error;
    /// A file that cannot be read as text.
    UnreadableFile = "unreadable-file", Error;
    /// A link whose scheme is not safe.
    UnsafeUrl = "unsafe-url", Error;
    /// An allowance that allows nothing.
    UnusedAllow = "unused-allow", Warning;
    /// An image that no page shows.
    UnusedImage = "unused-image", Warning;
    /// Two files that want the same address.
    UrlCollision = "url-collision", Error;
    /// A link whose words do not say where it leads.
    VagueLinkText = "vague-link-text", Warning;
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
        assert!(
            RuleId::ALL
                .windows(2)
                .all(|pair| pair[0].name() < pair[1].name())
        );
    }
}
