//! Responses of a mock service.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{Body, Description, Encode, MockError, Operation, Status, Style, Tree};
use super::{TransportError, TransportErrorKind, encode, media_type, to_vec};

/// A response of the operation `O`: a documented response, created by a function of `O` (`GetPet::not_found()`), or a
/// failure of the transport.
#[must_use = "a response does nothing unless a closure returns it"]
pub struct MockResponse<O> {
    response: UntypedResponse,
    operation: PhantomData<fn() -> O>,
}

impl<O: Operation> MockResponse<O> {
    /// Returns a failure of the transport instead of a response, such as a timeout or a broken connection. The client
    /// handles it as it would a real failure.
    pub fn failure(kind: TransportErrorKind) -> Self {
        Self::of(UntypedResponse {
            result: Err(kind.into()),
            ..UntypedResponse::new(0)
        })
    }

    /// Sets a header, in place of one with the same name.
    pub fn with_header(self, name: &str, value: &str) -> Self {
        Self::of(self.response.header(name, &value, Style::TEXT))
    }

    /// Returns a response of this operation.
    #[doc(hidden)]
    pub fn of(response: UntypedResponse) -> Self {
        Self {
            response,
            operation: PhantomData,
        }
    }

    /// Adds a documented header.
    #[doc(hidden)]
    pub fn header(self, name: &str, value: &dyn Encode, style: Style) -> Self {
        Self::of(self.response.header(name, value, style))
    }

    pub(super) fn into_untyped(self) -> UntypedResponse {
        self.response
    }
}

/// Shows only the status.
impl<O> fmt::Debug for MockResponse<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.response.fmt(f)
    }
}

/// Returns a closure that gives each of these responses once, in order. Further requests fail.
///
/// ```ignore
/// let service = Service::new().on_poll(in_turn([Poll::forbidden(), Poll::ok(confirmed)]));
/// ```
pub fn in_turn<R, O: Operation>(
    responses: impl IntoIterator<Item = MockResponse<O>>,
) -> impl Fn(R) -> MockResponse<O> + Send + Sync + 'static {
    let responses: VecDeque<UntypedResponse> = responses
        .into_iter()
        .map(MockResponse::into_untyped)
        .collect();
    let responses = Mutex::new(responses);
    move |_request| {
        let mut responses = responses.lock().unwrap_or_else(PoisonError::into_inner);
        let next = responses.pop_front();
        MockResponse::of(next.unwrap_or_else(|| {
            UntypedResponse::failed(MockError::new("all responses of `in_turn` have been given"))
        }))
    }
}

/// A response that is not tied to an operation by its type.
pub struct UntypedResponse {
    /// The documented response that it is an instance of.
    pattern: Status,
    status: u16,
    headers: HeaderMap,
    result: Result<Body, TransportError>,
}

