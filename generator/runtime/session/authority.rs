//! Who gives a session its tokens.

use secrecy::SecretString;

use super::Clock;
use super::error::SessionError;
use super::plan::Part;
use super::token::Tokens;
use super::{BoxFuture, Client};

/// Gives, renews and ends the tokens of a session: operations of the document, or an authorization server of OAuth 2.
///
/// Its errors tell a session what to do next by their kind: `Refused` and `Ended` are final, `Unavailable` and
/// `Useless` may be different the next time.
pub(crate) trait Authority: Send + Sync {
    /// Returns whether it gives a token to a client that has none.
    fn signs_in(&self) -> bool;

    /// Returns by what it renews a token, if it does.
    fn renews_by(&self) -> Option<Part>;

    /// Gives the first token.
    fn sign_in<'a>(&'a self, asking: Asking<'a>) -> BoxFuture<'a, Result<Gift, SessionError>>;

    /// Gives a token for an old one. `Ended` says that it never will.
    fn renew<'a>(
        &'a self,
        asking: Asking<'a>,
        held: &'a Tokens,
    ) -> BoxFuture<'a, Result<Gift, SessionError>>;

    /// Ends what tokens allow, as far as the server can be told.
    fn revoke<'a>(
        &'a self,
        client: &'a Client,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), SessionError>>;

    /// Says that there is nothing to sign in with.
    fn nothing(&self, client: &Client, had_token: bool) -> SessionError;

    /// Returns whether it gives, renews or ends tokens by this operation: that one never waits for the session.
    fn owns(&self, operation: &str) -> bool {
        let _ = operation;
        false
    }
}

/// For whom a token is asked, and when.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    /// A client without the credential that is asked for.
    pub(crate) client: &'a Client,
    pub(crate) clock: &'a dyn Clock,
}

/// What an authority has given.
pub(crate) struct Gift {
    /// The token, unless it is of no use.
    pub(crate) tokens: Result<Tokens, SessionError>,
    /// What renews it. That is of use by itself: what was there before may serve no longer.
    pub(crate) refresh_token: Option<SecretString>,
}
