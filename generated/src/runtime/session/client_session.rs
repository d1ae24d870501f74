//! Sessions as clients have them: how a client comes by one, and what its user does with it.

use std::fmt;
use std::sync::Arc;

use super::error::SessionError;
use super::exchange;
use super::plan::Plan;
use super::{Client, ClientBuilder, Core, CredentialSource, Session, SessionBuilder, SessionState};

/// The session of a client, in the hands of its user.
#[derive(Clone)]
pub struct ClientSession {
    client: Client,
    session: Session,
}

/// Returns a copy of a client without the credential of a scheme.
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

/// Returns the session among the sources of credentials.
fn find(sources: &[Option<CredentialSource>], plan: &Plan) -> Option<Session> {
    let Some(CredentialSource::Provider(provider)) = sources.get(plan.scheme)? else {
        return None;
    };
    provider.as_any()?.downcast_ref().cloned()
}

/// Returns the settings of the session among the sources of credentials, or usual ones.
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
    /// Changes the settings of a session, which is there from then on.
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
    /// Returns the session that the document describes. Where the client has none, that is one which cannot sign in.
    #[must_use]
    pub fn session(&self, plan: &'static Plan) -> ClientSession {
        let session = find(&self.credentials, plan);
        ClientSession {
            client: self.clone(),
            session: session.unwrap_or_else(|| SessionBuilder::new(plan).build()),
        }
    }

    /// Returns a copy of the client with another session: that of another user, which is in no store.
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
    /// Returns what the session is, without asking the server or the store.
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.session.changing().state()
    }

    /// Sees to it that there is a token that serves: signs in, or renews the token, if need be.
    ///
    /// # Errors
    ///
    /// Fails as requests that need the token do: see [`SessionErrorKind`](super::SessionErrorKind).
    pub async fn ensure(&self) -> Result<SessionState, SessionError> {
        self.session.tokens(&self.client).await?;
        Ok(self.state())
    }

    /// Renews the token now, however long it is still good for, or signs in where nothing renews it: for a user whose rights
    /// have changed, say. In time it is renewed without this. An exchange that is under way is waited for, and no other
    /// is made.
    ///
    /// # Errors
    ///
    /// Fails as [`ensure`](Self::ensure) does. A token that is still good is kept.
    pub async fn renew(&self) -> Result<SessionState, SessionError> {
        self.session.renew(&self.client).await?;
        Ok(self.state())
    }

    /// Begins another session after [`sign_out`](Self::sign_out).
    ///
    /// # Errors
    ///
    /// Fails as [`ensure`](Self::ensure) does.
    pub async fn sign_in(&self) -> Result<SessionState, SessionError> {
        {
            let mut changing = self.session.changing();
            changing.is_signed_out = false;
            changing.failure = None;
        }
        self.ensure().await
    }

    /// Ends the session: the server is told, where it has an operation for that, and the tokens are forgotten, here and in
    /// the store. Requests that need a token fail from then on.
    ///
    /// # Errors
    ///
    /// Fails if the server cannot be told, or the store fails. The tokens are forgotten all the same.
    pub async fn sign_out(&self) -> Result<(), SessionError> {
        let exchange = {
            let mut changing = self.session.changing();
            changing.is_signed_out = true;
            changing.exchange.clone()
        };
        // What it gives has to be ended, too.
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
