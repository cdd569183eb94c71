//! What the preview adds to a finished page: its script, and a policy that lets the script speak
//! with the server.
//!
//! A pure function from a page as a build writes it to the page that an editor sees; nothing else
//! sets the two apart.

use crate::render::CSP;

/// The path of the preview's own files; no page of a site is there, for a collection begins with a
/// letter or digit.
pub(super) const TOOLS: &str = "/_pamphlet/";

/// The policy of a page in the preview: that of the site, and connections to the server itself.
#[must_use]
pub fn policy() -> String {
    CSP.replace(
        "connect-src 'none'",
        "connect-src 'self'; worker-src 'self'",
    )
}

/// Adds the preview's script to a page; `tag` tells two states of the page apart.
#[must_use]
pub fn decorate(html: &str, tag: &str) -> String {
    let script =
        format!("<script type=\"module\" src=\"{TOOLS}preview.js\" data-tag=\"{tag}\"></script>");
    let head = html
        .find("<head")
        .and_then(|at| Some(at + html[at..].find('>')? + 1))
        .unwrap_or_default();
    let Some(policy_at) = policy_value(html) else {
        return format!("{}{script}{}", &html[..head], &html[head..]);
    };
    let (start, end) = policy_at;
    let after = end + html[end..].find('>').map_or(0, |at| at + 1);
    format!(
        "{}{}{}{script}{}",
        &html[..start],
        policy(),
        &html[end..after],
        &html[after..]
    )
}

/// Where the policy of a page stands: the value of the `<meta>` that has it.
fn policy_value(html: &str) -> Option<(usize, usize)> {
    let name = html.find("Content-Security-Policy\"")?;
    let tag_end = name + html[name..].find('>')?;
    let start = name + html[name..tag_end].find("content=\"")? + "content=\"".len();
    let end = start + html[start..].find('"')?;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_gets_the_script_and_the_policy() {
        let check = |html: &str, expected: &str| {
            let script =
                "<script type=\"module\" src=\"/_pamphlet/preview.js\" data-tag=\"t\"></script>";
            let expected = expected
                .replace("SCRIPT", script)
                .replace("POLICY", &policy());
            assert_eq!(decorate(html, "t"), expected);
        };
        check(
            "<head><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" content=\"x\"><title>",
            "<head><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" content=\"POLICY\">SCRIPT<title>",
        );
        check(
            "<!doctype html><head lang=en><title>",
            "<!doctype html><head lang=en>SCRIPT<title>",
        );
        check("words", "SCRIPTwords");
        check(
            "<meta http-equiv=\"Content-Security-Policy\"",
            "SCRIPT<meta http-equiv=\"Content-Security-Policy\"",
        );
    }

    #[test]
    fn only_the_server_itself_may_be_spoken_with() {
        assert!(policy().contains("connect-src 'self'; worker-src 'self'"));
        assert!(policy().starts_with("default-src 'none'"));
    }
}
