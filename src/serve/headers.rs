//! The `_headers` file of a built site: path patterns, each followed by indented headers.
//!
//! The format is the one that Netlify and Cloudflare Pages read: a line that begins with `/` is a
//! pattern in which `*` stands for anything; the indented lines after it are `Name: value`.

/// The header rules of a site, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HeaderRules(Vec<(String, Vec<(String, String)>)>);

impl HeaderRules {
    /// Reads a `_headers` file.
    pub(super) fn read(text: &str) -> Self {
        let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for line in text
            .lines()
            .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        {
            if line.starts_with('/') {
                rules.push((line.trim().to_owned(), Vec::new()));
            } else if let (Some((_, headers)), Some((name, value))) =
                (rules.last_mut(), line.split_once(':'))
            {
                headers.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self(rules)
    }

    /// The headers of a path: those of every pattern that fits.
    pub(super) fn of<'r>(&'r self, path: &'r str) -> impl Iterator<Item = (&'r str, &'r str)> {
        let fitting = self
            .0
            .iter()
            .filter(move |(pattern, _)| fits(pattern, path));
        fitting.flat_map(|(_, headers)| {
            headers
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
        })
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => path.starts_with(before) && path[before.len()..].ends_with(after),
        None => pattern == path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_paths() {
        let rules = HeaderRules::read("# all\n/*\n  A: 1\n\n/assets/*\n  B: x: y\n/x\n  C: 2\n");
        let check = |path: &str, expected: &[(&str, &str)]| {
            assert_eq!(rules.of(path).collect::<Vec<_>>(), expected, "{path}");
        };
        check("/", &[("A", "1")]);
        check("/assets/a.js", &[("A", "1"), ("B", "x: y")]);
        check("/x", &[("A", "1"), ("C", "2")]);
    }
}
