//! What the errors of all operations have in common (see `operation_error!`).

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{Error, Operation, display_documented, retry_after};

/// Status and headers of a response.
pub type Head<'e> = (StatusCode, &'e HeaderMap);

/// The error of an operation: a documented response, or another error.
///
/// Each operation has an error type of its own; what they have in common is here. It has to be in scope for
/// `error.status()`.
pub trait OperationError: StdError + Sized {
    /// The operation.
    type Operation: Operation;

    /// Returns status and headers of the documented response, or the other error.
    fn response(&self) -> Result<Head<'_>, &Error>;

    /// Returns the same error in the type that all operations share.
    #[must_use]
    fn into_error(self) -> Error;

    /// Returns the status of the response, if there was one.
    #[must_use]
    fn status(&self) -> Option<StatusCode> {
        match self.response() {
            Ok((status, _)) => Some(status),
            Err(error) => error.status(),
        }
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    fn headers(&self) -> Option<&HeaderMap> {
        match self.response() {
            Ok((_, headers)) => Some(headers),
            Err(error) => error.headers(),
        }
    }

    /// Returns how long to wait before the next attempt, if the server says so (`Retry-After`).
    #[must_use]
    fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(retry_after)
    }
}

impl<E: OperationError> From<E> for Error {
    fn from(error: E) -> Self {
        error.into_error()
    }
}

/// Returns the cause. A documented response has none.
pub fn source(error: &impl OperationError) -> Option<&(dyn StdError + 'static)> {
    error.response().err().and_then(StdError::source)
}

/// Writes the operation and what the document says about the response, or the other error.
pub fn display<E: OperationError>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.response() {
        Ok((status, _)) => display_documented(f, E::Operation::DESCRIPTION, status),
        Err(error) => fmt::Display::fmt(error, f),
    }
}
