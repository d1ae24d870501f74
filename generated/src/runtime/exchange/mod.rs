//! One request and its answer: what is collected, what is handed over as it comes, and what can go wrong.

#[cfg(feature = "blocking")]
mod blocking;
mod body;
pub(super) mod field;
#[cfg(feature = "reqwest")]
mod http_transport;
pub(super) mod media_type;
pub(super) mod redirect;
mod retry_after;
mod timeout;
mod transport;

use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method, StatusCode};

#[cfg(feature = "blocking")]
pub use self::blocking::{Blocking, BodyReader, block_on};
pub use self::body::Body;
#[cfg(feature = "reqwest")]
pub use self::http_transport::HttpTransport;
use self::media_type::content_type;
pub use self::retry_after::retry_after;
pub use self::timeout::Timeout;
pub use self::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use super::{Error, Operation, Received, Reply, TooLargeError};

// What the files here name by `super::`.
#[cfg(feature = "blocking")]
use super::RequestError;
use super::json::text;
use super::{RedirectError, RedirectReason, client, encode, request};

/// What is known of an exchange without its answer.
pub(super) struct Exchange {
    pub(super) operation: &'static Operation,
    /// Scheme, host and port, which is all of the URL that errors tell.
    pub(super) origin: String,
    pub(super) timeout: Timeout,
    /// The time that the exchange had at first.
    pub(super) patience: Duration,
    /// How many bytes of an answer may be in memory.
    pub(super) limit: usize,
}

impl Exchange {
    /// Reads an answer, unless it is one that is handed over as it comes.
    pub(super) async fn receive(
        self,
        method: &Method,
        response: http::Response<Body>,
    ) -> Result<Reply, Error> {
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        if self
            .operation
            .streams(status.as_u16(), content_type(&headers))
        {
            self.timeout.limit_pauses(self.patience);
            let body = body.with_limit(self.limit);
            return Ok(Reply::streaming(self, status, headers, body));
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
                let received = Received::new(status, headers, bytes);
                Ok(Reply::new(self.operation, received).with_limit(self.limit))
            }
            None => Err(self.too_large(status, headers)),
        }
    }

    /// Says what went wrong on the way.
    pub(super) fn failure(&self, error: TransportError) -> Error {
        Error::transport(self.operation, self.origin.clone(), self.patience, error)
    }

    /// Says that an answer has more bytes than allowed.
    pub(super) fn too_large(&self, status: StatusCode, headers: HeaderMap) -> Error {
        TooLargeError::new(self.operation, status, headers, self.limit).into()
    }
}

fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
