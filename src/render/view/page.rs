//! The fields of a page in one row, as templates see them: those that every page has, then those of
//! its template.
//!
//! Written out because a derived `flatten` makes a new text of each name for each page.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{
    BodyView, CreditsView, EntryView, Frame, IndexView, ListingView, LocationsPageView, PageView,
    RedirectView, TextView,
};

/// Some of the fields of a page.
trait Part {
    /// How many there are.
    const COUNT: usize;

    /// Adds each.
    fn add<S: SerializeStruct>(&self, page: &mut S) -> Result<(), S::Error>;
}

/// Names the fields of a part; to forget one does not compile.
macro_rules! part {
    ($part:ident { $($field:ident),+ $(,)? }) => {
        impl Part for $part {
            const COUNT: usize = [$(stringify!($field)),+].len();

            fn add<S: SerializeStruct>(&self, page: &mut S) -> Result<(), S::Error> {
                let Self { $($field),+ } = self;
                $(page.serialize_field(stringify!($field), $field)?;)+
                Ok(())
            }
        }
    };
}

part!(Frame {
    template,
    title,
    document_title,
    summary,
    url,
    canonical,
    qr_code,
    image_absolute,
    breadcrumbs,
    current,
    json_ld,
    no_index,
});
part!(EntryView {
    also_called,
    image,
    contents,
    body,
    related,
    location,
    locations,
    shows_contact,
    sources,
    review,
    updated,
    groups,
});
part!(ListingView {
    body,
    groups,
    pager
});
part!(LocationsPageView { body, locations });
part!(IndexView { letters, pager });
part!(CreditsView { body, notices });
part!(TextView { body });
part!(RedirectView {
    target,
    target_title
});

impl Serialize for PageView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.body {
            BodyView::Entry(entry) => whole(serializer, &self.frame, &**entry),
            BodyView::Listing(listing) => whole(serializer, &self.frame, listing),
            BodyView::Locations(locations) => whole(serializer, &self.frame, locations),
            BodyView::Index(index) => whole(serializer, &self.frame, index),
            BodyView::Credits(credits) => whole(serializer, &self.frame, credits),
            BodyView::Text(text) => whole(serializer, &self.frame, text),
            BodyView::Redirect(redirect) => whole(serializer, &self.frame, redirect),
            BodyView::Nothing {} => {
                let mut page = serializer.serialize_struct("Page", Frame::COUNT)?;
                self.frame.add(&mut page)?;
                page.end()
            }
        }
    }
}

fn whole<S: Serializer, P: Part>(
    serializer: S,
    frame: &Frame,
    part: &P,
) -> Result<S::Ok, S::Error> {
    let mut page = serializer.serialize_struct("Page", Frame::COUNT + P::COUNT)?;
    frame.add(&mut page)?;
    part.add(&mut page)?;
    page.end()
}
