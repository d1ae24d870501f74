//! Errors of sessions.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::error_of_runtime::printable;
use super::{AuthError, Description, Error, StoreError};

/// The error of a session that has no valid token. Clones are cheap: all requests that wait for the same exchange get
/// the same error.
#[derive(Clone, Debug)]
pub struct SessionError(Arc<Failure>);

#[derive(Debug)]
struct Failure {
    kind: SessionErrorKind,
    /// The operation, or the security scheme of an authorization server.
    name: Option<&'static str>,
    problem: String,
    retry_after: Option<Duration>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The kind of a session error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionErrorKind {
    /// The client has nothing to sign in with, and no token.
    NoSignIn,
    /// [`sign_out`](super::ClientSession::sign_out) was called.
    SignedOut,
    /// The server refuses the sign-in.
    Refused,
    /// The server no longer renews the token, and the client has nothing to sign in with.
    Ended,
    /// The server cannot be reached, or is too busy.
    Unavailable,
    /// The response of the server contains no usable token.
    Useless,
    /// The authorization server does not have the endpoint, or it must not be used.
    Unsupported,
    /// The token store fails, or another process locks it for too long.
    Store,
}

impl SessionError {
    fn new(kind: SessionErrorKind, problem: impl Into<String>) -> Self {
        Self(Arc::new(Failure {
            kind,
            name: None,
            problem: problem.into(),
            retry_after: None,
            source: None,
        }))
    }

    fn with(mut self, change: impl FnOnce(&mut Failure)) -> Self {
        // It was just made, and nobody else has it.
        if let Some(failure) = Arc::get_mut(&mut self.0) {
            change(failure);
        }
        self
    }

    /// Returns an error of an operation or of an authorization server.
    pub(crate) fn of_server(
        kind: SessionErrorKind,
        name: &'static str,
        problem: impl Into<String>,
    ) -> Self {
        Self::new(kind, problem).with(|it| it.name = Some(name))
    }

    /// Adds the cause, and the time that the server asks to wait.
    pub(crate) fn because(
        self,
        retry_after: Option<Duration>,
        source: impl StdError + Send + Sync + 'static,
    ) -> Self {
        self.with(|it| {
            it.retry_after = retry_after;
            it.source = Some(Box::new(source));
        })
    }

    pub(super) fn no_sign_in(setter: &str) -> Self {
        let problem = format!(
            "no token is stored, and there is nothing to sign in with: call `.{setter}_session(..)` on the client builder"
        );
        Self::new(SessionErrorKind::NoSignIn, problem)
    }

    pub(super) fn signed_out() -> Self {
        let problem = "the session was ended by `sign_out`; `sign_in` begins another one";
        Self::new(SessionErrorKind::SignedOut, problem)
    }

    pub(super) fn refused(operation: &'static Description, status: u16) -> Self {
        let problem = format!("the server refused to sign in, with status {status}");
        Self::of_server(SessionErrorKind::Refused, operation.id, problem)
    }

    /// Returns the error of a session that has ended. `status` is `None` if no request was made.
    pub(super) fn ended(operation: &'static Description, status: Option<u16>) -> Self {
        let how = status.map_or(String::new(), |status| format!(", with status {status}"));
        let problem = format!(
            "the token is not renewed any more{how}, and there is nothing to sign in with: sign in again"
        );
        Self::of_server(SessionErrorKind::Ended, operation.id, problem)
    }

    pub(super) fn unavailable(operation: &'static Description, error: Error) -> Self {
        let retry_after = error.retry_after();
        let problem = "no token was given";
        Self::of_server(SessionErrorKind::Unavailable, operation.id, problem)
            .because(retry_after, error)
    }

    pub(super) fn useless(operation: &'static Description, problem: &str) -> Self {
        Self::of_server(SessionErrorKind::Useless, operation.id, problem)
    }

    pub(super) fn store(error: StoreError) -> Self {
        let problem = printable(&error.to_string(), 200);
        Self::new(SessionErrorKind::Store, problem).because(None, error)
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> SessionErrorKind {
        self.0.kind
    }

    /// Returns `true` if the user has to act. Until then, other attempts fail, too.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self.kind() {
            SessionErrorKind::NoSignIn
            | SessionErrorKind::SignedOut
            | SessionErrorKind::Refused
            | SessionErrorKind::Ended
            | SessionErrorKind::Unsupported => true,
            SessionErrorKind::Unavailable | SessionErrorKind::Useless | SessionErrorKind::Store => {
                false
            }
        }
    }

    /// Returns `true` if nobody has signed in and the client cannot sign in.
    pub(super) fn is_stranger(&self) -> bool {
        matches!(
            self.kind(),
            SessionErrorKind::NoSignIn | SessionErrorKind::SignedOut
        )
    }

    /// Returns the time that the server asks to wait (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = self.0.name {
            write!(f, "`{name}`: ")?;
        }
        f.write_str(&self.0.problem)
    }
}

impl StdError for SessionError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_deref()?;
        Some(source)
    }
}

impl From<SessionError> for Error {
    fn from(error: SessionError) -> Self {
        AuthError::provider(error).into()
    }
}
