//! The site's own address.

/// An absolute `http` or `https` address that ends in `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    address: String,
    path_start: usize,
}

impl BaseUrl {
    /// Reads an address; a missing `/` at the end is added.
    ///
    /// Gives nothing for another scheme, a missing host, a query, a fragment, credentials or white
    /// space.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let begins = |scheme: &&str| {
            text.get(..scheme.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
        };
        let scheme = ["https://", "http://"].into_iter().find(begins)?;
        let rest = &text[scheme.len()..];
        let host = rest.split('/').next().expect("a split has a part");
        let strange = |c: char| c.is_whitespace() || c.is_control() || "?#@\\\"'<>".contains(c);
        if host.is_empty() || text.contains(strange) || rest[host.len()..].contains("//") {
            return None;
        }
        let slash = if text.ends_with('/') { "" } else { "/" };
        let address = format!("{scheme}{rest}{slash}");
        Some(Self {
            address,
            path_start: scheme.len() + host.len(),
        })
    }

    /// The whole address, ending in `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// The path of the address, beginning and ending in `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.address[self.path_start..]
    }

    /// Scheme and host, without a slash at the end: what stands before a root-relative URL.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.address[..self.path_start]
    }

    /// The absolute address of a root-relative URL of the site.
    #[must_use]
    pub fn absolute(&self, url: &str) -> String {
        [self.origin(), url].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_in_a_slash_and_know_their_path() {
        let check = |text: &str, path: Option<&str>| {
            assert_eq!(
                BaseUrl::new(text).as_ref().map(BaseUrl::path),
                path,
                "{text}"
            );
        };
        check("https://example.org", Some("/"));
        check("https://example.org/health", Some("/health/"));
        check("http://localhost:80/a/b/", Some("/a/b/"));
        check("example.org", None);
        check("ftp://example.org", None);
        check("https://", None);
        check("https://example.org/?a=1", None);
        check("https://example.org/a b", None);
    }
}
