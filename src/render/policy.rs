//! The one Content-Security-Policy of every page.

/// The policy: nothing but the site's own files, and no connection anywhere.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                       manifest-src 'self'; connect-src 'none'; form-action 'self'; base-uri 'none'";
