//! Responses: first as they come ([`RawResponse`]), then with a body of a type ([`Response`]).

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

/// A response whose body is not read yet. It is in memory, unless the operation hands it over as it comes.
pub struct RawResponse {
    pub(super) operation: &'static Description,
    pub(super) parts: ResponseParts,
    /// How much memory the body may take when it is read.
    pub(super) memory: Memory,
    /// The body that is still to come, and where it comes from.
    pub(super) rest: Option<Box<(Exchange, Body)>>,
}

impl RawResponse {
    /// Returns a response to an operation.
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

    /// Returns the same response of a client that takes bodies of so many bytes.
    pub(super) fn with_limit(mut self, bytes: usize) -> Self {
        self.memory = Memory::of_limit(bytes);
        self
    }

    /// Returns a response whose body is still to come.
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

    /// Returns which of the documented media types the body is of, by its place in the list. Case and parameters do
    /// not matter, one kind of JSON is as good as another, and without a media type it is the first.
    #[must_use]
    pub fn choose(&self, documented: &[&str]) -> usize {
        media_type::choose(documented, self.media_type())
    }

    /// Returns the media type with its parameters, or an empty text.
    pub(super) fn media_type(&self) -> &str {
        media_type::content_type(self.headers())
    }

    /// Reads the body as JSON. A missing media type is as good as `application/json`.
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

    /// Reads the body as text in UTF-8, or in Latin-1 if that is what it says to be.
    pub fn text<H>(self) -> Result<Response<String, H>, Error> {
        self.read(Self::read_text)
    }

    /// Reads the body as a value in plain text: a number, one of several words, a date; or as JSON.
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

    /// Returns the response with what is read from its body.
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

    /// Checks that the media type, if there is one, has the syntax that the description promises. A documented name of
    /// which nothing is known, such as a vendor's, has it.
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

    /// Returns the body as it is.
    pub fn bytes<H>(self) -> Result<Response<Bytes, H>, Error> {
        let body = self.parts.body().clone();
        Ok(self.parts.into_response(body))
    }

    /// Returns the body as it comes.
    pub fn body<H>(self) -> Result<Response<Body, H>, Error> {
        let body = match self.rest {
            Some(rest) => rest.1,
            None => self.parts.body().clone().into(),
        };
        Ok(self.parts.into_response(body))
    }

    /// Reads no body: the description has none. What came all the same is [`Response::raw_body`].
    pub fn empty<H>(self) -> Result<Response<(), H>, Error> {
        let raw_body = self.parts.body().clone();
        let mut response = self.parts.into_response(());
        response.inner.raw_body = raw_body;
        Ok(response)
    }

    /// Reads a response with an undocumented status: a success (2xx) that is as documented counts as one; anything
    /// else is [`Error::Unexpected`].
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

    /// Returns the body, which is empty when it is still to come.
    pub(super) fn raw_body(&self) -> &Bytes {
        self.parts.body()
    }

    pub(super) fn unreadable(self, error: DecodeError) -> Error {
        UnreadableResponse::new(self.operation, self.parts, error).into()
    }
}

/// Shows no body: it may be secret.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("response", &self.parts)
            .finish_non_exhaustive()
    }
}

/// A response with its status, its headers and a body of a documented type, to which it dereferences.
///
/// `H` is the struct of its documented headers, which [`documented_headers`](Self::documented_headers) returns.
pub struct Response<T, H = ()> {
    inner: Box<Inner<T>>,
    documented_headers: PhantomData<fn() -> H>,
}

struct Inner<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    /// What came where no body is described.
    raw_body: Bytes,
}

impl<T, H> Response<T, H> {
    /// Returns a response made of its parts.
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

    /// Returns how long to wait before the next attempt, if the server says so (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.inner.headers)
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.inner.body
    }

    /// Returns the bytes that came where the description has no body. Empty where it has one, which
    /// [`body`](Self::body) is.
    #[must_use]
    pub fn raw_body(&self) -> &Bytes {
        &self.inner.raw_body
    }

    /// Returns the body and drops the rest.
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

    /// Reads the documented headers. `()` where there are none.
    pub fn documented_headers(&self) -> Result<H, DecodeError>
    where
        H: DocumentedHeaders,
    {
        H::read(self.headers())
    }

    /// Reads a header (`style: simple`). `None` if the response does not have it.
    ///
    /// As text, several lines are joined by commas, those of `Set-Cookie` by line feeds. A list has an item for each
    /// line of `Set-Cookie`, for each link of `Link`, and for what stands between commas outside of quotes elsewhere.
    pub fn header<V: Decode>(&self, name: &'static str) -> Result<Option<V>, DecodeError> {
        field(self.headers(), name, None)
    }

    /// Reads a header that is written in another style. `None` if the response does not have it.
    pub fn styled_header<V: Decode>(
        &self,
        name: &'static str,
        style: Style,
    ) -> Result<Option<V>, DecodeError> {
        field(self.headers(), name, Some(style))
    }
}

/// Headers that are documented for a response: a struct of `headers!`, or `()`.
pub trait DocumentedHeaders: Sized {
    /// Reads them. The error names the header that cannot be read.
    #[doc(hidden)]
    fn read(headers: &HeaderMap) -> Result<Self, DecodeError>;
}

impl DocumentedHeaders for () {
    fn read(_headers: &HeaderMap) -> Result<Self, DecodeError> {
        Ok(())
    }
}

/// Reads a documented header in its style, or in the usual one.
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

/// Shows the names of headers, and few values: they may be secret.
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
