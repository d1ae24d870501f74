//! Answers: first as they come ([`Reply`]), then with a body of a type ([`Response`]).

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::{
    Decode, DecodeError, DecodeErrorKind, DocumentedBody, DocumentedError, Error, Operation,
    Received,
};
use super::{Encode, UnexpectedResponse, UnreadableResponse, Writer, from_slice, retry_after};

/// An answer whose body is not read yet.
pub struct Reply {
    operation: &'static Operation,
    received: Received,
}

impl Reply {
    /// Returns an answer to an operation.
    #[must_use]
    pub fn new(operation: &'static Operation, received: Received) -> Self {
        Self {
            operation,
            received,
        }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.received.status().as_u16()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.received.headers()
    }

    /// Returns whether the body is of a media type, or of a range of them (`image/*`); parameters do not count.
    #[must_use]
    pub fn is(&self, media_type: &str) -> bool {
        let actual = self.media_type();
        match media_type.strip_suffix('*') {
            Some(range) => actual
                .get(..range.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(range)),
            None => actual.eq_ignore_ascii_case(media_type),
        }
    }

    /// Returns the media type without its parameters, or an empty text.
    pub(super) fn media_type(&self) -> &str {
        let value = self
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim()
    }

    /// Reads the body as JSON. A missing media type is as good as `application/json`.
    pub fn json<T: Decode, H>(self) -> Result<Response<T, H>, Error> {
        let body = match self.check_json() {
            Ok(()) => from_slice(self.received.body()),
            Err(error) if error.kind() == DecodeErrorKind::Empty => T::empty().ok_or(error),
            Err(error) => Err(error),
        };
        match body {
            Ok(body) => Ok(self.received.into_response(body)),
            Err(error) => Err(self.unreadable(error)),
        }
    }

    fn check_json(&self) -> Result<(), DecodeError> {
        let media_type = self.media_type().to_ascii_lowercase();
        if self.received.body().trim_ascii().is_empty() {
            return Err(DecodeError::whole(
                DecodeErrorKind::Empty,
                "a body of JSON",
                "none: the body is empty",
            ));
        }
        let is_json =
            media_type.is_empty() || media_type.ends_with("/json") || media_type.ends_with("+json");
        if is_json {
            return Ok(());
        }
        let found = format!("a body of `{}`", super::error::printable(&media_type, 100));
        Err(DecodeError::whole(
            DecodeErrorKind::MediaType,
            "a body of JSON",
            found,
        ))
    }

    /// Reads the body as text in UTF-8.
    pub fn text<H>(self) -> Result<Response<String, H>, Error> {
        match std::str::from_utf8(self.received.body()).map(str::to_owned) {
            Ok(text) => Ok(self.received.into_response(text)),
            Err(_) => Err(self.unreadable(DecodeError::whole(
                DecodeErrorKind::Syntax,
                "text in UTF-8",
                "other bytes",
            ))),
        }
    }

    /// Returns the body as it is.
    pub fn bytes<H>(self) -> Result<Response<Bytes, H>, Error> {
        let body = self.received.body().clone();
        Ok(self.received.into_response(body))
    }

    /// Reads no body: the description has none. What came all the same is [`Response::raw_body`].
    pub fn empty<H>(self) -> Result<Response<(), H>, Error> {
        let raw_body = self.received.body().clone();
        let mut response = self.received.into_response(());
        response.inner.raw_body = raw_body;
        Ok(response)
    }

    /// Reads an answer with an undocumented status: a success (2xx) that is as documented counts as one; anything
    /// else is [`Error::Unexpected`].
    pub fn undocumented<T, H>(
        self,
        read: fn(Self) -> Result<Response<T, H>, Error>,
    ) -> Result<Response<T, H>, Error> {
        let Self {
            operation,
            received,
        } = self;
        if received.status().is_success()
            && let Ok(response) = read(Self {
                operation,
                received: received.clone(),
            })
        {
            return Ok(response);
        }
        Err(UnexpectedResponse::new(operation, received).into())
    }

    /// Returns the error of an answer with an undocumented status that cannot be read as a documented success.
    #[must_use]
    pub fn unexpected(self) -> Error {
        UnexpectedResponse::new(self.operation, self.received).into()
    }

    /// Returns the answer as it came.
    pub(super) fn received(&self) -> &Received {
        &self.received
    }

    /// Returns the answer with what was read from its body.
    pub(super) fn read_as<T, H>(
        self,
        read: Result<T, DecodeError>,
    ) -> Result<Response<T, H>, Error> {
        match read {
            Ok(body) => Ok(self.received.into_response(body)),
            Err(error) => Err(self.unreadable(error)),
        }
    }

    fn unreadable(self, error: DecodeError) -> Error {
        UnreadableResponse::new(self.operation, self.received, error).into()
    }
}

/// Shows no body: it may be secret.
impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("operation", &self.operation.id)
            .field("received", &self.received)
            .finish()
    }
}

/// An answer with its status, its headers and a body of a documented type, to which it dereferences.
///
/// `H` stands for the headers that are documented for the answer; it has no values.
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
    /// Returns an answer made of its parts.
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

    /// Returns the same answer with another body.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U, H> {
        let (status, headers, body) = self.into_parts();
        Response::new(status, headers, change(body))
    }

    /// Reads a header (`style: simple`). `None` if the answer does not have it.
    pub fn header<V: Decode>(&self, name: &'static str) -> Result<Option<V>, DecodeError> {
        let values: Vec<&str> = self
            .inner
            .headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        if values.is_empty() {
            return Ok(None);
        }
        let text = values.join(",");
        // The text may stand for a string, for another scalar, or for a list of either.
        let items = || text.split(',').map(str::trim);
        let candidates = [
            quoted(&text),
            text.clone(),
            list(items().map(quoted)),
            list(items().map(str::to_owned)),
        ];
        let mut fault = None;
        for candidate in candidates {
            match from_slice(candidate.as_bytes()) {
                Ok(value) => return Ok(Some(value)),
                Err(error) => fault = fault.or(Some(error)),
            }
        }
        fault.map_or(Ok(None), Err)
    }
}

impl<T: DocumentedBody, H> Response<T, H> {
    /// Returns the answer as an [`Error::Documented`].
    #[must_use]
    pub fn into_error(self, operation: &'static Operation) -> Error {
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

impl<T: fmt::Debug, H> fmt::Debug for Response<T, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.inner.status)
            .field("headers", &self.inner.headers)
            .field("body", &self.inner.body)
            .finish()
    }
}

/// Returns text as a JSON string.
fn quoted(text: &str) -> String {
    let mut writer = Writer::new();
    text.encode(&mut writer);
    writer
        .finish()
        .ok()
        .and_then(|json| String::from_utf8(json).ok())
        .unwrap_or_default()
}

/// Returns JSON values as a JSON array.
fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}
