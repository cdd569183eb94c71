//! Links that take a roundabout way to a page of the site: by its whole address, or by an old
//! address of the page.

use super::{LinkIndex, from_folder, relative};
use crate::content::Document;
use crate::site::resolved::{IndirectLink, PageIndex, Resolution, ResolvedLink};
use crate::site::urls::{encode, encode_address};

impl LinkIndex<'_> {
    /// The rooted path of a whole address of this very site.
    pub(super) fn own_path(&self, target: &str) -> Option<String> {
        let (_, target) = target.trim().split_once("://")?;
        let (_, own) = self
            .settings
            .base_url
            .as_ref()?
            .as_str()
            .split_once("://")?;
        let rest = target.strip_prefix(own.trim_end_matches('/'))?;
        let is_whole = rest.is_empty() || rest.starts_with(['/', '?', '#']);
        is_whole.then(|| {
            format!(
                "{}{}",
                self.settings.root(),
                rest.strip_prefix('/').unwrap_or(rest)
            )
        })
    }

    pub(super) fn own_link(&self, from: &Document, target: &str, path: &str) -> ResolvedLink {
        let found = self.link_within(from, path);
        let is_ours = !matches!(found.resolution, Resolution::Broken(_));
        let straight = is_ours.then(|| self.straight(from, &found, path));
        // Another program may answer at an address of the site that is none of ours.
        let found = if is_ours {
            found
        } else {
            ResolvedLink::to(Resolution::External, encode_address(target.trim()))
        };
        ResolvedLink {
            indirection: Some(IndirectLink::OwnAddress(straight)),
            ..found
        }
    }

    /// The target that leads straight to what a link leads to, as an editor would write it.
    pub(super) fn straight(&self, from: &Document, found: &ResolvedLink, path: &str) -> String {
        let rest = path.find(['?', '#']).map_or("", |at| &path[at..]);
        match &found.resolution {
            Resolution::Document(index) => {
                let file = self.pages[index.0]
                    .document
                    .as_ref()
                    .map(|document| self.file_name(document));
                let target = file.map(|file| relative(from_folder(self.settings, from), &file));
                target.unwrap_or_else(|| self.pages[index.0].url.to_string()) + rest
            }
            _ => path.to_owned(),
        }
    }

    /// The page that has a path under the root of the site among its aliases.
    pub(super) fn redirect_at(&self, path: &str) -> Option<PageIndex> {
        let name = path.trim_end_matches('/');
        let path = name
            .strip_prefix(self.settings.root().trim_matches('/'))
            .map_or(name, |rest| rest.trim_start_matches('/'));
        let urls = [name, path]
            .into_iter()
            .flat_map(|name| ["/", ""].map(|end| (name, end)));
        let mut urls =
            urls.map(|(name, end)| format!("{}{}{end}", self.settings.root(), encode(name)));
        urls.find_map(|url| self.redirects.get(url.as_str()).copied())
    }
}
