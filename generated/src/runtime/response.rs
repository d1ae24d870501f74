//! Responses: undecoded ([`RawResponse`]) and with a typed body ([`Response`]).

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::client::USUAL_LIMIT;
use super::encode::header::Shown;
use super::error::ResponseParts;
use super::exchange::media_type::{self, Syntax};
use super::exchange::{Exchange, field};
use super::json::memory::Memory;
use super::json::text::FieldText;
use super::json::{from_slice_within, text};
use super::{
    Body, Decode, DecodeError, DecodeErrorKind, Description, DocumentedBody, DocumentedError,
    Error, Style,
};
use super::{UnexpectedResponse, UnreadableResponse, retry_after};

/// A response whose body is not decoded yet. The body is in memory, unless the operation streams it.
pub struct RawResponse {
    pub(super) operation: &'static Description,
    pub(super) parts: ResponseParts,
    /// The memory that the decoded body may take.
    pub(super) memory: Memory,
    /// The rest of the body that has not arrived yet, with its exchange.
    pub(super) rest: Option<Box<(Exchange, Body)>>,
}

impl RawResponse {
    /// Returns a response of an operation.
    #[must_use]
    pub fn new(operation: &'static Description, response: http::Response<Bytes>) -> Self {
        let (parts, body) = response.into_parts();
        Self::of(
            operation,
            ResponseParts::new(parts.status, parts.headers, body),
        )
    }

    pub(super) fn of(operation: &'static Description, parts: ResponseParts) -> Self {
        Self {
            operation,
            parts,
            memory: Memory::of_limit(USUAL_LIMIT),
            rest: None,
        }
    }

    /// Returns the response with the client's limit on the size of bodies.
    pub(super) fn with_limit(mut self, bytes: usize) -> Self {
        self.memory = Memory::of_limit(bytes);
        self
    }

    /// Returns a response whose body has not arrived yet.
    pub(super) fn streaming(
        exchange: Exchange,
        status: StatusCode,
        headers: HeaderMap,
        body: Body,
    ) -> Self {
        Self {
            operation: exchange.operation,
            parts: ResponseParts::new(status, headers, Bytes::new()),
            memory: Memory::of_limit(exchange.limit),
            rest: Some(Box::new((exchange, body))),
        }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.parts.status().as_u16()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.parts.headers()
    }

    /// Returns the index of the documented media type that fits the body. Case and parameters are ignored, all JSON
    /// media types are equivalent, and a body without a media type fits the first one.
    #[must_use]
    pub fn choose(&self, documented: &[&str]) -> usize {
        media_type::choose(documented, self.media_type())
    }

    /// Returns the media type with its parameters, or an empty string.
    pub(super) fn media_type(&self) -> &str {
        media_type::content_type(self.headers())
    }

    /// Reads the body as JSON. A missing media type counts as `application/json`.
    pub fn json<T: Decode, H>(self) -> Result<Response<T, H>, Error> {
        self.read(|response| {
            if !response.raw_body().trim_ascii().is_empty() {
                response.check_syntax("a body of JSON", Syntax::Json)?;
            }
            response.read_json()
        })
    }

    fn read_json<T: Decode>(&self) -> Result<T, DecodeError> {
        let json = text::without_mark(self.parts.body());
        if json.trim_ascii().is_empty() {
            return T::empty().ok_or_else(|| nothing("a body of JSON"));
        }
        from_slice_within(json, self.memory)
    }

    /// Reads the body as text in UTF-8, or in Latin-1 if the media type says so.
    pub fn text<H>(self) -> Result<Response<String, H>, Error> {
        self.read(Self::read_text)
    }

    /// Reads the body as a value in plain text, such as a number, an enum value or a date, or as JSON.
    pub fn scalar<T: Decode, H>(self) -> Result<Response<T, H>, Error> {
        self.read(|response| {
            let media_type = media_type::essence(response.media_type());
            if media_type::syntax(&media_type) == Some(Syntax::Json) {
                return response.read_json();
            }
            let text = response.read_text()?;
            if text.trim().is_empty() && !T::is_text() {
                return T::empty().ok_or_else(|| nothing("a value"));
            }
            text::read(&text, response.memory)
        })
    }

