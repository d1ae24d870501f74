//! Errors of authorization servers.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use super::{
    ConfirmationError, ConfirmationErrorKind, Error, SessionError, SessionErrorKind, printable,
};

/// The number of characters of a server's text that an error shows.
const SHOWN: usize = 200;

/// An error response of an authorization server (RFC 6749, sections 4.1.2.1 and 5.2), without secrets. It is the cause
/// of a [`SessionError`], a [`ConfirmationError`] or an [`AuthorizationError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    status: Option<StatusCode>,
    code: String,
    description: Option<String>,
}

impl Refusal {
    pub(super) fn new(status: Option<StatusCode>, code: &str, description: Option<&str>) -> Self {
        Self {
            status,
            code: printable(code, SHOWN),
            description: description.map(|it| printable(it, SHOWN)),
        }
    }

    /// Returns the error code, such as `invalid_client` or `invalid_grant`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns the server's description of the error, for developers.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns the status of the response, or `None` if the error came with a redirect.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.code)?;
        match &self.description {
            Some(description) => write!(f, ": {description}"),
            None => Ok(()),
        }
    }
}

impl StdError for Refusal {}

/// The reason why an authorization server has given no token.
#[derive(Debug)]
pub(super) enum Fault {
    /// The server refuses.
    Refused(Refusal),
    /// The server cannot be reached, is too busy, or something else has responded.
    Unavailable(Box<Error>),
    /// The response cannot be used.
    Useless(&'static str),
    /// The server does not have the endpoint, or it must not be used.
    Unsupported(Cow<'static, str>),
}

impl Fault {
    /// Converts the fault to the error of a session.
    pub(super) fn of_session(self, name: &'static str) -> SessionError {
        let error = |kind, problem| SessionError::of_server(kind, name, problem);
        match self {
            Self::Refused(refusal) => {
                let problem = "the authorization server refuses".to_owned();
                error(SessionErrorKind::Refused, problem).because(None, refusal)
            }
            Self::Unavailable(cause) => {
                let problem = "no token was given".to_owned();
                let retry_after = cause.retry_after();
                error(SessionErrorKind::Unavailable, problem).because(retry_after, *cause)
            }
            Self::Useless(problem) => error(SessionErrorKind::Useless, problem.to_owned()),
            Self::Unsupported(problem) => {
                error(SessionErrorKind::Unsupported, problem.into_owned())
            }
        }
    }

    /// Converts the fault to the error of a confirmation.
    pub(super) fn of_confirmation(self, name: &'static str) -> ConfirmationError {
        let error = |kind, problem| ConfirmationError::new(kind, name, problem);
        match self {
            Self::Refused(refusal) => {
                let (kind, problem) = match refusal.code() {
                    "access_denied" => (ConfirmationErrorKind::Refused, "the user has refused"),
                    "expired_token" => (
                        ConfirmationErrorKind::Expired,
                        "the user has not confirmed in time",
                    ),
                    "invalid_grant" => (
                        ConfirmationErrorKind::Gone,
                        "there is nothing to confirm any more",
                    ),
                    _ => (ConfirmationErrorKind::Refused, "the server refuses"),
                };
                error(kind, problem).because(refusal.status(), refusal)
            }
            Self::Unavailable(cause) => ConfirmationError::unavailable(name, *cause),
            Self::Useless(problem) => error(ConfirmationErrorKind::Useless, problem),
            Self::Unsupported(problem) => error(
                ConfirmationErrorKind::Unsupported,
                "the authorization server does not offer this",
            )
            .because(None, Unsupported(problem)),
        }
    }
}

/// The cause of an error about an endpoint that cannot be used.
#[derive(Debug)]
struct Unsupported(Cow<'static, str>);

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Unsupported {}

/// The error of a failed authorization.
#[derive(Debug)]
pub struct AuthorizationError {
    kind: AuthorizationErrorKind,
    /// The security scheme.
    name: &'static str,
    problem: Cow<'static, str>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of an authorization error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthorizationErrorKind {
    /// The user, or the server on behalf of the user, has refused (`access_denied`).
    Denied,
    /// The server refuses for another reason: see [`Refusal`].
    Refused,
    /// The redirect does not belong to this authorization and may be forged. The right one may still arrive.
    Mismatch,
    /// The server cannot be reached.
    Unavailable,
    /// The response of the server cannot be used.
    Useless,
    /// The server does not have the endpoint, or the redirect URL or an endpoint cannot be used.
    Unsupported,
}

impl AuthorizationError {
    pub(super) fn new(
        kind: AuthorizationErrorKind,
        name: &'static str,
        problem: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind,
            name,
            problem: problem.into(),
            source: None,
        }
    }

    pub(super) fn of(fault: Fault, name: &'static str) -> Self {
        let error = |kind, problem| Self::new(kind, name, problem);
        match fault {
            Fault::Refused(refusal) => {
                let (kind, problem) = match refusal.code() {
                    "access_denied" => (AuthorizationErrorKind::Denied, "the user has refused"),
                    _ => (AuthorizationErrorKind::Refused, "the server refuses"),
                };
                Self {
                    source: Some(Box::new(refusal)),
                    ..error(kind, problem.into())
                }
            }
            Fault::Unavailable(cause) => Self {
                source: Some(cause),
                ..error(
                    AuthorizationErrorKind::Unavailable,
                    "the server cannot be reached".into(),
                )
            },
            Fault::Useless(problem) => error(AuthorizationErrorKind::Useless, problem.into()),
            Fault::Unsupported(problem) => error(AuthorizationErrorKind::Unsupported, problem),
        }
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> AuthorizationErrorKind {
        self.kind
    }
}

impl fmt::Display for AuthorizationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.name, self.problem)
    }
}

impl StdError for AuthorizationError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}
