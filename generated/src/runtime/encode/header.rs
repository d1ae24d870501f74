//! Arguments in headers and cookies.

use std::fmt;

use http::header::COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::style;
use super::{Call, Encode, Error, RequestError, Style};

impl Call {
    /// Sets a header. Its value is sent as it is. Characters that are not allowed in a header are refused.
    pub fn header(&mut self, name: &'static str, value: &dyn Encode, style: Style) {
        if value.is_absent() {
            return;
        }
        let text = match style::tree(value) {
            Ok(tree) => style.header(&tree),
            Err(error) => return self.fail(Error::from(error)),
        };
        let Some(text) = text else { return };
        match (HeaderName::from_bytes(name.as_bytes()), header_value(&text)) {
            (Ok(name), Some(value)) => {
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.fail(
                RequestError::argument("header", name, "has a name that HTTP forbids").into(),
            ),
            (_, None) => {
                let problem = "contains a character that is not allowed in a header";
                self.fail(RequestError::argument("header", name, problem).into());
            }
        }
    }

    /// Sets a cookie. Characters that are not allowed in a cookie are percent-encoded, or refused if the style sends
    /// values as they are.
    pub fn cookie(&mut self, name: &'static str, value: &dyn Encode, style: Style) {
        if value.is_absent() {
            return;
        }
        match style::tree(value) {
            Ok(tree) => {
                let cookies = style.cookies(name, &tree);
                let is_plain = |text: &str| text.bytes().all(|it| matches!(it, b' '..=b'~'));
                let is_whole = |(key, text): &(String, String)| {
                    is_plain(key)
                        && is_plain(text)
                        && !key.contains([';', '='])
                        && !text.contains(';')
                };
                if !cookies.iter().all(is_whole) {
                    let problem = "contains a character that is not allowed in a cookie";
                    return self.fail(RequestError::argument("cookie", name, problem).into());
                }
                self.cookies.retain(|(known, ..)| *known != name);
                let cookies = cookies.into_iter().map(|(key, text)| (name, key, text));
                self.cookies.extend(cookies);
            }
            Err(error) => self.fail(Error::from(error)),
        }
    }
}

impl Call {
    /// Returns `true` if an argument is a cookie of this name, also in a `Cookie` header that the caller has set.
    pub(crate) fn has_cookie(&self, name: &str) -> bool {
        let written = self.headers.get(COOKIE).and_then(|it| it.to_str().ok());
        let written = written.into_iter().flat_map(|it| it.split(';'));
        let mut written = written.filter_map(|it| it.trim().split_once('='));
        self.cookies.iter().any(|(_, known, _)| known == name)
            || written.any(|(known, _)| known == name)
    }

    /// Adds the cookies to the headers: in one header (RFC 6265, section 5.4), after the caller's own cookies.
    pub(crate) fn write_cookies(&mut self) -> Result<(), RequestError> {
        if let Some(written) = self.headers.get_mut(COOKIE) {
            written.set_sensitive(true);
        }
        if self.cookies.is_empty() {
            return Ok(());
        }
        let refused = "a cookie contains a character that is not allowed in a header";
        let written = self.headers.get(COOKIE).and_then(|it| it.to_str().ok());
        let written = written.map(|it| it.trim_end_matches([';', ' ']).to_owned());
        let written = written.filter(|it| !it.is_empty());
        let pairs = self.cookies.iter();
        let pairs = pairs.map(|(_, name, value)| format!("{name}={value}"));
        let pairs: Vec<String> = written.into_iter().chain(pairs).collect();
        let cookies = HeaderValue::from_str(&pairs.join("; "));
        let mut cookies = cookies.map_err(|_| RequestError::new(refused))?;
        cookies.set_sensitive(true);
        self.headers.insert(COOKIE, cookies);
        Ok(())
    }
}

/// Returns text as the value of a header. Only visible ASCII characters, spaces and tabs are allowed.
///
/// HTTP also passes on other bytes (RFC 9110, section 5.5), but receivers interpret them differently.
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok().filter(|_| text.is_ascii())
}

/// Headers whose values are harmless.
const HARMLESS: &[&str] = &[
    "accept-ranges",
    "age",
    "allow",
    "cache-control",
    "connection",
    "content-encoding",
    "content-language",
    "content-length",
    "content-type",
    "date",
    "expires",
    "last-modified",
    "retry-after",
    "server",
    "transfer-encoding",
    "vary",
];

/// Marks the headers of a response that may hold a secret, so that their own `Debug` does not show them, either.
pub(crate) fn mark_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        value.set_sensitive(!HARMLESS.contains(&name.as_str()));
    }
}

/// Headers for `Debug`: their names, and the values of headers that are known to be harmless. Any other header may hold
/// a secret, whatever its name.
pub(crate) struct Shown<'h>(pub(crate) &'h HeaderMap);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_map();
        for (name, value) in self.0 {
            let name = name.as_str();
            if HARMLESS.contains(&name) {
                shown.entry(&name, value);
            } else {
                shown.entry(&name, &format_args!("(hidden)"));
            }
        }
        shown.finish()
    }
}
