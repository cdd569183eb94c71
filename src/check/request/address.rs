//! Where an address leads, as a browser reads it.

/// The site's own origin, where its address is known.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::check) struct Own<'s>(Option<&'s str>);

/// Where an address leads, the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Target {
    /// To a file of the site.
    Here,
    /// To what the address itself holds: `data:`, `blob:` and the like. It asks nobody, and the
    /// policy blocks it.
    Itself,
    /// To another website.
    Elsewhere,
}

impl<'s> Own<'s> {
    /// The origin of the site's address.
    pub(in crate::check) fn new(base_url: Option<&'s str>) -> Self {
        let origin = |url: &'s str| {
            let host = url.find("://").map_or(0, |at| at + 3);
            let end = url[host..]
                .find(['/', '?', '#'])
                .map_or(url.len(), |at| host + at);
            &url[..end]
        };
        Self(base_url.map(origin))
    }

    /// Where an address leads from a page of the site.
    pub(in crate::check) fn target(self, address: &str) -> Target {
        // Most addresses begin with a name or one slash, and have no scheme.
        let bytes = address.as_bytes();
        if matches!(bytes, [b'/', next, ..] if *next > b' ' && *next != b'/' && *next != b'\\') {
            return Target::Here;
        }
        // Browsers leave out control characters, and read a backslash as a slash.
        let text: String = address
            .trim_matches(|c: char| c <= ' ')
            .replace(['\t', '\n', '\r'], "")
            .replace('\\', "/");
        let scheme = text
            .find([':', '/', '?', '#'])
            .filter(|at| text[*at..].starts_with(':'));
        let scheme = scheme.map(|at| text[..at].to_ascii_lowercase());
        match scheme.as_deref() {
            None if !text.starts_with("//") => Target::Here,
            Some("data" | "blob" | "about" | "javascript" | "mailto" | "tel" | "sms") => {
                Target::Itself
            }
            _ if self.is_own(&text) => Target::Here,
            _ => Target::Elsewhere,
        }
    }

    fn is_own(self, text: &str) -> bool {
        let Some(own) = self.0 else { return false };
        let own = if text.starts_with("//") {
            own.find("//").map_or(own, |at| &own[at..])
        } else {
            own
        };
        let rest = text
            .get(own.len()..)
            .filter(|_| text[..own.len()].eq_ignore_ascii_case(own));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_where_a_browser_goes() {
        let check = |address: &str, expected: Target| {
            assert_eq!(
                Own::new(Some("https://own.org/health/")).target(address),
                expected,
                "{address:?}"
            );
        };
        for here in [
            "",
            "x.png",
            "/x",
            "#x",
            "?x",
            "a/b:c",
            "https://own.org",
            "HTTPS://OWN.org/x",
            "//own.org/x",
            "./x",
        ] {
            check(here, Target::Here);
        }
        for itself in [
            "data:image/png;base64,x",
            " DATA:x",
            "blob:x",
            "about:blank",
        ] {
            check(itself, Target::Itself);
        }
        let elsewhere = [
            "https://e.org",
            "//e.org",
            "/\\e.org",
            "\\\\e.org",
            " https://e.org",
            "ht\ntps://e.org",
            "/\t/e.org",
            "https://own.org.e.org/",
            "https://own.org@e.org/",
            "https://own.org:8080/",
            "https:e.org",
            "wss://e.org",
            "\u{1}//e.org",
        ];
        for elsewhere in elsewhere {
            check(elsewhere, Target::Elsewhere);
        }
        assert_eq!(Own::default().target("https://own.org/"), Target::Elsewhere);
    }
}
