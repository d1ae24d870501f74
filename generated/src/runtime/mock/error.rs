//! What a mock service fails a call with.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::{DecodeError, EncodeError, TransportError, TransportErrorKind};

/// Why a mock service does not respond: nothing was set for the operation, the request does not conform to the
/// document, or the response does not. It is the source of the error that the call fails with.
#[derive(Debug)]
pub struct MockError(Cow<'static, str>);

impl MockError {
    pub(super) fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self(message.into())
    }

    /// Says which part of a request cannot be read. Values are not shown.
    pub(super) fn unreadable(part: &str, error: DecodeError) -> Self {
        let error = error.without_place();
        Self::new(format!("{part} does not conform to the document: {error}"))
    }

    /// Says what cannot be written of a response.
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
