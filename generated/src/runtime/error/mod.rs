//! Errors: one type for a whole API, shared inside, without secrets.
//!
//! `Display` is one line and never shows a token, a query or a body. `Debug` shows no raw body, and of headers the names
//! and a few values.

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

// What the files here name by `super::`.
use self::response::display_documented;
use super::encode::header;
use super::{
    DecodeError, EncodeError, Location, Response, Scheme, TransportError, TransportErrorKind,
};

/// Why a request failed. Copies are cheap.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be made: an argument, the base URL, or another setting.
    Request(Arc<RequestError>),
    /// A value of the request cannot be written.
    Encode(Arc<EncodeFailure>),
    /// The operation needs a credential that the client does not have, or that cannot be sent.
    Auth(Arc<AuthError>),
    /// The request could not be sent, or its response not be received.
    Transport(Arc<TransportFailure>),
    /// It took too long.
    Timeout(Arc<TimeoutError>),
    /// The server redirects to where the client does not go.
    Redirect(Arc<RedirectError>),
    /// The response has more bytes than allowed.
    TooLarge(Arc<TooLargeError>),
    /// The response is documented, but its body is not as documented.
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

    /// Returns how long to wait before the next attempt, if the server says so (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.headers().and_then(retry_after)
    }

    /// Returns whether it took too long, connecting or afterwards.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Returns whether there was no connection, so that the server has seen nothing of the request.
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

    /// Names the operation that could not be called, unless the error names one already.
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

/// The parts of an error are no causes of it: they are the error. Its cause is theirs.
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

/// Returns the start of a text on one line, without characters that a terminal could obey.
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

/// Returns whether a character neither hides nor reorders what stands around it.
fn is_harmless(c: char) -> bool {
    !matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Writes the operation before what is wrong with it.
fn write_operation(f: &mut fmt::Formatter<'_>, operation: Option<&Description>) -> fmt::Result {
    operation.map_or(Ok(()), |operation| write!(f, "`{}`: ", operation.id))
}
