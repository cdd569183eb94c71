//! View models: the only types that templates see.
//!
//! A template is given two variables: `site` ([`SiteView`], the same for every page) and `page`
//! ([`PageView`]). Every URL in them is final (root-relative with the path of `base_url`), every
//! text is plain unless its field says HTML, and nothing here can reach back into the site. A
//! page's output is a function of these values, the template set and the asset manifest, so no
//! field may hold anything that a template does not need.

mod page;

use std::sync::Arc;

use serde::Serialize;

/// What is the same on every page: the variable `site`.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The site's name, the last part of every document title.
    pub title: String,
    /// One or two sentences on the site, the description of its home page.
    pub summary: Option<String>,
    /// BCP 47 tag of the site's language, such as `en`.
    pub language: String,
    /// `ltr` or `rtl`, from the language.
    pub direction: &'static str,
    /// Root of the site, beginning and ending in `/`: `/` or `/health/`.
    pub root: String,
    /// Said at the foot of every page.
    pub disclaimer: Option<String>,
    /// The header's navigation.
    pub navigation: Vec<LinkView>,
    /// The footer's navigation (A to Z, credits…).
    pub footer: Vec<LinkView>,
    /// The "Ask us" block of entry pages.
    pub contact: Option<ContactView>,
    /// The URL of the search page, for sites that can be searched.
    pub search: Option<Arc<str>>,
    /// Whether there is an Atom feed at `feed.xml`.
    pub has_feed: bool,
    /// The Content-Security-Policy that stands in every page directly after the charset.
    pub csp: &'static str,
}

/// What is of one page: the variable `page`.
#[derive(Clone, Debug)]
pub struct PageView {
    /// What every page has.
    pub frame: Frame,
    /// What pages of this template have.
    pub body: BodyView,
}

/// The part of a page that the base layout shows.
#[derive(Clone, Debug)]
pub struct Frame {
    /// `home`, `treatment`, `condition`, `test`, `location`, `article`, `collection`, `section`,
    /// `locations`, `a-z`, `credits`, `search`, `not-found` or `redirect`. The template is
    /// `<template>.html`.
    pub template: &'static str,
    /// The page's heading (h1).
    pub title: String,
    /// The `<title>`: `Page | Section | Site`.
    pub document_title: String,
    /// One or two plain sentences; also the meta description.
    pub summary: Option<String>,
    /// The page's own URL.
    pub url: Arc<str>,
    /// The absolute URL; absent without a `base_url`, and on the 404 page.
    pub canonical: Option<String>,
    /// The QR code of that URL, for paper; absent where there is none, or where it is too long.
    pub qr_code: Option<QrCodeView>,
    /// The absolute URL of the page's image, for Open Graph.
    pub image_absolute: Option<String>,
    /// From the home page down; the last one is the page itself and has no URL. Empty on the home
    /// page.
    pub breadcrumbs: Vec<BreadcrumbView>,
    /// URL of the header entry that the page stands in, for `aria-current`.
    pub current: Option<Arc<str>>,
    /// JSON-LD, already safe inside `<script>` (output it with `| safe`).
    pub json_ld: Option<String>,
    /// Whether the page wants `noindex` (404, redirects).
    pub no_index: bool,
}

/// A QR code: `<path d="…" stroke="#000"/>` in a box of `0 0 size size`.
#[derive(Clone, Debug, Serialize)]
pub struct QrCodeView {
    /// Modules a side, with the light margin.
    pub size: u8,
    /// The dark modules, as strokes one wide (letters and digits: output it as it is).
    pub path: String,
}

/// One step of the breadcrumbs.
#[derive(Clone, Debug, Serialize)]
pub struct BreadcrumbView {
    /// What it says.
    pub title: String,
    /// Where it leads; absent for the page itself.
    pub url: Option<Arc<str>>,
}

/// A link in navigation.
#[derive(Clone, Debug, Serialize)]
pub struct LinkView {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub url: Arc<str>,
}

/// What differs by template.
#[derive(Clone, Debug)]
pub enum BodyView {
    /// `home`, `treatment`, `condition`, `test`, `location`, `article`: a page that somebody wrote.
    Entry(Box<EntryView>),
    /// `collection`, `section`: pages in groups.
    Listing(ListingView),
    /// `locations`: the location index.
    Locations(LocationsPageView),
    /// `a-z`.
    Index(IndexView),
    /// `credits`.
    Credits(CreditsView),
    /// `search`: the site's own words.
    Text(TextView),
    /// `redirect`: an old URL.
    Redirect(RedirectView),
    /// `not-found`: nothing besides the frame.
    Nothing {},
}

