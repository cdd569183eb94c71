//! Template code that readers would see.

use crate::check::manuscript::Manuscript;
use crate::check::rule::{Rule, Run};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TemplateTag,
    summary: "Code of another template language stands in the text.",
    why: "Pamphlet does not run Liquid, Jinja, Hugo or kramdown code in Markdown. Readers would see it as it is written. \
        It mostly comes from a site that another program built.",
    bad: "Download the {{ site.data.form.name }}.\n\n{% include alert.html %}",
    good: "Download the consent form.",
    run: Run::Document(run),
};

fn run(manuscript: &Manuscript<'_>, found: &mut Vec<Diagnostic>) {
    for span in &manuscript.prose.template_tags {
        let message = "readers would see this code of a template language";
        let help = "write what it stands for, or delete it; to show it, put it between `backquotes`";
        found.push(manuscript.finding(RULE.id, *span, message).help(help));
    }
}
