//! Errors about responses.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::header::Shown;
use super::{DecodeError, Description, Response, printable};

/// The number of bytes of a body that an error keeps.
const KEPT_BYTES: usize = 64 * 1024;

/// The number of characters of a description that a message shows.
const SHOWN_CHARACTERS: usize = 200;

/// The status, headers and body of a response.
#[derive(Clone)]
pub(crate) struct ResponseParts {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl ResponseParts {
    /// Returns a response with these parts.
    pub(crate) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// Returns the status.
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body.
    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    pub(crate) fn into_response<T, H>(self, body: T) -> Response<T, H> {
        Response::new(self.status, self.headers, body)
    }

    /// Returns the response with only the start of its body, for an error to keep.
    fn capped(mut self) -> Self {
        if let Some(start) = self.body.get(..KEPT_BYTES) {
            self.body = Bytes::copy_from_slice(start);
        }
        self
    }
}

/// Shows the names of headers but only harmless values, and no body, since both may be secret.
impl fmt::Debug for ResponseParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &Shown(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// Declares the methods that errors about a response share.
macro_rules! about_response {
    ($($name:ident),+) => { $(
        impl $name {
            /// Returns the `operationId`.
            #[must_use]
            pub fn operation_id(&self) -> &'static str {
                self.operation.id
            }

            /// Returns the status.
            #[must_use]
            pub fn status(&self) -> StatusCode {
                self.response.status
            }

            /// Returns the headers.
            #[must_use]
            pub fn headers(&self) -> &HeaderMap {
                &self.response.headers
            }

            /// Returns the undecoded body, up to its first 64 KiB.
            #[must_use]
            pub fn body(&self) -> &Bytes {
                &self.response.body
            }
        }
    )+ };
}

about_response!(UnreadableResponse, UnexpectedResponse);

/// The error of a documented response whose body does not match the document.
#[derive(Debug)]
pub struct UnreadableResponse {
    operation: &'static Description,
    response: ResponseParts,
    error: DecodeError,
}

impl UnreadableResponse {
    pub(crate) fn new(
        operation: &'static Description,
        response: ResponseParts,
        error: DecodeError,
    ) -> Self {
        Self {
            operation,
            response: response.capped(),
            error,
        }
    }

    /// Returns the error in the body.
    #[must_use]
    pub fn error(&self) -> &DecodeError {
        &self.error
    }

    /// Returns the JSON path of the error: `$.user.roles[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        self.error.path()
    }
}

impl fmt::Display for UnreadableResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, status) = (self.operation.id, self.response.status.as_u16());
        write!(
            f,
            "`{id}`: the response ({status}) is not as documented: {}",
            self.error
        )
    }
}

impl StdError for UnreadableResponse {}

/// The error of a response with an undocumented status.
///
/// The message does not show the body, since it may be secret; [`body`](Self::body) returns it.
#[derive(Debug)]
pub struct UnexpectedResponse {
    operation: &'static Description,
    response: ResponseParts,
}

impl UnexpectedResponse {
    pub(crate) fn new(operation: &'static Description, response: ResponseParts) -> Self {
        Self {
            operation,
            response: response.capped(),
        }
    }
}

impl fmt::Display for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}`: undocumented response {}",
            self.operation.id,
            status_text(self.response.status)
        )?;
        // A server may repeat a token in it, and a success may be a login's.
        match self.response.body.len() {
            0 => f.write_str(", without a body"),
            KEPT_BYTES => write!(f, ", with a body of {KEPT_BYTES} bytes or more"),
            length => write!(f, ", with a body of {length} bytes"),
        }
    }
}

impl StdError for UnexpectedResponse {}

/// The body of a documented error response, of any type.
pub trait DocumentedBody: Any + fmt::Debug + Send + Sync {}

impl<T: Any + fmt::Debug + Send + Sync> DocumentedBody for T {}

/// A documented error response of an operation, after conversion from the operation's own error type.
pub struct DocumentedError {
    operation: &'static Description,
    status: StatusCode,
    headers: HeaderMap,
    body: Box<dyn DocumentedBody>,
}

impl DocumentedError {
    pub(crate) fn new(
        operation: &'static Description,
        status: StatusCode,
        headers: HeaderMap,
        body: Box<dyn DocumentedBody>,
    ) -> Self {
        Self {
            operation,
            status,
            headers,
            body,
        }
    }

    /// Returns the `operationId`.
    #[must_use]
    pub fn operation_id(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the document's description of this status.
    #[must_use]
    pub fn documentation(&self) -> &'static str {
        self.operation
            .description(self.status.as_u16())
            .unwrap_or_default()
    }

    /// Returns the body, if it is of the type `T`.
    #[must_use]
    pub fn body<T: Any>(&self) -> Option<&T> {
        let body: &dyn Any = &*self.body;
        body.downcast_ref()
    }
}

/// Shows the names of headers but only harmless values, since values may be secret.
impl fmt::Debug for DocumentedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentedError")
            .field("operation", self.operation)
            .field("status", &self.status)
            .field("headers", &Shown(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

impl fmt::Display for DocumentedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        display_documented(f, self.operation, self.status)
    }
}

impl StdError for DocumentedError {}

/// Writes a documented error response: the operation, the status, and its description in the document.
pub(crate) fn display_documented(
    f: &mut fmt::Formatter<'_>,
    operation: &Description,
    status: StatusCode,
) -> fmt::Result {
    write!(f, "`{}`: {}", operation.id, status_text(status))?;
    let description = operation.description(status.as_u16()).unwrap_or_default();
    let description = printable(description, SHOWN_CHARACTERS);
    if description.is_empty() {
        Ok(())
    } else {
        write!(f, ": {description}")
    }
}

/// Writes a status with its reason phrase, if it has one.
pub(crate) fn status_text(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_str().to_owned(),
    }
}
