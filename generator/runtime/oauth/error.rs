//! What goes wrong with an authorization server.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use super::{
    ConfirmationError, ConfirmationErrorKind, Error, SessionError, SessionErrorKind, printable,
};

/// How many characters of what a server says an error shows.
const SHOWN: usize = 200;

/// An error response of an authorization server (RFC 6749, sections 4.1.2.1 and 5.2), as far as it can be shown: it is the
/// cause of [`SessionError`], [`ConfirmationError`] and [`AuthorizationError`].
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

    /// Returns the code: `invalid_client`, `invalid_grant`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns what the server says of it to developers.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Returns the status of the response, unless a redirect told it.
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

/// Why an authorization server has given nothing.
#[derive(Debug)]
pub(super) enum Fault {
    /// It refuses.
    Refused(Refusal),
    /// It cannot be reached, is too busy, or something else has answered.
    Unavailable(Box<Error>),
    /// What it says is of no use.
    Useless(&'static str),
    /// It has no such endpoint, or one that must not be used.
    Unsupported(Cow<'static, str>),
}

impl Fault {
    /// Returns the error of a session that has asked for a token, or for another one.
    pub(super) fn of_session(self, name: &'static str) -> SessionError {
        let error = |kind, problem| SessionError::of_server(kind, name, problem);
        match self {
            Self::Refused(refusal) => {
                let problem = "the authorization server refuses".to_owned();
                error(SessionErrorKind::Refused, problem).because(None, refusal)
            }
            Self::Unavailable(cause) => {
                let problem = "no token could be had".to_owned();
                let retry_after = cause.retry_after();
                error(SessionErrorKind::Unavailable, problem).because(retry_after, *cause)
            }
            Self::Useless(problem) => error(SessionErrorKind::Useless, problem.to_owned()),
            Self::Unsupported(problem) => {
                error(SessionErrorKind::Unsupported, problem.into_owned())
            }
        }
    }

    /// Returns the error of a confirmation.
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

/// Says which endpoint cannot be used.
#[derive(Debug)]
struct Unsupported(Cow<'static, str>);

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Unsupported {}

/// Why an authorization gives no token.
#[derive(Debug)]
pub struct AuthorizationError {
    kind: AuthorizationErrorKind,
    /// The security scheme.
    name: &'static str,
    problem: Cow<'static, str>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What is wrong with an authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AuthorizationErrorKind {
    /// The user, or the server on the user's behalf, has refused (`access_denied`).
    Denied,
    /// The server refuses for another reason: see [`Refusal`].
    Refused,
    /// The redirect does not belong to this authorization: somebody may have forged it. The right one may still come.
    Mismatch,
    /// The server cannot be reached.
    Unavailable,
    /// What the server says is of no use.
    Useless,
    /// The server has no such endpoint, or the redirect URL or an endpoint cannot be used.
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
                    "the server cannot be asked".into(),
                )
            },
            Fault::Useless(problem) => error(AuthorizationErrorKind::Useless, problem.into()),
            Fault::Unsupported(problem) => error(AuthorizationErrorKind::Unsupported, problem),
        }
    }

    /// Returns what is wrong.
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
