//! Two files that want the same address.

use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, Place, RuleId};
use crate::output::{Clash, Origin};
use crate::source::SourcePath;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::UrlCollision,
    summary: "Two files want the same address.",
    why: "Only one of them could be reached. Addresses that differ only in upper and lower case are one address on many \
        servers and disks.",
    bad: "content/tests/ECG.md and content/tests/ecg.md",
    good: "content/tests/ecg.md",
    run: Run::Build,
};

/// The finding of a clash.
#[must_use]
pub fn clash(clash: &Clash) -> Diagnostic {
    let [first, second] = &clash.origins;
    let (place, other) = match (first, second) {
        (_, Origin::Source(path)) => (Place::file(path), first),
        (Origin::Source(path), _) => (Place::file(path), second),
        _ => (Place::file(&SourcePath::new("content")), first),
    };
    let message = if clash.path == clash.other {
        format!("`{}` is written by this and by {other}", clash.path)
    } else {
        format!("`{}` and `{}` (from {other}) are too alike to be told apart everywhere", clash.other, clash.path)
    };
    Diagnostic::new(RULE.id, place, message).help("rename one of them, or take out one alias")
}
