//! Which names the server answers to.
//!
//! Another website could point a name of its own at this machine and read the site through the
//! reader's browser (DNS rebinding). So a name must be known; an address of digits cannot be
//! pointed anywhere and will do.

use std::net::IpAddr;

/// Whether a `Host` header names this server; `own` is the name or address that it was told to
/// listen on.
pub(super) fn is_known(host: &str, own: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().expect("a split has a part"),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.eq_ignore_ascii_case(own)
        || name.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_must_be_known() {
        let check = |host: &str, expected: bool| {
            assert_eq!(is_known(host, "preview.hospital"), expected, "{host}");
        };
        check("localhost:4600", true);
        check("127.0.0.1", true);
        check("[::1]:4600", true);
        check("192.168.1.7:4600", true);
        check("preview.hospital:4600", true);
        check("evil.example", false);
        check("127.0.0.1.evil.example:4600", false);
        check("[evil.example]:1", false);
        check("", false);
    }
}
