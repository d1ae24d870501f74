//! The methods that the errors of all operations share (see `operation_error!`).

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use super::{Error, Operation, display_documented, retry_after};

/// The status and the headers of a response.
pub type Head<'e> = (StatusCode, &'e HeaderMap);

/// The error of an operation: a documented error response, or any other error.
///
/// Each operation has its own error type. This trait has the methods that they share, and must be in scope for calls
/// such as `error.status()`.
pub trait OperationError: StdError + Sized {
    /// The operation.
    type Operation: Operation;

    /// Returns the status and the headers of the documented response, or the other error.
    fn response(&self) -> Result<Head<'_>, &Error>;

    /// Converts the error to the type that all operations share.
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

    /// Returns the time to wait before the next attempt, if the server gives one (`Retry-After`).
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

/// Writes the operation and the documentation of the response, or the other error.
pub fn display<E: OperationError>(error: &E, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match error.response() {
        Ok((status, _)) => display_documented(f, E::Operation::DESCRIPTION, status),
        Err(error) => fmt::Display::fmt(error, f),
    }
}
