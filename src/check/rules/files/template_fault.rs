//! A template cannot be parsed or rendered.

use crate::check::rule::Rule;
use crate::diagnostic::RuleId;

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TemplateFault,
    summary: "A template cannot be parsed or rendered.",
    why: "A page that could not be rendered would be missing from the site. The finding points into the \
        template and names the page.",
    bad: "<h1>{{ page.titel }}</h1>",
    good: "<h1>{{ page.title }}</h1>",
    looks: &[],
};
