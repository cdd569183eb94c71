//! Pages that somebody wrote: their view models.

use super::cards::card;
use super::context::{OwnPage, PageContext};
use super::view::{
    CardGroupView, CardView, ContentsView, EntryView, ImageView, ReviewView, SourceView,
};
use super::{dates, listing, locations};
use crate::config::Kind;
use crate::content::kinds::RelationKey;
use crate::content::{Document, FrontMatter, Review, Source};
use crate::site::{Page, PageKind, has_review};

/// The view model of a page with its rendered Markdown.
pub(super) fn view(own: OwnPage<'_, '_>, body: String) -> EntryView {
    let (context, page) = (own.context, own.page());
    let document = page.document.as_deref();
    let front = document.map(|document| &document.front);
    let related = related(context, page);
    let places = page.related(RelationKey::Locations);
    let locations = (!places.is_empty()).then(|| locations::list(context, places));
    let location = match page.kind {
        PageKind::Entry(Kind::Location) => own.location(),
        _ => None,
    };
    EntryView {
        also_called: front
            .map(|front| front.also_called.clone())
            .unwrap_or_default(),
        image: image(context, page),
        contents: contents(document, &related, locations.is_some()),
        body,
        related,
        location: location.map(|location| locations::view(location, &page.url)),
        locations,
        shows_contact: has_review(page) && own.settings().contact.is_some(),
        sources: front.map(sources).unwrap_or_default(),
        review: has_review(page).then(|| review(front.and_then(|front| front.review.as_ref()))),
        updated: front.and_then(|front| front.updated).map(dates::view),
        groups: match page.kind {
            PageKind::Home => listing::home(context),
            _ => Vec::new(),
        },
    }
}

fn image(context: &PageContext<'_>, page: &Page) -> Option<ImageView> {
    let field = page.document.as_ref()?.front.image.as_ref()?;
    let src = page.links.lead.as_ref()?.href.clone()?;
    let size = context.image_size(&src);
    Some(ImageView {
        src,
        alt: field.alt.clone(),
        width: size.map(|size| size.0),
        height: size.map(|size| size.1),
    })
}

/// The groups of related pages that a kind shows: fields and heading.
fn groups(kind: Kind) -> &'static [(&'static [RelationKey], &'static str, &'static str)] {
    use RelationKey::{Includes, PartOf, Services, Tests, Treatments, Treats, UsedFor};
    match kind {
        Kind::Treatment => &[
            (&[Treats], "Conditions", "related-conditions"),
            (&[Tests], "Tests", "related-tests"),
        ],
        Kind::Condition => &[
            (
                &[PartOf, Includes],
                "Related conditions",
                "related-conditions",
            ),
            (&[Treatments], "Treatments", "related-treatments"),
            (&[Tests], "Tests", "related-tests"),
        ],
        Kind::MedicalTest => &[
            (&[UsedFor], "Conditions", "related-conditions"),
            (&[Treatments], "Treatments", "related-treatments"),
        ],
        Kind::Location => &[(&[Services], "Care at this location", "related-services")],
        Kind::Article => &[],
    }
}

fn related(context: &PageContext<'_>, page: &Page) -> Vec<CardGroupView> {
    let PageKind::Entry(kind) = page.kind else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (keys, title, id) in groups(kind) {
        let pages = keys.iter().flat_map(|key| page.related(*key));
        let cards: Vec<CardView> = pages.map(|index| card(context, *index)).collect();
        if !cards.is_empty() {
            found.push(CardGroupView {
                title: (*title).to_owned(),
                id: (*id).to_owned(),
                url: None,
                cards,
            });
        }
    }
    found
}

/// The contents list: headings of level 2 with theirs of level 3, then what the page adds below its
/// text.
fn contents(
    document: Option<&Document>,
    related: &[CardGroupView],
    has_locations: bool,
) -> Vec<ContentsView> {
    let line = |title: &str, id: &str| ContentsView {
        title: title.to_owned(),
        id: id.to_owned(),
        children: Vec::new(),
    };
    let headings = document.map_or(&[][..], |document| &document.outline.headings);
    let mut found: Vec<ContentsView> = Vec::new();
    for heading in headings
        .iter()
        .filter(|heading| !heading.in_card && !heading.text.trim().is_empty())
    {
        match (heading.level, found.last_mut()) {
            (1 | 2, _) => found.push(line(&heading.text, &heading.id)),
            (3, Some(above)) => above.children.push(line(&heading.text, &heading.id)),
            _ => {}
        }
    }
    if found.is_empty() {
        return found;
    }
    found.extend(related.iter().map(|group| line(&group.title, &group.id)));
    if has_locations {
        found.push(line(locations::TITLE, locations::ID));
    }
    if found.len() < 2 { Vec::new() } else { found }
}

fn sources(front: &FrontMatter) -> Vec<SourceView> {
    let url = |source: &Source| source.url.as_ref().map(|url| url.value.clone());
    front
        .sources
        .iter()
        .map(|source| SourceView {
            title: source.title.clone(),
            url: url(source),
        })
        .collect()
}

fn review(review: Option<&Review>) -> ReviewView {
    let Some(review) = review else {
        return ReviewView::Awaiting {};
    };
    let by = review.name.as_ref().map(|name| match &review.credentials {
        Some(credentials) => format!("{name}, {credentials}"),
        None => name.clone(),
    });
    ReviewView::Reviewed {
        last: dates::view(review.last),
        next: review.next.map(dates::view),
        by,
    }
}
