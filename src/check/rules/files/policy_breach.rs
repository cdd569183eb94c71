//! A finished file that needs more than the security policy allows, or would tell another website
//! of its reader.

use crate::check::finished::FinishedFile;
use crate::check::parsed_page::ParsedPage;
use crate::check::request::{Own, file};
use crate::check::rule::{Look, Output, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::PolicyBreach,
    summary: "A finished page, style sheet, image or script needs more than the security policy allows.",
    why: "Pages make no request to other origins and run no script of others: that keeps private what people read. Inline \
        styles, inline scripts, event handlers, frames and files from elsewhere would be blocked by the browser, so the \
        page would not look or work as its author saw it. The policy does not stop a script that sends its reader to \
        another address, and some hints to connect ahead of time: this rule finds both.",
    bad: "<p style=\"color: red\">",
    good: "<p class=\"notice\">",
    looks: &[Look::Output(run)],
};

fn run(output: Output<'_>, found: &mut Vec<Diagnostic>) {
    match output {
        Output::Page(parsed) => page(parsed, found),
        Output::File(file) => self::file(file, found),
    }
}

fn page(parsed: &ParsedPage<'_>, found: &mut Vec<Diagnostic>) {
    let help = "change the template, or the HTML in the page, that writes it";
    found.extend(
        parsed
            .breaches
            .iter()
            .map(|breach| parsed.finding(RULE.id, &breach.what).help(help)),
    );
    if !parsed.has_policy {
        let what = "does not have the policy in a `<meta>` directly after its charset";
        found.push(
            parsed
                .finding(RULE.id, what)
                .help("take the head of the page from `theme/base.html`"),
        );
    }
}

fn file(file: &FinishedFile<'_>, found: &mut Vec<Diagnostic>) {
    let Some(reading) = file::reading(file.path.as_str()) else {
        return;
    };
    let help = "put what it needs among the files of the site, and name it by a relative path";
    for breach in file::breaches(file.text, reading, Own::new(file.base_url)) {
        found.push(file.finding(RULE.id, &breach.what, breach.at).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finished::FinishedPage;
    use crate::check::weight::Subresources;
    use crate::config::Budgets;
    use crate::output::Origin;

    const HEAD: &str = "<meta charset=utf-8><meta http-equiv=Content-Security-Policy content=P>";

    fn check(html: &str, expected: usize) {
        let origin = Origin::Generated("a test");
        let base_url = Some("https://own.org/");
        let (subresources, budgets) = (Subresources::default(), Budgets::default());
        let finished = FinishedPage {
            origin: &origin,
            url: "/",
            template: "x",
            base_url,
            csp: "P",
            html,
            subresources: &subresources,
            budgets,
        };
        let mut found = Vec::new();
        page(&ParsedPage::of(&finished), &mut found);
        assert_eq!(found.len(), expected, "{html}: {found:?}");
    }

    #[test]
    fn what_the_policy_blocks_is_found() {
        for body in [
            "<p style='x'>",
            "<a onclick=x>",
            "<script>x</script>",
            "<script type=speculationrules>{}</script>",
            "<script src=https://e.org/x.js></script>",
            "<img src=//e.org/x.png>",
            "<img src=data:image/png;base64,x>",
            "<img srcset='/a.png 1x, https://e.org/b.png 2x'>",
            "<img srcset='/a.png,//e.org/b.png'>",
            "<iframe src=/x></iframe>",
            "<link rel=stylesheet href=https://e.org/x.css>",
            "<link rel='alternate stylesheet' href=https://e.org/x.css>",
            "<link rel=PRECONNECT href=https://e.org>",
            "<link rel=dns-prefetch href=//e.org>",
            "<link rel=manifest href=https://e.org/x>",
            "<link rel=preload as=image imagesrcset='https://e.org/x 1x'>",
            "<link rel=what-comes-next href=https://e.org/x>",
            "<form action=https://e.org/></form>",
            "<button formaction=//e.org/></button>",
            "<a href=/x ping='/y https://e.org/x'></a>",
            "<img src=/x attributionsrc=https://e.org/x>",
            "<a href=' java\tscript:x'>",
            "<meta http-equiv=Refresh content='0; url=https://e.org/'>",
            "<meta http-equiv=refresh content='0;URL=\"//e.org/\"'>",
            "<meta http-equiv=refresh content='0 https://e.org/'>",
            "<meta http-equiv=x-dns-prefetch-control content=on>",
            "<meta name=msapplication-config content=https://e.org/x>",
            "<img src=https://own.org.e.org/x.png>",
            "<noscript><img src=https://e.org/x.png></noscript>",
            "<svg><use href=https://e.org/x.svg#a /></svg>",
            "<svg><image xlink:href=//e.org/x /></svg>",
            "<svg><rect fill='url(https://e.org/x#a)'/></svg>",
            "<table background=//e.org/x></table>",
            "<template><img src=//e.org/x></template>",
        ] {
            check(&format!("{HEAD}{body}"), 1);
        }
    }

    #[test]
    fn what_it_allows_is_not() {
        for body in [
            "<p class='style'>on</p>",
            "<a href=https://e.org>",
            "<svg><a href=https://e.org><rect fill='url(#a)'/></a></svg>",
            "<script type=application/ld+json>{}</script>",
            "<script type=module src=/assets/x.js></script>",
            "<img src=/x.png srcset='/a.png 1x, b.png 100w'>",
            "<link rel=canonical href=https://e.org/>",
            "<link rel='alternate me' href=https://e.org/ title='a (b)'>",
            "<form></form>",
            "<p one=1 once=2 on>",
            "<img src=https://own.org/x.png>",
            "<meta http-equiv=refresh content='0; url=/x/'>",
            "<meta http-equiv=refresh content=30>",
            "<meta name=description content='0; url=https://e.org/ (x)'>",
            "<meta property=og:image content=https://e.org/x.png>",
            "<a href=/x title='url(https://e.org/x'></a>"
                .replace("url(", "url ")
                .as_str(),
        ] {
            check(&format!("{HEAD}{body}"), 0);
        }
    }

    #[test]
    fn the_policy_stands_directly_after_the_charset() {
        check("<p>", 1);
        check(
            "<meta charset=utf-8><title>x</title><meta http-equiv=Content-Security-Policy content=P>",
            1,
        );
        check(
            "<meta charset=utf-8><meta http-equiv=Content-Security-Policy content=Q>",
            1,
        );
    }
}
