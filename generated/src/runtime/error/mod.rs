//! Errors: one type for a whole API, cheap to clone and free of secrets.
//!
//! `Display` is one line and never shows a token, a query or a body. `Debug` shows no raw body, and shows the names of
//! headers but only harmless values.

mod exchange;
pub mod failure;
mod request;
mod response;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

pub use self::exchange::{
    RedirectError, RedirectReason, TimeoutError, TooLargeError, TransportFailure,
};
pub use self::request::{AuthError, EncodeFailure, RequestError};
pub(crate) use self::response::ResponseParts;
pub use self::response::{DocumentedBody, DocumentedError, UnexpectedResponse, UnreadableResponse};
use super::{Description, Operation, retry_after};

// Imports that the files here use through `super::`.
use self::response::display_documented;
use super::encode::header;
use super::{
    DecodeError, EncodeError, Location, Response, Scheme, TransportError, TransportErrorKind,
};

/// The error of a failed request. Clones are cheap.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be built, because of an argument, the base URL or another setting.
    Request(Arc<RequestError>),
    /// A value of the request cannot be written.
    Encode(Arc<EncodeFailure>),
    /// A credential is missing or cannot be sent.
    Auth(Arc<AuthError>),
    /// The request could not be sent, or its response could not be received.
    Transport(Arc<TransportFailure>),
    /// The request timed out.
    Timeout(Arc<TimeoutError>),
    /// The server sent a redirect that the client does not follow.
    Redirect(Arc<RedirectError>),
    /// The response is larger than allowed.
    TooLarge(Arc<TooLargeError>),
    /// The response is documented, but its body does not match the document.
    Decode(Arc<UnreadableResponse>),
    /// The response is not documented.
    Unexpected(Arc<UnexpectedResponse>),
    /// The response is one of the operation's documented errors.
    Documented(Arc<DocumentedError>),
}

impl Error {
    /// Returns the status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Redirect(error) => Some(error.status()),
            Self::TooLarge(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Unexpected(error) => Some(error.status()),
            Self::Documented(error) => Some(error.status()),
            Self::Request(_)
            | Self::Encode(_)
            | Self::Auth(_)
            | Self::Transport(_)
            | Self::Timeout(_) => None,
        }
    }

    /// Returns the headers of the response, if there was one.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::TooLarge(error) => Some(error.headers()),
            Self::Decode(error) => Some(error.headers()),
            Self::Unexpected(error) => Some(error.headers()),
            Self::Documented(error) => Some(error.headers()),
            Self::Request(_)
            | Self::Encode(_)
            | Self::Auth(_)
            | Self::Transport(_)
            | Self::Timeout(_)
            | Self::Redirect(_) => None,
        }
    }

    /// Returns the time to wait before the next attempt, if the server gives one (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(retry_after)
    }

    /// Returns `true` if the request timed out, while connecting or later.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Returns `true` if no connection was made, so the server has seen nothing of the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        match self {
            Self::Transport(failure) => failure.is_connect(),
            Self::Timeout(timeout) => timeout.is_connect(),
            _ => false,
        }
    }

    fn part(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Request(error) => error.as_ref(),
            Self::Encode(error) => error.as_ref(),
            Self::Auth(error) => error.as_ref(),
            Self::Transport(error) => error.as_ref(),
            Self::Timeout(error) => error.as_ref(),
            Self::Redirect(error) => error.as_ref(),
            Self::TooLarge(error) => error.as_ref(),
            Self::Decode(error) => error.as_ref(),
            Self::Unexpected(error) => error.as_ref(),
            Self::Documented(error) => error.as_ref(),
        }
    }

    /// Adds the operation that could not be called, unless the error names one already.
    pub(super) fn during(mut self, operation: &'static Description) -> Self {
        // A provider may hand out one error to many: whose it was first stays in it.
        let place = match &mut self {
            Self::Request(error) => Arc::get_mut(error).map(|it| &mut it.operation),
            Self::Encode(error) => Arc::get_mut(error).map(|it| &mut it.operation),
            Self::Auth(error) => Arc::get_mut(error).map(|it| &mut it.operation),
            _ => None,
        };
        if let Some(place) = place {
            place.get_or_insert(operation);
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.part(), f)
    }
}

/// The inner error of a variant is not a cause: it is the error itself. Its cause is returned here.
impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.part().source()
    }
}

macro_rules! from_part {
    ($($part:ty => $variant:ident;)+) => { $(
        impl From<$part> for Error {
            fn from(error: $part) -> Self {
                Self::$variant(Arc::new(error))
            }
        }
    )+ };
}

from_part! {
    RequestError => Request;
    EncodeFailure => Encode;
    AuthError => Auth;
    TransportFailure => Transport;
    TimeoutError => Timeout;
    RedirectError => Redirect;
    TooLargeError => TooLarge;
    UnreadableResponse => Decode;
    UnexpectedResponse => Unexpected;
    DocumentedError => Documented;
}

/// Returns the start of a text on one line, without control characters.
pub(super) fn printable(text: &str, characters: usize) -> String {
    let mut line = String::new();
    for word in text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
    {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(
            word.chars()
                .map(|c| if is_harmless(c) { c } else { '\u{FFFD}' }),
        );
        if line.chars().nth(characters).is_some() {
            line = line.chars().take(characters).chain(['…']).collect();
            break;
        }
    }
    line
}

/// Returns `true` if a character does not hide or reorder the text around it.
fn is_harmless(c: char) -> bool {
    !matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Writes the operation in front of the message.
fn write_operation(f: &mut fmt::Formatter<'_>, operation: Option<&Description>) -> fmt::Result {
    operation.map_or(Ok(()), |operation| write!(f, "`{}`: ", operation.id))
}
