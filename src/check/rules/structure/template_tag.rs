//! Template code that readers would see.

use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::check::rules::links::is_template_code;
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::TemplateTag,
    summary: "Code of another template language stands in the text.",
    why: "Pamphlet does not run Liquid, Jinja, Hugo or kramdown code in Markdown. Readers would see it as it is written. \
        It mostly comes from a site that another program built.",
    bad: "Download the {{ site.data.form.name }}.\n\n{% include alert.html %}",
    good: "Download the consent form.",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    for span in &context.prose.template_tags {
        let message = "readers would see this code of a template language";
        let help =
            "write what it stands for, or delete it; to show it, put it between `backquotes`";
        found.push(context.finding(RULE.id, *span, message).help(help));
    }
    let outline = &context.document.outline;
    let links = outline.links.iter().map(|link| (&link.target, link.span));
    let images = outline
        .images
        .iter()
        .map(|image| (&image.target, image.target_span));
    for (_, span) in links
        .chain(images)
        .filter(|(target, _)| is_template_code(target))
    {
        let message = "this link leads where code of a template language says, and nothing runs it";
        found.push(
            context
                .finding(RULE.id, span, message)
                .help("write the path from this file to the other file"),
        );
    }
}
