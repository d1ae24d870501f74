//! What a mock service remembers of calls.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri};

use super::IncomingRequest;

/// A call that a mock service got.
#[derive(Clone)]
pub struct RecordedCall {
    pub(super) operation: &'static str,
    pub(super) request: Arc<IncomingRequest>,
    pub(super) outcome: Outcome,
}

/// What became of a call.
#[derive(Clone)]
pub(super) enum Outcome {
    /// It is not over.
    Open,
    /// It has got a response.
    Responded(StatusCode),
    /// It has got 401 before any closure was asked, for this reason.
    Refused(StatusCode, String),
    /// It failed, for this reason.
    Failed(String),
}

impl RecordedCall {
    /// Returns the `operationId` of the operation, or the name that it has in its place.
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

    /// Returns the headers, with those that hold credentials.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.request.headers
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.request.body
    }

    /// Returns the status of the response; `None` if the call failed.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match &self.outcome {
            Outcome::Responded(status) | Outcome::Refused(status, _) => Some(*status),
            Outcome::Open | Outcome::Failed(_) => None,
        }
    }

    /// Returns why the service itself has refused the request by 401, or why it failed the call.
    #[must_use]
    pub fn problem(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Refused(_, problem) | Outcome::Failed(problem) => Some(problem),
            Outcome::Open | Outcome::Responded(_) => None,
        }
    }
}

/// Shows no values: they may be secret.
impl fmt::Debug for RecordedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedCall")
            .field("operation", &self.operation)
            .field("status", &self.status())
            .field("problem", &self.problem())
            .finish_non_exhaustive()
    }
}
