//! What a client's user does to each request, and sees of each response.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::call::FRAMING;
use super::{Body, Description, Error};

/// Is done to each request before it is sent.
type Before = dyn Fn(&mut OutgoingRequest<'_>) -> Result<(), Error> + Send + Sync;

/// Sees each response.
type After = dyn Fn(&IncomingResponse<'_>) + Send + Sync;

/// The hooks of a client, in the order in which they were added.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) before: Vec<Arc<Before>>,
    pub(crate) after: Vec<Arc<After>>,
}

/// A request that is about to be sent, as a hook sees it: with its credentials.
pub struct OutgoingRequest<'a> {
    operation: &'static Description,
    attempt: u32,
    url: &'a Url,
    request: &'a mut http::Request<Body>,
}

/// A response whose body is not read yet, as a hook sees it.
pub struct IncomingResponse<'a> {
    operation: &'static Description,
    attempt: u32,
    elapsed: Duration,
    response: &'a http::Response<Body>,
}

impl Hooks {
    /// Has each hook see a request, until one fails.
    pub(super) fn before_request(
        &self,
        operation: &'static Description,
        attempt: u32,
        url: &Url,
        request: &mut http::Request<Body>,
    ) -> Result<(), Error> {
        if self.before.is_empty() {
            return Ok(());
        }
        let mut request = OutgoingRequest {
            operation,
            attempt,
            url,
            request,
        };
        for hook in &self.before {
            hook(&mut request).map_err(|error| error.during(operation))?;
        }
        // The transport alone knows where a body ends.
        for name in FRAMING {
            request.headers_mut().remove(name);
        }
        Ok(())
    }

    /// Has each hook see a response.
    pub(super) fn after_response(
        &self,
        operation: &'static Description,
        attempt: u32,
        elapsed: Duration,
        response: &http::Response<Body>,
    ) {
        let response = IncomingResponse {
            operation,
            attempt,
            elapsed,
            response,
        };
        for hook in &self.after {
            hook(&response);
        }
    }
}

impl OutgoingRequest<'_> {
    /// Returns the `operationId` of the operation, or the name that it has in its place.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns which attempt it is, from 1. Redirects are of the same attempt.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the URL. Its path and its query may be secret.
    #[must_use]
    pub fn url(&self) -> &Url {
        self.url
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Returns the headers, to change them for this request. `Content-Length` and `Transfer-Encoding` are the transport's.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// Returns the body, if it is in memory. Without a body, that is no bytes.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.request.body().as_bytes()
    }
}

impl IncomingResponse<'_> {
    /// Returns the `operationId` of the operation, or the name that it has in its place.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns which attempt it is, from 1. Redirects are of the same attempt.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Returns how long it took until the response began.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// Shows no values: they may be secret.
impl fmt::Debug for OutgoingRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingRequest")
            .field("operation", &self.operation.id)
            .field("attempt", &self.attempt)
            .finish_non_exhaustive()
    }
}

/// Shows no headers: they may be secret.
impl fmt::Debug for IncomingResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingResponse")
            .field("operation", &self.operation.id)
            .field("attempt", &self.attempt)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
