//! Errors of sending a request and receiving its response.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use url::Url;

use super::header::Shown;
use super::{Description, Error, TransportError, TransportErrorKind};

/// The error of a request that could not be sent, or whose response could not be received.
#[derive(Debug)]
pub struct TransportFailure {
    place: Option<Place>,
    error: TransportError,
}

/// The error of a request that timed out.
#[derive(Debug)]
pub struct TimeoutError {
    place: Option<Place>,
    error: TransportError,
}

/// The place of the error. It is not known for a body that is read separately.
#[derive(Debug)]
struct Place {
    operation: &'static Description,
    /// The scheme, host and port.
    origin: String,
    /// The timeout of the exchange.
    timeout: Duration,
    /// The number of attempts.
    attempts: u32,
}

impl Place {
    /// Writes the number of attempts, if there was more than one.
    fn write_attempts(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.attempts {
            0 | 1 => Ok(()),
            attempts => write!(f, "; {attempts} attempts"),
        }
    }
}

impl Error {
    /// Returns the error for an error of the transport.
    pub(crate) fn transport(
        operation: &'static Description,
        origin: String,
        timeout: Duration,
        error: TransportError,
    ) -> Self {
        let place = Place {
            operation,
            origin,
            timeout,
            attempts: 1,
        };
        Self::of(Some(place), error)
    }

    /// Sets the number of attempts.
    pub(crate) fn after(mut self, attempts: u32) -> Self {
        let place = match &mut self {
            Self::Transport(failure) => Arc::get_mut(failure).map(|it| &mut it.place),
            Self::Timeout(timeout) => Arc::get_mut(timeout).map(|it| &mut it.place),
            _ => None,
        };
        if let Some(Some(place)) = place {
            place.attempts = attempts;
        }
        self
    }

    fn of(place: Option<Place>, error: TransportError) -> Self {
        match error.kind() {
            TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout => {
                TimeoutError { place, error }.into()
            }
            _ => TransportFailure { place, error }.into(),
        }
    }
}

/// Converts the error of a body that is read separately.
impl From<TransportError> for Error {
    fn from(error: TransportError) -> Self {
        Self::of(None, error)
    }
}

impl TransportFailure {
    /// Returns the number of attempts. It is one for a body that is read separately.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.place.as_ref().map_or(1, |it| it.attempts)
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.error.kind()
    }

    /// Returns `true` if no connection was made, so the server has seen nothing of the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(
            self.error.kind(),
            TransportErrorKind::Refused | TransportErrorKind::Tls | TransportErrorKind::Connect
        )
    }
}

impl TimeoutError {
    /// Returns the number of attempts. It is one for a body that is read separately.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.place.as_ref().map_or(1, |it| it.attempts)
    }

    /// Returns `true` if connecting timed out.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.error.kind() == TransportErrorKind::ConnectTimeout
    }
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, error } = self;
        match place {
            Some(place) => {
                write!(f, "`{}`: {error} ({}", place.operation.id, place.origin)?;
                place.write_attempts(f)?;
                f.write_str(")")
            }
            None => write!(f, "{error}"),
        }
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, error } = self;
        let Some(place) = place else {
            return write!(f, "{error}");
        };
        let Place {
            operation,
            origin,
            timeout,
            ..
        } = place;
        write!(f, "`{}`: {error} ({origin}; ", operation.id)?;
        if self.is_connect() {
            f.write_str("see `.connect_timeout(..)`")?;
        } else {
            write!(f, "{timeout:?}, see `.timeout(..)` on the client builder")?;
        }
        place.write_attempts(f)?;
        f.write_str(")")
    }
}

impl StdError for TransportFailure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

impl StdError for TimeoutError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}

/// The error of a redirect that is not followed.
#[derive(Debug)]
pub struct RedirectError {
    operation: &'static Description,
    status: StatusCode,
    reason: RedirectReason,
    origin: Option<String>,
}

/// The reason why a redirect is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RedirectReason {
    /// The redirect leads from `https` to `http`, or to `http` on another host.
    Insecure,
    /// The redirect would send a request other than GET or HEAD, or a body, to another origin.
    OtherOrigin,
    /// The redirect (301, 302) would repeat a request other than GET or HEAD, for which HTTP leaves the method open.
    Method,
    /// There are too many redirects.
    TooMany,
    /// The target is missing, cannot be read, or contains a user name.
    Unreadable,
    /// The redirect would repeat a body that can be sent only once, such as a stream.
    Body,
}

impl RedirectError {
    pub(crate) fn new(
        operation: &'static Description,
        status: StatusCode,
        reason: RedirectReason,
        target: Option<&Url>,
    ) -> Self {
        let origin = target.map(|target| target.origin().ascii_serialization());
        Self {
            operation,
            status,
            reason,
            origin,
        }
    }

    /// Returns the reason why the redirect is not followed.
    #[must_use]
    pub fn reason(&self) -> RedirectReason {
        self.reason
    }

    /// Returns the status of the redirect.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the scheme, host and port of the target.
    #[must_use]
    pub fn target_origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }
}

impl fmt::Display for RedirectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self.reason {
            RedirectReason::Insecure => "since it is not secure",
            RedirectReason::OtherOrigin => "since the request is for its own origin only",
            RedirectReason::Method => "since only GET and HEAD are repeated elsewhere",
            RedirectReason::TooMany => "since there were too many",
            RedirectReason::Body => "since the body can be sent only once",
            RedirectReason::Unreadable => "since its target is not a plain `https` or `http` URL",
        };
        let origin = self.origin.as_deref().unwrap_or("an unknown place");
        write!(
            f,
            "`{}`: the redirect ({}) to {origin} is not followed, {reason}",
            self.operation.id,
            self.status.as_u16()
        )
    }
}

impl StdError for RedirectError {}

/// The error of a response that is larger than allowed.
pub struct TooLargeError {
    operation: &'static Description,
    status: StatusCode,
    headers: HeaderMap,
    limit: usize,
}

impl TooLargeError {
    pub(crate) fn new(
        operation: &'static Description,
        status: StatusCode,
        headers: HeaderMap,
        limit: usize,
    ) -> Self {
        Self {
            operation,
            status,
            headers,
            limit,
        }
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the limit in bytes.
    #[must_use]
    pub fn limit(&self) -> usize {
        self.limit
    }
}

/// Shows the names of headers but only harmless values, since values may be secret.
impl fmt::Debug for TooLargeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TooLargeError")
            .field("operation", self.operation)
            .field("status", &self.status)
            .field("headers", &Shown(&self.headers))
            .field("limit", &self.limit)
            .finish()
    }
}

impl fmt::Display for TooLargeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            status,
            limit,
            ..
        } = self;
        let (id, status) = (operation.id, status.as_u16());
        write!(
            f,
            "`{id}`: the response ({status}) has more than {limit} bytes (see `.max_response_bytes(..)`)"
        )
    }
}

impl StdError for TooLargeError {}
