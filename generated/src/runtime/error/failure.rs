//! What the errors of all operations have in common (see `operation_error!`).

use std::error::Error as StdError;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::{Description, Error, display_documented};

/// Status and headers of a response.
pub type Head<'e> = (StatusCode, &'e HeaderMap);

/// The error of an operation: a documented response, or another error.
pub trait Failure: Sized {
    /// The operation.
    const OPERATION: &'static Description;

    /// Returns status and headers of the documented response, or the other error.
    fn response(&self) -> Result<Head<'_>, &Error>;

    /// Returns the same error in the type that all operations share.
    fn into_error(self) -> Error;
}

impl<F: Failure> From<F> for Error {
    fn from(failure: F) -> Self {
        failure.into_error()
    }
}

/// Returns the status of the response, if there was one.
pub fn status(failure: &impl Failure) -> Option<StatusCode> {
    match failure.response() {
        Ok((status, _)) => Some(status),
        Err(error) => error.status(),
    }
}

/// Returns the headers of the response, if there was one.
pub fn headers(failure: &impl Failure) -> Option<&HeaderMap> {
    match failure.response() {
        Ok((_, headers)) => Some(headers),
        Err(error) => error.headers(),
    }
}

/// Returns the cause. A documented response has none.
pub fn source(failure: &impl Failure) -> Option<&(dyn StdError + 'static)> {
    failure.response().err().and_then(StdError::source)
}

/// Writes the operation and what the document says about the response, or the other error.
pub fn display<F: Failure>(failure: &F, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match failure.response() {
        Ok((status, _)) => display_documented(f, F::OPERATION, status),
        Err(error) => fmt::Display::fmt(error, f),
    }
}
