//! A file or folder name that cannot become an address.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadFileName,
    summary: "The name of a file cannot become an address.",
    why: "A page's address is made from its file's name, and the site may be built on any system. Control characters and \
        \\ : * ? \" < > | are no part of a name that works everywhere.",
    bad: "content/tests/what is an ECG?.md",
    good: "content/tests/what-is-an-ecg.md",
    looks: &[],
};
