//! A finished page that weighs more than its budget.

use crate::check::parsed_page::ParsedPage;
use crate::check::rule::{Look, Output, Rule};
use crate::check::weight::{Kilobytes, Weight};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::HeavyPage,
    summary: "A finished page weighs more than the site's budget.",
    why: "Patients read on old phones and slow connections, and pay for what they load. A page with its style sheets comes \
        in 15 kB, the scripts that it loads at once in 12 kB, compressed as hosts compress (gzip). A site sets other budgets \
        as `budgets: {html_and_css: 15 kB, javascript: 12 kB}`.",
    bad: "(one page with everything on heart failure)",
    good: "(a page for each question, with links between them)",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    let Output::Page(parsed) = output else {
        return;
    };
    if parsed.is_passing {
        return;
    }
    let budgets = parsed.page.budgets;
    let css = parsed.css();
    let html = parsed.html_beyond(budgets.html_and_css.saturating_sub(css));
    found.extend(html.map(|html| {
        too_much_to_see(
            parsed,
            Weight {
                html,
                css,
                javascript: 0,
            },
        )
    }));
    let javascript = parsed.javascript();
    if javascript > budgets.javascript {
        let (weight, budget) = (Kilobytes(javascript), Kilobytes(budgets.javascript));
        let what = format!(
            "loads {weight} of scripts before anybody uses them, and its budget is {budget}"
        );
        let help = "load with `import()` what is needed only when somebody uses it";
        found.push(parsed.finding(RULE.id, &what).help(help));
    }
}

fn too_much_to_see(parsed: &ParsedPage<'_>, weight: Weight) -> Diagnostic {
    let what = format!(
        "weighs {} (HTML {}, CSS {}), and its budget is {}",
        Kilobytes(weight.html_and_css()),
        Kilobytes(weight.html),
        Kilobytes(weight.css),
        Kilobytes(parsed.page.budgets.html_and_css)
    );
    parsed
        .finding(RULE.id, &what)
        .help("divide the page, or take out of the theme what it does not need")
}
