//! The request that a mock service receives; reads its arguments and its body.

use std::fmt;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE};
use http::{HeaderMap, Method, Uri};

use super::styles::{self, Names, Pairs};
use super::{Body, Decode, Guess, MockError, Style, StyleKind};
use super::{from_slice, media_type, without_mark};

/// A request of an operation.
pub struct IncomingRequest {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The path arguments, still encoded.
    pub(super) captures: Vec<(&'static str, String)>,
    /// The query without the fixed part of the operation.
    pub(super) query: String,
}

/// An undecoded body: its bytes and their media type.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RawBody {
    /// The media type, with its parameters.
    pub media_type: String,
    /// The bytes.
    pub bytes: Bytes,
}

/// Shows only the size, since a body may be secret.
impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawBody")
            .field("media_type", &self.media_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl IncomingRequest {
    /// Reads a path argument.
    pub fn path<T: Decode>(&self, name: &str, style: Style) -> Result<T, MockError> {
        let mut captures = self.captures.iter();
        let raw = captures.find(|(known, _)| *known == name);
        let guess = raw.map(|(_, raw)| styles::path(style, name, raw));
        required(guess, "path argument", name)
    }

    /// Reads a required query argument.
    pub fn query<T: Decode>(&self, name: &str, style: Style) -> Result<T, MockError> {
        self.query_object(name, style, Names::None)
    }

    /// Reads an optional query argument. An argument without a value counts as missing, unless it is a text.
    pub fn optional_query<T: Decode>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, MockError> {
        self.optional_query_object(name, style, Names::None)
    }

    /// Reads a required query argument whose properties are parameters of their own.
    pub fn query_object<T: Decode>(
        &self,
        name: &str,
        style: Style,
        names: Names,
    ) -> Result<T, MockError> {
        let guess = styles::query(style, name, &self.query_pairs(), names);
        required(guess, "query argument", name)
    }

    /// Reads an optional query argument whose properties are parameters of their own.
    pub fn optional_query_object<T: Decode>(
        &self,
        name: &str,
        style: Style,
        names: Names,
    ) -> Result<Option<T>, MockError> {
        let pairs = self.query_pairs();
        let guess = styles::query(style, name, &pairs, names);
        let mut own = pairs.iter().filter(|(known, _)| known == name);
        let is_empty = own.next().is_none_or(|(_, value)| value.is_empty());
        match optional(guess, "query argument", name) {
            // These may be properties of another argument that are parameters of their own.
            Err(_) if is_empty && style.kind != StyleKind::DeepObject => Ok(None),
            result => result,
        }
    }

    /// Reads a required argument that is the whole query.
    pub fn query_string<T: Decode>(&self, name: &str, style: Style) -> Result<T, MockError> {
        self.query_form(name, style, &[])
    }

    /// Reads an optional argument that is the whole query.
    pub fn optional_query_string<T: Decode>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, MockError> {
        self.optional_query_form(name, style, &[])
    }

    /// Reads a required argument that is the whole query, as a form if `style` says so. `styles` are the styles of
    /// properties.
    pub fn query_form<T: Decode>(
        &self,
        name: &str,
        style: Style,
        properties: &[(&'static str, Style)],
    ) -> Result<T, MockError> {
        let guess = styles::query_string(style, &self.query, properties);
        required(Some(guess), "query argument", name)
    }

    /// Reads an optional argument that is the whole query, as a form if `style` says so.
    pub fn optional_query_form<T: Decode>(
        &self,
        name: &str,
        style: Style,
        properties: &[(&'static str, Style)],
    ) -> Result<Option<T>, MockError> {
        if self.query.is_empty() {
            return Ok(None);
        }
        self.query_form(name, style, properties).map(Some)
    }

    /// Reads a required header.
    pub fn header<T: Decode>(&self, name: &str, style: Style) -> Result<T, MockError> {
        required(self.header_guess(name, style), "header", name)
    }

    /// Reads an optional header.
    pub fn optional_header<T: Decode>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, MockError> {
        optional(self.header_guess(name, style), "header", name)
    }

    /// Reads a required cookie.
    pub fn cookie<T: Decode>(&self, name: &str, style: Style) -> Result<T, MockError> {
        self.cookie_object(name, style, Names::None)
    }

    /// Reads an optional cookie.
    pub fn optional_cookie<T: Decode>(
        &self,
        name: &str,
        style: Style,
    ) -> Result<Option<T>, MockError> {
        self.optional_cookie_object(name, style, Names::None)
    }

    /// Reads a required argument whose properties are cookies of their own.
    pub fn cookie_object<T: Decode>(
        &self,
        name: &str,
        style: Style,
        names: Names,
    ) -> Result<T, MockError> {
        let guess = styles::cookie(style, name, &self.cookies(), names);
        required(guess, "cookie", name)
    }

    /// Reads an optional argument whose properties are cookies of their own.
    pub fn optional_cookie_object<T: Decode>(
        &self,
        name: &str,
        style: Style,
        names: Names,
    ) -> Result<Option<T>, MockError> {
        let cookies = self.cookies();
        let guess = styles::cookie(style, name, &cookies, names);
        let is_there = cookies.iter().any(|(known, _)| known == name);
        match optional(guess, "cookie", name) {
            // Likewise.
            Err(_) if !is_there => Ok(None),
            result => result,
        }
    }

    /// Returns `true` if there is a body. Without bytes and without a media type, there is none.
    #[must_use]
    pub fn has_body(&self) -> bool {
        !self.body.is_empty() || self.headers.contains_key(CONTENT_TYPE)
    }

    /// Reads an optional body with one of the functions below.
    pub fn optional<T>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, MockError>,
    ) -> Result<Option<T>, MockError> {
        if self.has_body() {
            read(self).map(Some)
        } else {
            Ok(None)
        }
    }

    /// Returns the index of the documented media type that fits the body.
    pub fn choose(&self, documented: &[&str]) -> Result<usize, MockError> {
        let actual = self.media_type();
        let mut fits = documented
            .iter()
            .enumerate()
            .filter_map(|(index, it)| media_type::fit(it, actual).map(|fit| (fit, index)));
        let best = fits.next().map(|first| fits.fold(first, std::cmp::min));
        match best {
            Some((_, index)) => Ok(index),
            None if actual.is_empty() => Err(MockError::new("the body has no media type")),
            None => {
                let actual = super::error_of_runtime::printable(actual, 100);
                let documented = documented.join("` or `");
                let message =
                    format!("the body has the media type `{actual}` instead of `{documented}`");
                Err(MockError::new(message))
            }
        }
    }

    /// Reads a JSON body.
    pub fn json<T: Decode>(&self, documented: &str) -> Result<T, MockError> {
        self.check(documented)?;
        let json = without_mark(&self.body);
        if json.trim_ascii().is_empty() {
            let missing = || MockError::new("the body is missing");
            return T::empty().ok_or_else(missing);
        }
        from_slice(json).map_err(|error| MockError::unreadable("the body", error))
    }

    /// Reads a text body.
    pub fn text(&self, documented: &str) -> Result<String, MockError> {
        self.check(documented)?;
        let text = std::str::from_utf8(without_mark(&self.body));
        let text = text.map_err(|_| MockError::new("the body is not UTF-8 text"))?;
        Ok(text.to_owned())
    }

    /// Reads a body that is a value in plain text.
    pub fn scalar<T: Decode>(&self, documented: &str) -> Result<T, MockError> {
        required(Some(Guess::text(&self.text(documented)?)), "body", "")
    }

    /// Returns the undecoded body.
    pub fn raw(&self, documented: &str) -> Result<RawBody, MockError> {
        self.check(documented)?;
        Ok(RawBody {
            media_type: self.media_type().to_owned(),
            bytes: self.body.clone(),
        })
    }

    /// Returns the body as a [`Body`].
    pub fn bytes(&self, documented: &str) -> Result<Body, MockError> {
        let raw = self.raw(documented)?;
        Ok(Body::from(raw.bytes).of_type(raw.media_type))
    }

    /// Checks the media type of a body.
    pub(super) fn check(&self, documented: &str) -> Result<(), MockError> {
        if !self.has_body() {
            return Err(MockError::new("the body is missing"));
        }
        self.choose(&[documented]).map(drop)
    }

    pub(super) fn media_type(&self) -> &str {
        media_type::content_type(&self.headers)
    }

    pub(super) fn query_pairs(&self) -> Pairs {
        styles::pairs(&self.query)
    }

    /// Returns the cookies. Names are decoded, values are not.
    pub(super) fn cookies(&self) -> Pairs {
        let lines = self.headers.get_all(COOKIE).iter();
        let lines = lines.filter_map(|it| it.to_str().ok());
        let pairs = lines.flat_map(|it| it.split(';'));
        let pairs = pairs.filter_map(|it| it.trim().split_once('='));
        pairs
            .map(|(name, value)| (styles::percent(name), value.to_owned()))
            .collect()
    }

    fn header_guess(&self, name: &str, style: Style) -> Option<Guess> {
        let lines = self.headers.get_all(name).iter();
        let lines: Vec<&str> = lines.filter_map(|it| it.to_str().ok()).collect();
        (!lines.is_empty()).then(|| styles::header(style, &lines.join(",")))
    }
}

/// Shows no values, since they may be secret.
impl fmt::Debug for IncomingRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingRequest")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .finish_non_exhaustive()
    }
}

/// Reads a required value.
fn required<T: Decode>(guess: Option<Guess>, place: &str, name: &str) -> Result<T, MockError> {
    match optional(guess, place, name)? {
        Some(value) => Ok(value),
        None => Err(MockError::new(format!("the {place} `{name}` is missing"))),
    }
}

fn optional<T: Decode>(
    guess: Option<Guess>,
    place: &str,
    name: &str,
) -> Result<Option<T>, MockError> {
    let Some(guess) = guess else {
        return Ok(None);
    };
    let part = if name.is_empty() {
        format!("the {place}")
    } else {
        format!("the {place} `{name}`")
    };
    let value = guess.read();
    value
        .map(Some)
        .map_err(|error| MockError::unreadable(&part, error))
}
