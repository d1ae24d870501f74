//! Errors of a mock service.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::{DecodeError, EncodeError, TransportError, TransportErrorKind};

/// The error of a mock service that does not respond: no closure is set for the operation, or the request or the
/// response does not match the document. It is the source of the error that the call returns.
#[derive(Debug)]
pub struct MockError(Cow<'static, str>);

impl MockError {
    pub(super) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }

    /// Returns the error of a part of a request that cannot be read. Values are not shown.
    pub(super) fn unreadable(part: &str, error: DecodeError) -> Self {
        let error = error.without_place();
        Self::new(format!("{part} does not match the document: {error}"))
    }

    /// Returns the error of a response that cannot be written.
    pub(super) fn unwritable(error: &EncodeError) -> Self {
        Self::new(format!("the response cannot be written: {error}"))
    }
}

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for MockError {}

impl From<MockError> for TransportError {
    fn from(error: MockError) -> Self {
        Self::new(TransportErrorKind::Other, error)
    }
}
