//! Errors that an answer is, or that are found in one.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::header::Shown;
use super::{DecodeError, Operation, Response, printable};

/// How many bytes of a body an error keeps.
const KEPT_BYTES: usize = 64 * 1024;

/// How many characters of a description a message shows.
const SHOWN_CHARACTERS: usize = 200;

/// Status, headers and body of an answer.
#[derive(Clone)]
pub struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Received {
    /// Returns an answer made of its parts.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
        }
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

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    pub(crate) fn into_response<T, H>(self, body: T) -> Response<T, H> {
        Response::new(self.status, self.headers, body)
    }

    /// Returns the answer with no more than the start of its body, for an error to keep.
    fn capped(mut self) -> Self {
        if let Some(start) = self.body.get(..KEPT_BYTES) {
            self.body = Bytes::copy_from_slice(start);
        }
        self
    }
}

/// Shows no body, the names of headers, and few of their values: they may be secret.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("status", &self.status)
            .field("headers", &Shown(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// What the errors about an answer have in common.
macro_rules! about_answer {
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
                self.received.status
            }

            /// Returns the headers.
            #[must_use]
            pub fn headers(&self) -> &HeaderMap {
                &self.received.headers
            }

            /// Returns the body as it came, or its first 64 KiB.
            #[must_use]
            pub fn body(&self) -> &Bytes {
                &self.received.body
            }
        }
    )+ };
}

about_answer!(UnreadableResponse, UnexpectedResponse);

/// An answer that is documented, but whose body is not as documented.
#[derive(Debug)]
pub struct UnreadableResponse {
    operation: &'static Operation,
    received: Received,
    error: DecodeError,
}

impl UnreadableResponse {
    pub(crate) fn new(
        operation: &'static Operation,
        received: Received,
        error: DecodeError,
    ) -> Self {
        Self {
            operation,
            received: received.capped(),
            error,
        }
    }

    /// Returns what is wrong with the body.
    #[must_use]
    pub fn error(&self) -> &DecodeError {
        &self.error
    }

    /// Returns where it is wrong, as a JSON path: `$.user.roles[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        self.error.path()
    }
}

impl fmt::Display for UnreadableResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (id, status) = (self.operation.id, self.received.status.as_u16());
        write!(
            f,
            "`{id}`: the answer ({status}) is not as documented: {}",
            self.error
        )
    }
}

impl StdError for UnreadableResponse {}

/// An answer with a status that the description does not know.
///
/// Its text does not show the body, which may be secret: [`body`](Self::body) has it.
#[derive(Debug)]
pub struct UnexpectedResponse {
    operation: &'static Operation,
    received: Received,
}

impl UnexpectedResponse {
    pub(crate) fn new(operation: &'static Operation, received: Received) -> Self {
        Self {
            operation,
            received: received.capped(),
        }
    }
}

impl fmt::Display for UnexpectedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}`: undocumented answer {}",
            self.operation.id,
            status_text(self.received.status)
        )?;
        // A server may repeat a token in it, and a success may be a login's.
        match self.received.body.len() {
            0 => f.write_str(", without a body"),
            KEPT_BYTES => write!(f, ", with a body of {KEPT_BYTES} bytes or more"),
            length => write!(f, ", with a body of {length} bytes"),
        }
    }
}

impl StdError for UnexpectedResponse {}

/// The body of a documented error, of whatever type.
pub trait DocumentedBody: Any + fmt::Debug + Send + Sync {}

impl<T: Any + fmt::Debug + Send + Sync> DocumentedBody for T {}

/// One of an operation's documented errors, when it is no longer of the operation's own type.
pub struct DocumentedError {
    operation: &'static Operation,
    status: StatusCode,
    headers: HeaderMap,
    body: Box<dyn DocumentedBody>,
}

impl DocumentedError {
    pub(crate) fn new(
        operation: &'static Operation,
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

    /// Returns what the description says about this status.
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

/// Shows the names of headers, and few values: they may be secret.
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

/// Writes a documented error: the operation, the status, and what the description says about it.
pub fn display_documented(
    f: &mut fmt::Formatter<'_>,
    operation: &Operation,
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
