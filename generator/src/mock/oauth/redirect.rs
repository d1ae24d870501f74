//! Where users are sent back to (RFC 6749, section 3.1.2).

use std::fmt::Write as _;

use http::StatusCode;
use http::header::{CACHE_CONTROL, LOCATION, REFERRER_POLICY};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::mock::answer::Reply;

/// What is encoded: all but the unreserved characters (RFC 3986, section 2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// Schemes that browsers take for programs or for data.
const DANGEROUS: [&str; 7] = [
    "javascript",
    "data",
    "vbscript",
    "file",
    "blob",
    "about",
    "view-source",
];

/// Whether users may be sent to a URI: it is absolute and has no fragment, and it leads to a web site or an app.
pub(super) fn is_target(uri: &str) -> bool {
    let is_of_uri = |it: u8| it.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()*+,;=%".contains(&it);
    let Some((scheme, rest)) = uri.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it));
    let scheme = scheme.to_ascii_lowercase();
    if !is_scheme || DANGEROUS.contains(&scheme.as_str()) || !uri.bytes().all(is_of_uri) {
        return false;
    }
    if !matches!(scheme.as_str(), "http" | "https") {
        return !rest.is_empty();
    }
    let host = rest.strip_prefix("//").unwrap_or_default();
    let host = host.split(['/', '?']).next().unwrap_or_default();
    !host.is_empty() && !host.contains('@')
}

/// Where the parameters of an answer stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Query,
    Fragment,
}

/// Sends a user back to a URI that [`is_target`], with some parameters. The method does not matter there (RFC 9700,
/// section 4.12).
pub(super) fn redirect(uri: &str, mode: Mode, parameters: &[(&str, &str)]) -> Reply {
    let mut target = uri.to_owned();
    let mut separator = match mode {
        Mode::Fragment => '#',
        Mode::Query if uri.contains('?') => '&',
        Mode::Query => '?',
    };
    for (name, value) in parameters {
        let value = utf8_percent_encode(value, ENCODED);
        let _ = write!(target, "{separator}{name}={value}");
        separator = '&';
    }
    let mut reply = Reply::new(StatusCode::SEE_OTHER);
    reply.set_header(LOCATION, &target);
    reply.set_header(CACHE_CONTROL, "no-store");
    reply.set_header(REFERRER_POLICY, "no-referrer");
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_sent_to_sites_and_apps() {
        let good = [
            "http://127.0.0.1:1/callback",
            "https://app.example.org",
            "https://app.example.org/a?b=c%20d&e",
            "http://[::1]:80/",
            "com.example.app:/callback",
            "urn:ietf:wg:oauth:2.0:oob",
        ];
        for uri in good {
            assert!(is_target(uri), "{uri}");
        }
        let bad = [
            "",
            "/callback",
            "//evil.example/",
            "http:",
            "http:///callback",
            "https:evil.example",
            "https://a@evil.example/",
            "https://app.example.org/#fragment",
            "https://app.example.org/\r\nSet-Cookie: a=b",
            "https://app.example.org/\"><script>",
            "https://\u{e4}.example/",
            "https://app.example.org\\@evil.example/",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "1a:b",
            "app:",
        ];
        for uri in bad {
            assert!(!is_target(uri), "{uri}");
        }
    }

    #[test]
    fn parameters_are_added_where_they_belong() {
        let target = |uri: &str, mode: Mode| {
            let reply = redirect(uri, mode, &[("code", "a b&c"), ("state", "#\u{e4}")]);
            reply.headers[LOCATION].to_str().map(str::to_owned)
        };
        let expected = "http://a/?code=a%20b%26c&state=%23%C3%A4".to_owned();
        assert_eq!(target("http://a/", Mode::Query).ok(), Some(expected));
        let expected = "http://a/?b=c&code=a%20b%26c&state=%23%C3%A4".to_owned();
        assert_eq!(target("http://a/?b=c", Mode::Query).ok(), Some(expected));
        let expected = "app:/x?y#code=a%20b%26c&state=%23%C3%A4".to_owned();
        assert_eq!(target("app:/x?y", Mode::Fragment).ok(), Some(expected));
    }
}
