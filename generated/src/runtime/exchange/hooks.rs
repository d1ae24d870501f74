//! Hooks: functions that see each request and each response.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::call::FRAMING;
use super::{Body, Description, Error};

/// A hook that is called before each request is sent.
type Before = dyn Fn(&mut OutgoingRequest<'_>) -> Result<(), Error> + Send + Sync;

/// A hook that is called after each response.
type After = dyn Fn(&IncomingResponse<'_>) + Send + Sync;

/// The hooks of a client, in the order in which they are added.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) before: Vec<Arc<Before>>,
    pub(crate) after: Vec<Arc<After>>,
}

/// A request that is about to be sent, including its credentials, as a hook sees it.
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
    /// Calls each hook with a request, until one fails.
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

    /// Calls each hook with a response.
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
    /// Returns the `operationId` of the operation, or a name derived from method and path if it has none.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the number of the attempt, from 1. Redirects belong to the same attempt.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method()
    }

    /// Returns the URL. Its path and its query may contain secrets.
    #[must_use]
    pub fn url(&self) -> &Url {
        self.url
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Returns the headers, to change them for this request. The transport sets `Content-Length` and
    /// `Transfer-Encoding`.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        self.request.headers_mut()
    }

    /// Returns the body, if it is in memory. It is empty if the request has no body.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.request.body().as_bytes()
    }
}

impl IncomingResponse<'_> {
    /// Returns the `operationId` of the operation, or a name derived from method and path if it has none.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the number of the attempt, from 1. Redirects belong to the same attempt.
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
