//! Who may use the control interface: programs and pages on the same machine, and no web page from elsewhere.
//!
//! A browser lets every page send requests to loopback, and a name of anybody's may lead there (DNS rebinding). So what
//! a browser says of where a request comes from must be this server, and so must the name by which it was called.

use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use http::header::{HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, StatusCode};

use super::Refusal;

/// The address at which a request arrived, as an extension of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundTo(pub SocketAddr);

/// Refuses what comes from elsewhere.
pub(super) fn check(request: &http::Request<Bytes>) -> Result<(), Refusal> {
    let forbidden = |message: &str| Err(Refusal::new(StatusCode::FORBIDDEN, message));
    let headers = request.headers();
    let host = text(headers, HOST.as_str()).or_else(|| {
        let authority = request.uri().authority();
        authority.map(|it| it.as_str().to_owned())
    });
    let bound = request.extensions().get::<BoundTo>();
    if host
        .as_deref()
        .is_some_and(|it| !is_own(it, bound.copied()))
    {
        return forbidden(
            "use the control interface through `localhost` or the address that the server listens on",
        );
    }
    if text(headers, "sec-fetch-site").is_some_and(|it| it == "cross-site") {
        return forbidden("the control interface refuses requests from pages of other sites");
    }
    let is_foreign = |origin: &str| {
        let authority = origin.split_once("://").map(|(_, it)| it);
        authority.is_none() || authority != host.as_deref()
    };
    if text(headers, ORIGIN.as_str()).is_some_and(|it| is_foreign(&it)) {
        return forbidden("the control interface refuses requests from pages of other origins");
    }
    Ok(())
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Whether a host is this machine by a name that leads nowhere else (RFC 6761, section 6.3), or the server's address.
fn is_own(host: &str, bound: Option<BoundTo>) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority
        .host()
        .trim_start_matches('[')
        .trim_end_matches(']');
    let name = name.to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        return true;
    }
    let address = name.parse::<IpAddr>();
    address.is_ok_and(|it| it.is_loopback() || bound.is_some_and(|bound| bound.0.ip() == it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_let_in(headers: &[(&str, &str)]) -> bool {
        let mut request = http::Request::new(Bytes::new());
        for (name, value) in headers {
            let name = http::HeaderName::from_bytes(name.as_bytes()).expect("it is a name");
            request
                .headers_mut()
                .insert(name, value.parse().expect("it is a value"));
        }
        let bound = BoundTo(([192, 0, 2, 7], 4010).into());
        request.extensions_mut().insert(bound);
        check(&request).is_ok()
    }

    #[test]
    fn lets_in_what_comes_from_here() {
        for host in [
            "localhost",
            "LOCALHOST:4010",
            "api.localhost:1",
            "127.0.0.1:4010",
            "127.9.9.9",
            "[::1]:4010",
            "192.0.2.7:4010",
        ] {
            assert!(is_let_in(&[("host", host)]), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example:4010",
            "192.0.2.8",
            "user@evil.example",
            "127.0.0.1.evil.example",
            "",
            "a b",
        ] {
            assert!(!is_let_in(&[("host", host)]), "{host}");
        }
    }

    #[test]
    fn keeps_pages_of_others_out() {
        let host = ("host", "127.0.0.1:4010");
        for site in ["same-origin", "none", "same-site"] {
            assert!(is_let_in(&[host, ("sec-fetch-site", site)]), "{site}");
        }
        assert!(!is_let_in(&[host, ("sec-fetch-site", "cross-site")]));
        assert!(is_let_in(&[host, ("origin", "http://127.0.0.1:4010")]));
        for origin in [
            "http://127.0.0.1:3000",
            "https://evil.example",
            "null",
            "http://localhost:4010",
        ] {
            assert!(!is_let_in(&[host, ("origin", origin)]), "{origin}");
        }
        assert!(!is_let_in(&[("origin", "http://evil.example")]));
    }
}