/// A page that somebody wrote.
#[derive(Clone, Debug)]
pub struct EntryView {
    /// Other names of the subject.
    pub also_called: Vec<String>,
    /// The page's image.
    pub image: Option<ImageView>,
    /// The page's own contents list (h2 with their h3); empty when there are fewer than two
    /// headings.
    pub contents: Vec<ContentsView>,
    /// The rendered Markdown (HTML: output it with `| safe`); empty when there is none.
    pub body: String,
    /// Related pages in groups, in the order of the page: Conditions, Tests, Treatments…
    pub related: Vec<CardGroupView>,
    /// For `location` pages: the location itself.
    pub location: Option<LocationView>,
    /// The location list with the distance finder.
    pub locations: Option<LocationListView>,
    /// Whether the "Ask us" block (`site.contact`) is shown.
    pub shows_contact: bool,
    /// Where the statements come from.
    pub sources: Vec<SourceView>,
    /// The state of clinical review; absent on pages without clinical content (home, locations,
    /// articles).
    pub review: Option<ReviewView>,
    /// When the page was last updated.
    pub updated: Option<DateView>,
    /// On the home page: what the site holds, one group a collection.
    pub groups: Vec<CardGroupView>,
}

/// An image.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// Its URL.
    pub src: Arc<str>,
    /// Its text alternative.
    pub alt: String,
    /// Pixels, when the format says so.
    pub width: Option<u32>,
    /// Pixels, when the format says so.
    pub height: Option<u32>,
}

/// One line of the contents list.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    /// The heading's text.
    pub title: String,
    /// Its id, without `#`.
    pub id: String,
    /// The headings one level below.
    pub children: Vec<ContentsView>,
}

/// Cards under a heading.
#[derive(Clone, Debug, Serialize)]
pub struct CardGroupView {
    /// The heading, such as "Conditions".
    pub title: String,
    /// The heading's id, unique on the page.
    pub id: String,
    /// Where the group has a page of its own.
    pub url: Option<Arc<str>>,
    /// The cards.
    pub cards: Vec<CardView>,
}

/// A page as a card.
#[derive(Clone, Debug, Serialize)]
pub struct CardView {
    /// The page's title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Its URL.
    pub url: Arc<str>,
}

/// One location.
#[derive(Clone, Debug, Serialize)]
pub struct LocationView {
    /// Its id in `locations.yaml`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: String,
    /// Street and number.
    pub street: String,
    /// City.
    pub city: String,
    /// Two-letter state.
    pub state: String,
    /// ZIP code, five digits or ZIP+4.
    pub zip: String,
    /// The phone number as people read it.
    pub phone: Option<PhoneView>,
    /// Opening hours as written.
    pub hours: Option<String>,
    /// The location's own website.
    pub website: Option<String>,
    /// Directions (an external page); absent without coordinates.
    pub directions: Option<String>,
    /// Degrees north, as text with five decimals.
    pub lat: Option<String>,
    /// Degrees east, as text with five decimals.
    pub lon: Option<String>,
}

/// A phone number.
#[derive(Clone, Debug, Serialize)]
pub struct PhoneView {
    /// As people read it: `410-554-2000`.
    pub text: String,
    /// The link: `tel:+14105542000`.
    pub href: String,
}

/// A list of locations with the finder.
#[derive(Clone, Debug, Serialize)]
pub struct LocationListView {
    /// The heading: "Our locations".
    pub title: String,
    /// By region, in order of name; one group without a title where no location names a region.
    pub groups: Vec<LocationGroupView>,
    /// Whether at least two locations have coordinates, so that sorting by distance makes sense.
    pub has_finder: bool,
    /// How far around the locations places are known: a whole number.
    pub radius: String,
    /// In what the finder measures: `miles` or `km`.
    pub unit: &'static str,
}

/// The locations of one region.
#[derive(Clone, Debug, Serialize)]
pub struct LocationGroupView {
    /// The region's name.
    pub title: Option<String>,
    /// Sorted by name.
    pub locations: Vec<LocationView>,
}

/// The "Ask us" block.
#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    /// The heading.
    pub title: String,
    /// Paragraphs of plain text.
    pub text: Vec<String>,
    /// An e-mail address.
    pub email: Option<String>,
    /// A phone number.
    pub phone: Option<PhoneView>,
}

