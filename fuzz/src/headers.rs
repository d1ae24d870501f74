//! Headers of responses.

use bytes::Bytes;
use futures_util::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use crate::wire::{Answer, TOKEN, Wire};

/// The documented headers, and some that have a meaning for the client itself.
const NAMES: [&str; 11] = [
    "x-text",
    "x-count",
    "x-list",
    "x-object",
    "x-json",
    "link",
    "set-cookie",
    "location",
    "retry-after",
    "content-type",
    "content-length",
];
/// Stands in the value of a cookie.
const SECRET: &str = "cookie-that-nobody-prints";

/// Answers with headers that are made of the bytes, a line each after a byte that says which; the first two bytes are
/// the status. Every documented header is read, and nothing that is printed has a secret in it.
///
/// # Panics
///
/// When something has.
pub fn headers(data: &[u8]) {
    let Some(([high, low], rest)) = data.split_first_chunk::<2>().map(|(it, rest)| (*it, rest))
    else {
        return;
    };
    let status = 200 + (u16::from(high) << 8 | u16::from(low)) % 400;
    let mut headers = HeaderMap::new();
    for line in rest.split(|byte| *byte == b'\n') {
        let Some((which, value)) = line.split_first() else {
            continue;
        };
        let name = NAMES[usize::from(*which) % NAMES.len()];
        if let Ok(value) = HeaderValue::from_bytes(value) {
            headers.append(HeaderName::from_static(name), value);
        }
    }
    let secret = HeaderValue::from_static(SECRET);
    headers.append(http::header::SET_COOKIE, secret);
    let answer = Answer {
        status: StatusCode::from_u16(status).expect("it has three digits"),
        headers,
        pieces: vec![Bytes::from_static(b"{}")],
    };
    let wire = Wire::answering(answer);
    let request = wire.client().read_headers().send_with_response();
    let shown = match request.now_or_never().expect("nothing waits") {
        Ok(response) => {
            let read = response.documented_headers();
            if let Ok(headers) = &read {
                assert!(headers.set_cookie.is_some(), "a cookie is text");
            }
            // What is wrong with a header does not show it.
            let wrong = read.err().map(|error| error.to_string());
            format!("{response:?} {wrong:?}")
        }
        Err(error) => format!("{error} {error:?}"),
    };
    assert!(!shown.contains(SECRET) && !shown.contains(TOKEN), "{shown}");
}
