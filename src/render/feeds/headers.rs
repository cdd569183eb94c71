//! `_headers`: what a host should say with every file, in the format that Netlify and Cloudflare
//! Pages read.
//!
//! The policy stands in each page too; the headers add what a page cannot say for itself, and that
//! a fingerprinted file never changes.

use crate::config::Settings;
use crate::render::policy::CSP;

/// The headers of every file, besides the policy.
const EVERYWHERE: [&str; 4] = [
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "Permissions-Policy: geolocation=(self), camera=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy: same-origin",
];

/// The file's text.
pub(super) fn text(settings: &Settings) -> String {
    let root = settings.root();
    // A line break would begin another header.
    let ancestors: Vec<&str> = settings.frame_ancestors.split_whitespace().collect();
    let policy = format!(
        "Content-Security-Policy: {CSP}; frame-ancestors {}",
        ancestors.join(" ")
    );
    let everywhere: Vec<&str> = [policy.as_str()].into_iter().chain(EVERYWHERE).collect();
    let assets = block(
        root,
        "assets/*",
        &["Cache-Control: public, max-age=31536000, immutable"],
    );
    format!("{}\n{assets}", block(root, "*", &everywhere))
}

fn block(root: &str, pattern: &str, headers: &[&str]) -> String {
    format!("{root}{pattern}\n  {}\n", headers.join("\n  "))
}
