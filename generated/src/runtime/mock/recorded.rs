//! The calls that a mock service records.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::IncomingRequest;

/// A call that a mock service has received.
#[derive(Clone)]
pub struct RecordedCall {
    pub(super) operation: &'static str,
    pub(super) request: Arc<IncomingRequest>,
    pub(super) outcome: Outcome,
}

/// The outcome of a call.
#[derive(Clone)]
pub(super) enum Outcome {
    /// The call is not finished.
    Open,
    /// The call got a response.
    Responded(StatusCode),
    /// The call got status 401 before any closure was called, for this reason.
    Refused(StatusCode, String),
    /// The call failed for this reason.
    Failed(String),
}

impl RecordedCall {
    /// Returns the `operationId` of the operation, or a name derived from method and path if it has none.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.request.method
    }

    /// Returns the URL.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.request.uri
    }

    /// Returns the headers, including those with credentials.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.request.headers
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.request.body
    }

    /// Returns the status of the response, or `None` if the call failed.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match &self.outcome {
            Outcome::Responded(status) | Outcome::Refused(status, _) => Some(*status),
            Outcome::Open | Outcome::Failed(_) => None,
        }
    }

    /// Returns the reason why the service refused the request with status 401, or why the call failed.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Refused(_, problem) | Outcome::Failed(problem) => Some(problem),
            Outcome::Open | Outcome::Responded(_) => None,
        }
    }
}

/// Shows no values, since they may be secret.
impl fmt::Debug for RecordedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedCall")
            .field("operation", &self.operation)
            .field("status", &self.status())
            .field("problem", &self.problem())
            .finish_non_exhaustive()
    }
}
