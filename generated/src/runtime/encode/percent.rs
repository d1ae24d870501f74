//! The sets of percent-encoded characters (RFC 3986, RFC 6265, RFC 6570).

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
pub(crate) const STRICT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Keeps reserved characters, except for those that end a segment.
pub(super) const PATH_RESERVED: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Keeps reserved characters, except for those that are not allowed in a query (`[`, `]`, `#`) or have a special
/// meaning in it (`&`, `+`).
pub(super) const QUERY_RESERVED: &AsciiSet =
    &PATH_RESERVED.add(b'&').add(b'+').remove(b'/').remove(b'?');

/// Keeps reserved characters, except for those that are not allowed in the value of a cookie (RFC 6265, section 4.1.1).
pub(super) const COOKIE_RESERVED: &AsciiSet = &PATH_RESERVED
    .add(b',')
    .add(b';')
    .remove(b'#')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']');

/// Characters that are not allowed in the name of a cookie.
pub(super) const COOKIE_NAME: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b',')
    .add(b';')
    .add(b'=')
    .add(b'\\');

/// Characters that are not allowed in a path.
pub(super) const PATH_LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'^')
    .add(b'\\')
    .add(b'|');

/// Encodes text, every percent sign included.
pub(crate) fn encode(text: &str, set: &'static AsciiSet) -> String {
    text.split('%')
        .map(|piece| utf8_percent_encode(piece, set).to_string())
        .collect::<Vec<_>>()
        .join("%25")
}

/// Encodes text, but keeps characters that are already percent-encoded (RFC 6570, section 3.2.3).
pub(super) fn encode_rest(text: &str, set: &'static AsciiSet) -> String {
    let mut pieces = text.split('%');
    let mut encoded: String = utf8_percent_encode(pieces.next().unwrap_or_default(), set).collect();
    for piece in pieces {
        let is_triple = piece
            .as_bytes()
            .get(..2)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        encoded.push_str(if is_triple { "%" } else { "%25" });
        encoded.extend(utf8_percent_encode(piece, set));
    }
    encoded
}
