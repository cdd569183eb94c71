//! Reading `search` in `site.yaml`.

use crate::config::{Search, SearchPresence};
use crate::diagnostic::RuleId;
use crate::schema::Fields;

/// What joins the names of a group.
const JOINT: char = '=';

pub(super) fn read(fields: Fields<'_>) -> Search {
    let mut search = Search::default();
    if fields.flag("enabled") == Some(false) {
        search.presence = SearchPresence::Off;
    }
    for group in fields.texts("synonyms") {
        let names: Vec<String> = group
            .value
            .split(JOINT)
            .map(|name| name.trim().to_owned())
            .collect();
        let is_sound = names.len() > 1
            && names
                .iter()
                .all(|name| name.contains(char::is_alphanumeric));
        if is_sound {
            search.synonyms.push(names);
        } else {
            let message = format!("`{}` is no group of names: {:?}", group.at, group.value);
            let help = "write names of the same thing with = between them, such as heart cath = cardiac catheterization";
            fields.report(RuleId::BadValue, &group.at, message, help);
        }
    }
    fields.finish();
    search
}