    /// Returns the response with a value that is read from its body.
    pub(super) fn read<T, H>(
        self,
        read: impl FnOnce(&Self) -> Result<T, DecodeError>,
    ) -> Result<Response<T, H>, Error> {
        match read(&self) {
            Ok(body) => Ok(self.parts.into_response(body)),
            Err(error) => Err(self.unreadable(error)),
        }
    }

    fn read_text(&self) -> Result<String, DecodeError> {
        let bytes = text::without_mark(self.parts.body());
        let charset = media_type::parameter(self.media_type(), "charset").unwrap_or_default();
        let is_latin = ["iso-8859-1", "latin1"]
            .iter()
            .any(|latin| charset.eq_ignore_ascii_case(latin));
        if is_latin {
            return Ok(bytes.iter().copied().map(char::from).collect());
        }
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| {
            DecodeError::whole(DecodeErrorKind::Syntax, "text in UTF-8", "other bytes")
        })
    }

    /// Checks that the media type, if there is one, has the documented syntax. A documented media type that is not
    /// known, such as a vendor's, always matches.
    pub(super) fn check_syntax(
        &self,
        expected: &'static str,
        syntax: Syntax,
    ) -> Result<(), DecodeError> {
        let media_type = media_type::essence(self.media_type());
        let is_documented = || {
            let mut documented = self.operation.accept.iter();
            documented.any(|it| media_type::essence(it) == media_type)
        };
        let is_fine = match media_type::syntax(&media_type) {
            Some(actual) => actual == syntax,
            None => media_type.is_empty() || is_documented(),
        };
        if is_fine {
            return Ok(());
        }
        let found = format!("a body of `{}`", super::error::printable(&media_type, 100));
        Err(DecodeError::whole(
            DecodeErrorKind::MediaType,
            expected,
            found,
        ))
    }

    /// Returns the body as bytes.
    pub fn bytes<H>(self) -> Result<Response<Bytes, H>, Error> {
        let body = self.parts.body().clone();
        Ok(self.parts.into_response(body))
    }

    /// Returns the body as a stream.
    pub fn body<H>(self) -> Result<Response<Body, H>, Error> {
        let body = match self.rest {
            Some(rest) => rest.1,
            None => self.parts.body().clone().into(),
        };
        Ok(self.parts.into_response(body))
    }

    /// Reads no body, since the document describes none. If there is one, [`Response::raw_body`] returns it.
    pub fn empty<H>(self) -> Result<Response<(), H>, Error> {
        let raw_body = self.parts.body().clone();
        let mut response = self.parts.into_response(());
        response.inner.raw_body = raw_body;
        Ok(response)
    }

    /// Reads a response with an undocumented status. A success (2xx) that can be read as a documented success counts as
    /// one; everything else is [`Error::Unexpected`].
    pub fn undocumented<T, H>(
        self,
        read: fn(Self) -> Result<Response<T, H>, Error>,
    ) -> Result<Response<T, H>, Error> {
        let Self {
            operation,
            parts,
            memory,
            rest,
        } = self;
        if parts.status().is_success()
            && let Ok(response) = read(Self {
                operation,
                parts: parts.clone(),
                memory,
                rest,
            })
        {
            return Ok(response);
        }
        Err(UnexpectedResponse::new(operation, parts).into())
    }

    /// Returns the error of a response with an undocumented status that cannot be read as a documented success.
    #[must_use]
    pub fn unexpected(self) -> Error {
        UnexpectedResponse::new(self.operation, self.parts).into()
    }

    /// Returns the body, which is empty if it has not arrived yet.
    pub(super) fn raw_body(&self) -> &Bytes {
        self.parts.body()
    }

    pub(super) fn unreadable(self, error: DecodeError) -> Error {
        UnreadableResponse::new(self.operation, self.parts, error).into()
    }
}

/// Does not show the body, since it may be secret.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("response", &self.parts)
            .finish_non_exhaustive()
    }
}

/// A response: status, headers and a body of the documented type. It dereferences to the body.
///
/// `H` is the struct of the documented headers, which [`documented_headers`](Self::documented_headers) returns.
pub struct Response<T, H = ()> {
    inner: Box<Inner<T>>,
    documented_headers: PhantomData<fn() -> H>,
}