/// Where a statement comes from.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// The source's title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
}

/// The state of clinical review.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ReviewView {
    /// No clinician has reviewed the page.
    Awaiting {},
    /// A clinician has.
    Reviewed {
        /// When.
        last: DateView,
        /// When it is due again.
        next: Option<DateView>,
        /// Who: name and credentials.
        by: Option<String>,
    },
}

/// A date.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// `2026-03-01`, for `datetime`.
    pub iso: String,
    /// `March 1, 2026`.
    pub text: String,
}

/// Pages in groups.
#[derive(Clone, Debug)]
pub struct ListingView {
    /// The intro (HTML: output it with `| safe`); empty when there is none.
    pub body: String,
    /// One group a collection; a collection's own index has one group without a heading (empty
    /// title).
    pub groups: Vec<CardGroupView>,
    /// The other pages of the list; absent where one page has it all.
    pub pager: Option<PagerView>,
}

/// The way through a list that goes over several pages.
#[derive(Clone, Debug, Serialize)]
pub struct PagerView {
    /// The URL of the page before this one.
    pub previous: Option<Arc<str>>,
    /// The URL of the page after this one.
    pub next: Option<Arc<str>>,
    /// The first page, the last one, this one and those beside it, in order.
    pub steps: Vec<PagerStepView>,
}

/// A page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct PagerStepView {
    /// Its number, from 1.
    pub number: usize,
    /// Its URL.
    pub url: Arc<str>,
    /// Whether it is the page that shows the pager.
    pub is_current: bool,
    /// Whether pages between the step before and this one are left out.
    pub follows_gap: bool,
}

/// The location index.
#[derive(Clone, Debug)]
pub struct LocationsPageView {
    /// The intro (HTML: output it with `| safe`); empty when there is none.
    pub body: String,
    /// All locations.
    pub locations: LocationListView,
}

/// The A to Z.
#[derive(Clone, Debug)]
pub struct IndexView {
    /// A to Z (and `0-9`). Letters without entries have none here; where each letter has a page of
    /// its own, so have the other letters.
    pub letters: Vec<LetterView>,
    /// The other pages of the letter; absent where one page has it all.
    pub pager: Option<PagerView>,
}

/// One letter of the A to Z.
#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// `A`, or `0-9`.
    pub letter: String,
    /// The id of its heading, `letter-a`.
    pub id: String,
    /// Its page, where it has one of its own.
    pub url: Option<Arc<str>>,
    /// Whether that is this page.
    pub is_current: bool,
    /// Sorted by name.
    pub entries: Vec<IndexEntryView>,
}

/// One entry of the A to Z.
#[derive(Clone, Debug, Serialize)]
pub struct IndexEntryView {
    /// A title or another name.
    pub name: String,
    /// Where it leads.
    pub url: Arc<str>,
    /// For another name: the title of the page that it leads to.
    pub see: Option<String>,
}

/// The credits page.
#[derive(Clone, Debug)]
pub struct CreditsView {
    /// The site's own words (HTML: output it with `| safe`); empty when there are none.
    pub body: String,
    /// One notice a licensed work that the site uses.
    pub notices: Vec<NoticeView>,
}

/// A page that shows nothing of the site besides its own words.
#[derive(Clone, Debug)]
pub struct TextView {
    /// The words (HTML: output it with `| safe`); empty when there are none.
    pub body: String,
}

/// The notice that a licensed work asks for.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// The work.
    pub title: String,
    /// Its notice, plain text.
    pub text: String,
    /// Its address.
    pub url: String,
}

/// An old URL.
#[derive(Clone, Debug)]
pub struct RedirectView {
    /// Where the page stands now.
    pub target: Arc<str>,
    /// The title of that page.
    pub target_title: String,
}

/// A care card: a GitHub alert in Markdown, given as `card` to
/// `components/care-card/care-card.html`.
#[derive(Clone, Debug, Serialize)]
pub struct CareCardView {
    /// `note`, `tip`, `important`, `warning` or `caution`.
    pub kind: &'static str,
    /// The spoken prefix, in words: "Information", "Good to know", "Key point", "Call your doctor",
    /// "Emergency".
    pub label: &'static str,
    /// The card's own heading (HTML), if it has one.
    pub title: Option<String>,
    /// The heading's id.
    pub id: Option<String>,
    /// What stands in the card (HTML).
    pub body: String,
}
