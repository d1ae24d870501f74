//! The session of a client, and the methods that clients and builders have for it.

use std::fmt;
use std::sync::Arc;

use super::error::SessionError;
use super::exchange;
use super::plan::Plan;
use super::{Client, ClientBuilder, Core, CredentialSource, Session, SessionBuilder, SessionState};

/// The session of a client.
#[derive(Clone)]
pub struct ClientSession {
    client: Client,
    session: Session,
}

/// Returns a clone of a client without the credential of a scheme.
pub(super) fn without(client: &Client, scheme: usize) -> Client {
    let mut credentials = client.credentials.to_vec();
    if let Some(source) = credentials.get_mut(scheme) {
        *source = None;
    }
    Client {
        shared: Arc::clone(&client.shared),
        credentials: credentials.into(),
    }
}

/// Finds the session among the sources of credentials.
fn find(sources: &[Option<CredentialSource>], plan: &Plan) -> Option<Session> {
    let Some(CredentialSource::Provider(provider)) = sources.get(plan.scheme)? else {
        return None;
    };
    provider.as_any()?.downcast_ref().cloned()
}

/// Returns the settings of the session among the sources of credentials, or default ones.
fn settings(sources: &[Option<CredentialSource>], plan: &'static Plan) -> SessionBuilder {
    match find(sources, plan) {
        Some(session) => SessionBuilder {
            core: Core::clone(&session.core),
            held: None,
        },
        None => SessionBuilder::new(plan),
    }
}

impl ClientBuilder {
    /// Changes the settings of a session. It is created if it does not exist.
    pub fn session(
        &mut self,
        plan: &'static Plan,
        change: impl FnOnce(SessionBuilder) -> SessionBuilder,
    ) {
        let session = change(settings(&self.credentials, plan)).build();
        self.provider(plan.scheme, session);
    }
}

impl Client {
    /// Returns the session that the document describes. If the client has none, the returned session cannot sign in.
    #[must_use]
    pub fn session(&self, plan: &'static Plan) -> ClientSession {
        let session = find(&self.credentials, plan);
        ClientSession {
            client: self.clone(),
            session: session.unwrap_or_else(|| SessionBuilder::new(plan).build()),
        }
    }

    /// Returns a clone of the client with another session, for another user. It has no store.
    #[must_use]
    pub fn with_session(
        &self,
        plan: &'static Plan,
        change: impl FnOnce(SessionBuilder) -> SessionBuilder,
    ) -> Self {
        let mut settings = settings(&self.credentials, plan);
        settings.core.store = None;
        self.with_provider(plan.scheme, change(settings).build())
    }
}

impl ClientSession {
    /// Returns the state of the session, without a request to the server or the store.
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.session.changing().state()
    }

    /// Makes sure that there is a valid token: signs in or renews the token if necessary.
    ///
    /// # Errors
    ///
    /// Fails with the same errors as requests that need the token: see [`SessionErrorKind`](super::SessionErrorKind).
    pub async fn ensure(&self) -> Result<SessionState, SessionError> {
        self.session.tokens(&self.client).await?;
        Ok(self.state())
    }

    /// Renews the token now, even if it is still valid, or signs in if it cannot be renewed. Use it, for example, after
    /// the rights of a user have changed; expiring tokens are renewed automatically. If a renewal is in progress, this
    /// waits for it and does not start another one.
    ///
    /// # Errors
    ///
    /// Fails with the same errors as [`ensure`](Self::ensure). A token that is still valid is kept.
    pub async fn renew(&self) -> Result<SessionState, SessionError> {
        self.session.renew(&self.client).await?;
        Ok(self.state())
    }

    /// Starts a new session after [`sign_out`](Self::sign_out).
    ///
    /// # Errors
    ///
    /// Fails with the same errors as [`ensure`](Self::ensure).
    pub async fn sign_in(&self) -> Result<SessionState, SessionError> {
        {
            let mut changing = self.session.changing();
            changing.is_signed_out = false;
            changing.failure = None;
        }
        self.ensure().await
    }

    /// Ends the session: revokes it at the server, if there is an operation for that, and deletes the tokens from
    /// memory and from the store. Requests that need a token fail from then on.
    ///
    /// # Errors
    ///
    /// Fails if the server cannot be reached or the store fails. Even then, the tokens are deleted from memory, and
    /// from the store unless it fails.
    pub async fn sign_out(&self) -> Result<(), SessionError> {
        let exchange = {
            let mut changing = self.session.changing();
            changing.is_signed_out = true;
            changing.exchange.clone()
        };
        // The token that it gives must be revoked, too.
        if let Some(exchange) = exchange {
            let given = Arc::clone(&exchange).wait().await;
            self.session.settle(&exchange, &given);
        }
        let (held, state) = {
            let mut changing = self.session.changing();
            (changing.held.take(), changing.state())
        };
        let core = &self.session.core;
        let ended = exchange::end(core, &self.client, held).await;
        self.session.tell(&state);
        ended
    }
}

impl fmt::Debug for ClientSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.session.fmt(f)
    }
}
