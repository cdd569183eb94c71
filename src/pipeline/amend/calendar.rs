//! What the days of a few changed pages change of the sitemap and the feed.

use super::excerpted::Excerpt;
use crate::cache::{Cache, Key};
use crate::output::{OutputFile, OutputPath, OutputRecord};
use crate::pipeline::make::Maker;
use crate::pipeline::plan::Planned;
use crate::pipeline::recall::{Last, keep_calendar, known_calendar};
use crate::render;

/// What has changed.
pub(super) struct Changes {
    files: Vec<(OutputFile, OutputRecord)>,
    /// Stands for the calendar as it is.
    pub(super) calendar: Key,
}

impl Changes {
    /// What the changed pages change; nothing where that cannot be told. The calendar is kept at
    /// once: one that no build has belongs to no record.
    pub(super) fn new(excerpt: &Excerpt, last: &Last, cache: &Cache) -> Option<Self> {
        let pages = excerpt.pages.iter().zip(&excerpt.indices);
        let mut changed = pages
            .filter(|(page, _)| page.has_another_day())
            .map(|(_, index)| *index)
            .peekable();
        if changed.peek().is_none() {
            return Some(Self {
                files: Vec::new(),
                calendar: last.calendar,
            });
        }
        let settings = &excerpt.after.settings;
        let mut calendar = known_calendar(cache, &settings.run, last)?;
        for index in changed {
            calendar.replace(excerpt.after.page(index))?;
        }
        keep_calendar(cache, &settings.run, &calendar);
        let recorded = |file: OutputFile| {
            let record = OutputRecord::of(&file);
            (file, record)
        };
        let files = render::dated_files(settings, &calendar)
            .into_iter()
            .map(recorded)
            .collect();
        Some(Self {
            files,
            calendar: calendar.key(),
        })
    }

    /// Hands everything to the sink, but what a file of the site stands in the place of.
    pub(super) fn put(&self, maker: &Maker<'_>) -> Vec<(OutputPath, OutputRecord)> {
        let planned = |file: &OutputFile| maker.prepared.planned().get(&file.path);
        let files = self
            .files
            .iter()
            .filter(|(file, _)| matches!(planned(file), None | Some(Planned::Machine(_))));
        files.map(|file| maker.put_recorded(file)).collect()
    }
}
