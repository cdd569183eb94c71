//! Locations as readers see them: addresses, phone links, directions, and the list with the finder.

use std::collections::{BTreeMap, HashSet};

use super::context::PageContext;
use super::site_view::phone;
use super::view::{LocationGroupView, LocationListView, LocationView, LocationsPageView};
use crate::content::Location;
use crate::site::navigation::sort_key;
use crate::site::{PageIndex, Site};

/// The heading of the location list.
pub(super) const TITLE: &str = "Our locations";

/// The id of that heading's block.
pub(super) const ID: &str = "our-locations";

/// One location.
pub(super) fn view(location: &Location, url: &str) -> LocationView {
    let degrees = |pick: fn((f64, f64)) -> f64| {
        location
            .coordinates
            .map(|point| format!("{:.5}", pick(point)))
    };
    let (lat, lon) = (degrees(|point| point.0), degrees(|point| point.1));
    let directions = lat.as_ref().zip(lon.as_ref());
    LocationView {
        id: location.id.clone(),
        name: location.name.clone(),
        url: url.to_owned(),
        street: location.street.clone(),
        city: location.city.clone(),
        state: location.state.clone(),
        zip: location.zip.clone(),
        phone: location.phone.as_deref().and_then(phone),
        hours: location.hours.clone(),
        website: location.url.clone(),
        directions: directions
            .map(|(lat, lon)| format!("https://www.openstreetmap.org/directions?to={lat}%2C{lon}")),
        lat,
        lon,
    }
}

/// The list of some locations: sorted by name, grouped by region where any is given.
pub(super) fn list(context: &PageContext<'_>, pages: &[PageIndex]) -> LocationListView {
    let mut regions: BTreeMap<Option<(String, &str)>, LocationGroupView> = BTreeMap::new();
    let pages: HashSet<PageIndex> = pages.iter().copied().collect();
    let all = context.locations().iter();
    let mut with_coordinates = 0;
    for (location, page) in all.filter(|(_, page)| pages.contains(page)) {
        with_coordinates += usize::from(location.coordinates.is_some());
        let empty = || LocationGroupView {
            title: location.region.clone(),
            locations: Vec::new(),
        };
        let group = regions
            .entry(location.region.as_deref().map(sort_key))
            .or_insert_with(empty);
        let url = context.location_url(*page);
        group.locations.push(view(location, url));
    }
    let mut groups: Vec<_> = regions.into_values().collect();
    // Locations without a region come last, under a heading of their own when others have one.
    if groups.len() > 1 && groups[0].title.is_none() {
        groups.rotate_left(1);
        if let Some(last) = groups.last_mut() {
            last.title = Some("Other locations".to_owned());
        }
    }
    let unit = context.settings().finder.unit;
    let radius = context
        .finder_miles()
        .map_or(0.0, |miles| (miles * unit.of_a_mile()).round());
    let has_finder = with_coordinates > 1;
    LocationListView {
        title: TITLE.to_owned(),
        groups,
        has_finder,
        radius: radius.to_string(),
        unit: unit.name(),
    }
}

/// The location index.
pub(super) fn page(context: &PageContext<'_>, body: String) -> LocationsPageView {
    let all: Vec<PageIndex> = context.locations().iter().map(|(_, page)| *page).collect();
    LocationsPageView {
        body,
        locations: list(context, &all),
    }
}

/// The modules of the finder's places, each with its name beside the finder's own scripts.
#[must_use]
pub fn finder_modules(site: &Site) -> Vec<(&'static str, &str)> {
    let Some(modules) = site.finder() else {
        return Vec::new();
    };
    vec![
        ("components/finder/zips.js", &modules.zips),
        ("components/finder/cities.js", &modules.cities),
        ("components/finder/regions.js", &modules.regions),
    ]
}
