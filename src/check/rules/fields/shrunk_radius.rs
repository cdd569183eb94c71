//! A finder whose places would be too much to load.

use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::site::Site;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::ShrunkRadius,
    summary: "The finder knows fewer miles around the locations than it was told.",
    why: "Readers load the ZIP codes and cities around all locations when they first use the finder. More than some 100 kB \
        of them would keep a reader with an old phone waiting, so the circle shrinks. From farther away the finder goes by the \
        first three digits of a ZIP code and says so.",
    bad: "finder: {radius: 3000}   # all of the country",
    good: "finder: {radius: 150}",
    looks: &[Look::Site(run)],
};

fn run(site: &Site, found: &mut Vec<Diagnostic>) {
    let asked = site.settings.finder;
    let Some(known) = site.finder().filter(|finder| finder.miles < asked.miles) else {
        return;
    };
    let (known, asked) = (
        known.miles * asked.unit.of_a_mile(),
        asked.miles * asked.unit.of_a_mile(),
    );
    let unit = site.settings.finder.unit.name();
    let message = format!(
        "the finder knows places within {known:.0} {unit} of the locations, not {asked:.0}"
    );
    let help = format!(
        "the others would be more than 100 kB to load; write `finder: {{radius: {:.0}}}`",
        known.floor()
    );
    let place = Place::file(&site.settings.content_path("site.yaml"));
    found.push(Diagnostic::new(RULE.id, place, message).help(help));
}