struct Inner<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    /// The body of a response for which the document describes none.
    raw_body: Bytes,
}

impl<T, H> Response<T, H> {
    /// Returns a response with these parts.
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            inner: Box::new(Inner {
                status,
                headers,
                body,
                raw_body: Bytes::new(),
            }),
            documented_headers: PhantomData,
        }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.inner.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// Returns the time to wait before the next attempt, if the server gives one (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.inner.headers)
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.inner.body
    }

    /// Returns the bytes of a body that the document does not describe. If the document describes a body, this is empty
    /// and [`body`](Self::body) returns it.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.inner.raw_body
    }

    /// Returns the body and drops everything else.
    #[must_use]
    pub fn into_body(self) -> T {
        self.inner.body
    }

    /// Returns status, headers and body.
    #[must_use]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        let Inner {
            status,
            headers,
            body,
            raw_body: _,
        } = *self.inner;
        (status, headers, body)
    }

    /// Returns the same response with another body.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U, H> {
        let (status, headers, body) = self.into_parts();
        Response::new(status, headers, change(body))
    }

    /// Reads the documented headers. Returns `()` if there are none.
    pub fn documented_headers(&self) -> Result<H, DecodeError>
    where
        H: DocumentedHeaders,
    {
        H::read(self.headers())
    }

    /// Reads a header (`style: simple`). Returns `None` if the response does not have it.
    ///
    /// As text, several header lines are joined by commas, and those of `Set-Cookie` by line feeds. As a list,
    /// `Set-Cookie` has an item for each line, `Link` for each link, and any other header for each part between
    /// unquoted commas.
    pub fn header<V: Decode>(&self, name: &'static str) -> Result<Option<V>, DecodeError> {
        field(self.headers(), name, None)
    }

    /// Reads a header in another style. Returns `None` if the response does not have it.
    pub fn styled_header<V: Decode>(
        &self,
        name: &'static str,
        style: Style,
    ) -> Result<Option<V>, DecodeError> {
        field(self.headers(), name, Some(style))
    }
}

/// The documented headers of a response: a struct declared by `headers!`, or `()`.
pub trait DocumentedHeaders: Sized {
    /// Reads the headers. The error names the header that cannot be read.
    #[doc(hidden)]
    fn read(headers: &HeaderMap) -> Result<Self, DecodeError>;
}

impl DocumentedHeaders for () {
    fn read(_headers: &HeaderMap) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// Reads a documented header in its style, or in the default style.
pub fn read_header<V: Decode>(
    headers: &HeaderMap,
    name: &'static str,
    style: Option<Style>,
) -> Result<Option<V>, DecodeError> {
    field(headers, name, style).map_err(|error| error.within(name))
}

fn field<V: Decode>(
    headers: &HeaderMap,
    name: &str,
    style: Option<Style>,
) -> Result<Option<V>, DecodeError> {
    let read = |field: FieldText| match style {
        Some(style) => style.read_header(field),
        None => field.read(),
    };
    field::read(headers, name).map(read).transpose()
}

impl<T: DocumentedBody, H> Response<T, H> {
    /// Returns the response as an [`Error::Documented`].
    #[must_use]
    pub fn into_error(self, operation: &'static Description) -> Error {
        let (status, headers, body) = self.into_parts();
        DocumentedError::new(operation, status, headers, Box::new(body)).into()
    }
}

impl<T, H> Deref for Response<T, H> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.inner.body
    }
}

impl<T: Clone, H> Clone for Response<T, H> {
    fn clone(&self) -> Self {
        Self::new(
            self.inner.status,
            self.inner.headers.clone(),
            self.inner.body.clone(),
        )
    }
}

/// Shows the names of headers but only harmless values, since values may be secret.
impl<T: fmt::Debug, H> fmt::Debug for Response<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.inner.status)
            .field("headers", &Shown(&self.inner.headers))
            .field("body", &self.inner.body)
            .finish()
    }
}

pub(super) fn nothing(expected: &'static str) -> DecodeError {
    let found = "none: the body is empty";
    DecodeError::whole(DecodeErrorKind::Empty, expected, found)
}