impl UntypedResponse {
    /// Returns a response with this status, without a body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self::within(Status::Code(status), status)
    }

    /// Returns a response of a documented range, or of the default response.
    #[must_use]
    pub fn within(pattern: Status, status: u16) -> Self {
        Self {
            pattern,
            status,
            headers: HeaderMap::new(),
            result: Ok(Body::empty()),
        }
    }

    pub(super) fn failed(error: MockError) -> Self {
        Self {
            result: Err(error.into()),
            ..Self::new(0)
        }
    }

    /// Sends a value as JSON.
    #[must_use]
    pub fn json(self, media_type: &str, body: &dyn Encode) -> Self {
        let json = to_vec(body);
        self.bytes(
            media_type,
            json.map_err(|error| MockError::unwritable(&error)),
        )
    }

    /// Sends text.
    #[must_use]
    pub fn text(self, media_type: &str, body: impl Into<String>) -> Self {
        self.bytes(media_type, Ok(body.into().into_bytes()))
    }

    /// Sends a value as text.
    #[must_use]
    pub fn scalar(self, media_type: &str, body: &dyn Encode) -> Self {
        let tree = encode::style::tree(body).map_err(|error| MockError::unwritable(&error));
        let text = tree.map(|it| encode::style::text(&it).unwrap_or_default().into_bytes());
        self.bytes(media_type, text)
    }

    /// Sends bytes, or a stream of them.
    #[must_use]
    pub fn body(mut self, media_type: &str, body: impl Into<Body>) -> Self {
        let mut body = body.into();
        let Some(media_type) = body.take_type().or_else(|| concrete(media_type)) else {
            let message = format!(
                "the body may have any media type in `{media_type}`: set it with `Body::of_type`"
            );
            return Self::failed(MockError::new(message));
        };
        self.result = self.result.map(|_| body);
        self.media_type(&media_type)
    }

    pub(super) fn bytes(self, media_type: &str, bytes: Result<Vec<u8>, MockError>) -> Self {
        match bytes {
            Ok(bytes) => self.body(media_type, bytes),
            Err(error) => Self::failed(error),
        }
    }

    /// Sends chunks in sequence.
    #[allow(dead_code, reason = "an API need not have streams")]
    pub(super) fn chunks(
        self,
        media_type: &str,
        chunks: Result<VecDeque<Bytes>, MockError>,
    ) -> Self {
        match chunks {
            Ok(chunks) => self.body(media_type, Body::from_stream(Chunks(chunks))),
            Err(error) => Self::failed(error),
        }
    }

    fn media_type(mut self, media_type: &str) -> Self {
        match HeaderValue::from_str(media_type) {
            Ok(value) => {
                self.headers.insert(CONTENT_TYPE, value);
                self
            }
            Err(_) => Self::failed(MockError::new("the media type is not allowed in a header")),
        }
    }

    /// Adds a header.
    #[must_use]
    pub(super) fn header(mut self, name: &str, value: &dyn Encode, style: Style) -> Self {
        if value.is_absent() || self.result.is_err() {
            return self;
        }
        let lines = match encode::style::tree(value) {
            // They could not be separated again (RFC 6265, section 3).
            Ok(Tree::Array(cookies)) if name == SET_COOKIE => {
                cookies.iter().filter_map(encode::style::text).collect()
            }
            Ok(tree) => style.header(&tree).into_iter().collect(),
            Err(_) => Vec::new(),
        };
        let values = lines.iter().map(|it| HeaderValue::from_str(it).ok());
        let values: Option<Vec<HeaderValue>> = values.collect();
        match (HeaderName::from_bytes(name.as_bytes()), values) {
            (Ok(name), Some(values)) => {
                self.headers.remove(&name);
                for value in values {
                    self.headers.append(&name, value);
                }
                self
            }
            _ => Self::failed(MockError::new(format!(
                "the header `{}` cannot be sent",
                super::error_of_runtime::printable(name, 100)
            ))),
        }
    }

    /// Returns the response for sending, if the operation documents it.
    pub(super) fn finish(
        self,
        description: &Description,
    ) -> Result<http::Response<Body>, TransportError> {
        if self.result.is_ok() && !is_documented(description, self.pattern, self.status) {
            let message = format!(
                "`{}` documents another response for the status {}, or none",
                description.id, self.status
            );
            return Err(MockError::new(message).into());
        }
        self.finish_unchecked()
    }

    /// Returns the response for sending.
    pub(super) fn finish_unchecked(self) -> Result<http::Response<Body>, TransportError> {
        let body = self.result?;
        let status = StatusCode::from_u16(self.status);
        let status = status.map_err(|_| MockError::new("the status is not a valid status code"))?;
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }
}

/// Returns `true` if a status belongs to a documented response and to no other that is more specific.
fn is_documented(description: &Description, pattern: Status, status: u16) -> bool {
    let is_own = |code| {
        description
            .responses
            .iter()
            .any(|(it, _)| *it == Status::Code(code))
    };
    match pattern {
        Status::Code(code) => code == status,
        Status::Range(digit) => status / 100 == u16::from(digit) && !is_own(status),
        Status::Default => (200..600).contains(&status) && description.documents(status).is_none(),
    }
}

/// Returns the media type of a body that has none of its own, if the document has a range.
fn concrete(documented: &str) -> Option<String> {
    let essence = media_type::essence(documented);
    let concrete = match essence.split_once('/') {
        _ if !essence.contains('*') => documented,
        Some(("text", _)) => "text/plain",
        Some(("*" | "application", range)) => match range {
            range if range.ends_with("json") => "application/json",
            range if range.ends_with("xml") => "application/xml",
            _ => "application/octet-stream",
        },
        _ => return None,
    };
    Some(concrete.to_owned())
}

/// Shows only the status, since everything else may be secret.
impl fmt::Debug for UntypedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockResponse")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// A stream of chunks.
struct Chunks(VecDeque<Bytes>);

impl Stream for Chunks {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.get_mut().0.pop_front().map(Ok))
    }
}
