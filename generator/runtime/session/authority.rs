//! Authorities: the sources of a session's tokens.

use secrecy::SecretString;

use super::Clock;
use super::error::SessionError;
use super::plan::Part;
use super::token::Tokens;
use super::{BoxFuture, Client};

/// A source of tokens, which gives, renews and ends them: operations of the document, or an OAuth 2 authorization
/// server.
///
/// The kind of an error tells the session what to do next: `Refused` and `Ended` are final; after `Unavailable` and
/// `Useless`, another attempt may succeed.
pub(crate) trait Authority: Send + Sync {
    /// Returns `true` if it can give a token to a client that has none.
    fn signs_in(&self) -> bool;

    /// Returns the token that it needs for renewal, or `None` if it cannot renew tokens.
    fn renews_by(&self) -> Option<Part>;

    /// Gives the first token.
    fn sign_in<'a>(&'a self, asking: Asking<'a>) -> BoxFuture<'a, Result<Gift, SessionError>>;

    /// Gives a new token for an old one. The error `Ended` means that this will never succeed again.
    fn renew<'a>(
        &'a self,
        asking: Asking<'a>,
        held: &'a Tokens,
    ) -> BoxFuture<'a, Result<Gift, SessionError>>;

    /// Revokes tokens, if the server supports it.
    fn revoke<'a>(
        &'a self,
        client: &'a Client,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), SessionError>>;

    /// Returns the error of a client that has nothing to sign in with.
    fn nothing(&self, client: &Client, had_token: bool) -> SessionError;

    /// Returns `true` if it uses this operation to give, renew or end tokens. Such an operation never waits for the
    /// session.
    fn owns(&self, operation: &str) -> bool {
        let _ = operation;
        false
    }
}

/// The client that needs a token, and the clock.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    /// A client without the credential that is requested.
    pub(crate) client: &'a Client,
    pub(crate) clock: &'a dyn Clock,
}

/// The result of an authority.
pub(crate) struct Gift {
    /// The token, or an error if it cannot be used.
    pub(crate) tokens: Result<Tokens, SessionError>,
    /// The new refresh token. It must be kept even if the token cannot be used, since the old one may be invalid now.
    pub(crate) refresh_token: Option<SecretString>,
}
