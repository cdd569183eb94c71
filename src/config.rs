//! What a site asks for: `content/site.yaml` and the options of a run, resolved into [`Settings`].
//!
//! Owns every default. A site without `site.yaml` gets settings too: it is a site of articles.
//! Nothing here looks at a page, and a faulty `site.yaml` yields findings beside settings that are
//! as good as can be.

mod base_url;
mod finder;
mod kind;
mod levels;
mod reading;
mod search;
mod site_file;

use jiff::civil::Date;

pub use base_url::BaseUrl;
pub use finder::{Finder, Unit};
pub use kind::Kind;
pub use levels::Levels;
pub use reading::{Reading, Temperatures};
pub use search::{Search, SearchPresence};

use crate::diagnostic::Diagnostic;
use crate::memo::{Key, KeyHasher};
use crate::source::{SourcePath, SourceTree};

/// What the command line adds to the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunOptions {
    /// The day for which the site is built: `publish_on` and `expire_on` are compared with it.
    pub as_of: Date,
    /// Which pages are built.
    pub drafts: Drafts,
}

/// Whether pages are built that are still to be published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drafts {
    /// Pages with `draft: true`, and those whose day is still to come, are left out.
    #[default]
    Excluded,
    /// They are built like the others.
    Included,
}

/// A folder of pages of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// The folder under `content/`; also the first part of the URLs.
    pub folder: String,
    /// What its pages are.
    pub kind: Kind,
    /// The heading of its index page.
    pub title: String,
}

/// Several collections under one name in the header and the breadcrumbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name.
    pub title: String,
    /// Its part of the URL, made from the title.
    pub slug: String,
    /// Folders of its collections.
    pub collections: Vec<String>,
}

/// Who runs the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// Its own website.
    pub url: Option<String>,
}

/// The "Ask us" block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its heading.
    pub title: String,
    /// Paragraphs.
    pub text: Vec<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A phone number, as people write it.
    pub phone: Option<String>,
}

/// Whether Markdown may hold HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// HTML in Markdown is a finding.
    #[default]
    Refused,
    /// HTML in Markdown is passed through.
    Allowed,
}

/// How much pages hold, and how much what they show may weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Words of a page.
    pub page_words: usize,
    /// Bytes of an image.
    pub image_bytes: usize,
    /// Entries of a list that stand on one page.
    pub list_entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_words: 1500,
            image_bytes: 200_000,
            list_entries: 100,
        }
    }
}

/// What a page may weigh on its way to a reader, in compressed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budgets {
    /// Its HTML with its style sheets.
    pub html_and_css: usize,
    /// The scripts that it loads at once.
    pub javascript: usize,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            html_and_css: 15_000,
            javascript: 12_000,
        }
    }
}

/// Everything that a build goes by, besides the pages themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Where the pages are: `content/`, or nothing when the site's folder itself holds them.
    pub content_root: &'static str,
    /// The site's name.
    pub title: String,
    /// The site in a sentence or two.
    pub summary: Option<String>,
    /// The site's own address.
    pub base_url: Option<BaseUrl>,
    /// BCP 47 tag of the language.
    pub language: String,
    /// Who runs the site.
    pub organisation: Option<Organisation>,
    /// The "Ask us" block.
    pub contact: Option<Contact>,
    /// What the foot of every page says.
    pub disclaimer: Option<String>,
    /// The collections, in the order of the site.
    pub collections: Vec<Collection>,
    /// The sections, in the order of the header.
    pub sections: Vec<Section>,
    /// How far around the locations the finder knows places, and in what it measures.
    pub finder: Finder,
    /// Whether Markdown may hold HTML.
    pub raw_html: RawHtml,
    /// Who may show the site in a frame: the value of `frame-ancestors`.
    pub frame_ancestors: String,
    /// The other websites that pages may link to; nothing where any will do.
    pub link_hosts: Option<Vec<String>>,
    /// How easy pages must be to read.
    pub reading: Reading,
    /// How much pages and images may weigh.
    pub limits: Limits,
    /// Whether and how the site can be searched.
    pub search: Search,
    /// What pages may weigh on their way to a reader.
    pub budgets: Budgets,
    /// How much each rule weighs here.
    pub levels: Levels,
    /// The options of the run.
    pub run: RunOptions,
}

impl Settings {
    /// Stands for all that the site asks for, whatever the day and whoever may see drafts.
    #[must_use]
    pub fn key(&self) -> Key {
        let any_run = RunOptions {
            as_of: Date::ZERO,
            drafts: Drafts::Excluded,
        };
        KeyHasher::default()
            .add_described(&Self {
                run: any_run,
                ..self.clone()
            })
            .key()
    }

    /// The root of the site's URLs, beginning and ending in `/`.
    #[must_use]
    pub fn root(&self) -> &str {
        self.base_url.as_ref().map_or("/", BaseUrl::path)
    }

    /// The collection of a folder.
    #[must_use]
    pub fn collection(&self, folder: &str) -> Option<&Collection> {
        self.collections
            .iter()
            .find(|collection| collection.folder == folder)
    }

    /// The folder of the location pages.
    #[must_use]
    pub fn locations_folder(&self) -> &str {
        let found = self
            .collections
            .iter()
            .find(|collection| collection.kind == Kind::Location);
        found.map_or("locations", |collection| &collection.folder)
    }

    /// The section that a collection stands in.
    #[must_use]
    pub fn section_of(&self, folder: &str) -> Option<&Section> {
        self.sections
            .iter()
            .find(|section| section.collections.iter().any(|name| name == folder))
    }

    /// The path of a file of the content folder.
    #[must_use]
    pub fn content_path(&self, name: &str) -> SourcePath {
        SourcePath::new(&format!("{}{name}", self.content_root))
    }

    /// `ltr` or `rtl`, by the language's script.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        const RIGHT_TO_LEFT: [&str; 10] =
            ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
        let primary = self
            .language
            .split('-')
            .next()
            .expect("a split has a part")
            .to_ascii_lowercase();
        if RIGHT_TO_LEFT.contains(&primary.as_str()) {
            "rtl"
        } else {
            "ltr"
        }
    }
}

/// Reads the settings of a site.
#[must_use]
pub fn read(tree: &SourceTree, run: RunOptions) -> (Settings, Vec<Diagnostic>) {
    let content_root = if tree.under("content/").next().is_some() {
        "content/"
    } else {
        ""
    };
    let mut settings = Settings {
        content_root,
        title: "Untitled site".to_owned(),
        summary: None,
        base_url: None,
        language: "en".to_owned(),
        organisation: None,
        contact: None,
        disclaimer: None,
        collections: Vec::new(),
        sections: Vec::new(),
        finder: Finder::default(),
        raw_html: RawHtml::default(),
        frame_ancestors: "'none'".to_owned(),
        link_hosts: None,
        reading: Reading::default(),
        limits: Limits::default(),
        search: Search::default(),
        budgets: Budgets::default(),
        levels: Levels::default(),
        run,
    };
    let path = settings.content_path("site.yaml");
    let Some(bytes) = tree.get(path.as_str()) else {
        return (settings, vec![site_file::missing_base_url(&path)]);
    };
    let findings = match bytes.text() {
        Some(_) => site_file::read(&path, bytes, &mut settings),
        // The content floor reports files that are not UTF-8, this one among them.
        None => Vec::new(),
    };
    (settings, findings)
}
