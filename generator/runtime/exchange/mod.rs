//! The exchange of one request and its response: collects or streams the response, and reports errors.

#[cfg(feature = "blocking")]
mod blocking;
mod body;
pub(super) mod field;
#[cfg(all(
    any(feature = "reqwest", feature = "tower"),
    not(target_arch = "wasm32")
))]
mod frames;
pub(super) mod hooks;
#[cfg(feature = "reqwest")]
mod http_transport;
pub(super) mod media_type;
pub(super) mod redirect;
pub(super) mod retry_after;
#[cfg(feature = "tracing")]
mod span;
mod timeout;
#[cfg(all(feature = "tower", not(target_arch = "wasm32")))]
mod tower_transport;
mod transport;

use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

#[cfg(feature = "blocking")]
pub use self::blocking::{Blocking, BodyReader, block_on};
pub use self::body::Body;
pub use self::hooks::{IncomingResponse, OutgoingRequest};
#[cfg(feature = "reqwest")]
pub use self::http_transport::HttpTransport;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use self::http_transport::HttpTransportBuilder;
#[cfg(all(feature = "reqwest-middleware", not(target_arch = "wasm32")))]
pub use self::http_transport::MiddlewareTransport;
use self::media_type::content_type;
pub use self::retry_after::retry_after;
pub use self::timeout::Timeout;
#[cfg(all(feature = "tower", not(target_arch = "wasm32")))]
pub use self::tower_transport::TowerTransport;
pub use self::transport::{BoxFuture, Shareable, Transport, TransportError, TransportErrorKind};
use super::error::ResponseParts;
use super::{Description, Error, RawResponse, TooLargeError};

// Imports that the files here use through `super::`.
#[cfg(any(
    feature = "blocking",
    all(feature = "reqwest", not(target_arch = "wasm32"))
))]
use super::RequestError;
use super::json::text;
use super::{RedirectError, RedirectReason, call, client, encode, retry};

/// The details of an exchange, without its response.
pub(super) struct Exchange {
    pub(super) operation: &'static Description,
    /// The URL of the request, until the whole response has arrived. Errors show only its origin: scheme, host and
    /// port.
    pub(super) url: Option<Url>,
    pub(super) timeout: Timeout,
    /// The initial timeout of the exchange.
    pub(super) patience: Duration,
    /// The maximum number of bytes of a response in memory.
    pub(super) limit: usize,
}

impl Exchange {
    /// Collects the body of a response, unless it is streamed.
    pub(super) async fn receive(
        self,
        method: &Method,
        response: http::Response<Body>,
    ) -> Result<RawResponse, Error> {
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        if self
            .operation
            .streams(status.as_u16(), content_type(&headers))
        {
            self.timeout.limit_pauses(self.patience);
            let body = body.with_limit(self.limit);
            return Ok(RawResponse::streaming(self, status, headers, body));
        }
        let is_too_large = method != Method::HEAD
            && declared_length(&headers).is_some_and(|length| length > self.limit);
        let bytes = if is_too_large {
            None
        } else {
            let bytes = body.collect(self.limit).await;
            bytes.map_err(|error| self.failure(error))?
        };
        match bytes {
            Some(bytes) => {
                let parts = ResponseParts::new(status, headers, bytes);
                Ok(RawResponse::of(self.operation, parts).with_limit(self.limit))
            }
            None => Err(self.too_large(status, headers)),
        }
    }

    /// Returns the error for an error of the transport.
    pub(super) fn failure(&self, error: TransportError) -> Error {
        let origin = self
            .url
            .as_ref()
            .map(|it| it.origin().ascii_serialization());
        let origin = origin.unwrap_or_default();
        Error::transport(self.operation, origin, self.patience, error)
    }

    /// Returns the error of a response that is larger than allowed.
    pub(super) fn too_large(&self, status: StatusCode, headers: HeaderMap) -> Error {
        TooLargeError::new(self.operation, status, headers, self.limit).into()
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
