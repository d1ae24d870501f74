//! Grants that need no browser: client credentials, passwords and refresh tokens.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use oauth2::basic::{BasicTokenResponse, BasicTokenType};
use oauth2::{
    AccessToken, RefreshToken, ResourceOwnerPassword, ResourceOwnerUsername, RevocationUrl,
    StandardRevocableToken, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};

use super::endpoint::Endpoint;
use super::error::Fault;
use super::server::{Purpose, Server};
use super::{
    App, Asking, Authority, BoxFuture, Client, Clock, Endpoints, Gift, Part, SessionBuilder,
    SessionError, SessionErrorKind, Tokens, answer,
};

/// An authorization server and the grant for the first token.
pub(super) struct Grants {
    pub(super) server: Server,
    pub(super) first: First,
}

/// The grant for the first token.
pub(super) enum First {
    /// None: only a user can authorize the client.
    Nothing,
    /// The app (RFC 6749, section 4.4).
    App,
    /// A user's name and password (RFC 6749, section 4.3).
    Password(String, SecretString),
}

/// Sets up a session that gets tokens for the app itself.
#[must_use]
pub fn client_credentials(
    session: SessionBuilder,
    endpoints: &'static Endpoints,
    app: App,
) -> SessionBuilder {
    with(session, endpoints, app, First::App)
}

/// Sets up a session that gets tokens with a user's name and password.
#[must_use]
pub fn password(
    session: SessionBuilder,
    endpoints: &'static Endpoints,
    app: App,
    username: impl Into<String>,
    password: impl Into<SecretString>,
) -> SessionBuilder {
    let first = First::Password(username.into(), password.into());
    with(session, endpoints, app, first)
}

/// Sets up a session that renews and revokes the tokens in its store.
#[must_use]
pub fn stored(session: SessionBuilder, endpoints: &'static Endpoints, app: App) -> SessionBuilder {
    with(session, endpoints, app, First::Nothing)
}

fn with(
    session: SessionBuilder,
    endpoints: &'static Endpoints,
    app: App,
    first: First,
) -> SessionBuilder {
    let server = Server { endpoints, app };
    session.authority(Arc::new(Grants { server, first }))
}

impl Grants {
    async fn acquire(&self, asking: Asking<'_>) -> Result<Gift, SessionError> {
        let name = self.server.name();
        let given = self.first_token(asking).await;
        given.map_err(|fault| fault.of_session(name))
    }

    async fn first_token(&self, asking: Asking<'_>) -> Result<Gift, Fault> {
        let app = &self.server.app;
        let endpoint = self.server.endpoint(asking.client, Purpose::Token).await?;
        let protocol = app.client();
        let protocol = protocol.set_token_uri(TokenUrl::from_url(endpoint.url().clone()));
        let response = match &self.first {
            First::Nothing => {
                return Err(Fault::Unsupported("only a user can sign in".into()));
            }
            First::App => {
                let mut request = protocol.exchange_client_credentials();
                request = request.add_scopes(app.asked_scopes());
                for (name, value) in app.extras() {
                    request = request.add_extra_param(name, value);
                }
                request.request_async(&endpoint).await
            }
            First::Password(username, password) => {
                let username = ResourceOwnerUsername::new(username.clone());
                let password = ResourceOwnerPassword::new(password.expose_secret().to_owned());
                let mut request = protocol.exchange_password(&username, &password);
                request = request.add_scopes(app.asked_scopes());
                for (name, value) in app.extras() {
                    request = request.add_extra_param(name, value);
                }
                request.request_async(&endpoint).await
            }
        };
        let response = endpoint.judge(response)?;
        Ok(self.gift(&endpoint, &response, None, asking.clock))
    }

    async fn next(&self, asking: Asking<'_>, held: &Tokens) -> Result<Gift, SessionError> {
        let name = self.server.name();
        match self.next_token(asking, held).await {
            Ok(gift) => Ok(gift),
            // Only this says that there will be no other token (RFC 6749, section 5.2).
            Err(Fault::Refused(refusal)) if refusal.code() == "invalid_grant" => {
                let problem = "the token is not renewed any more, and there is nothing to sign in with: sign in again";
                let error = SessionError::of_server(SessionErrorKind::Ended, name, problem);
                Err(error.because(None, refusal))
            }
            Err(fault) => Err(fault.of_session(name)),
        }
    }

    /// Renews a token (RFC 6749, section 6). The scopes do not change.
    async fn next_token(&self, asking: Asking<'_>, held: &Tokens) -> Result<Gift, Fault> {
        let refresh_token = held.refresh_token.as_ref();
        let refresh_token = refresh_token.map_or("", ExposeSecret::expose_secret);
        let refresh_token = RefreshToken::new(refresh_token.to_owned());
        let endpoint = self
            .server
            .endpoint(asking.client, Purpose::Refresh)
            .await?;
        let protocol = self.server.app.client();
        let protocol = protocol.set_token_uri(TokenUrl::from_url(endpoint.url().clone()));
        let mut request = protocol.exchange_refresh_token(&refresh_token);
        for (name, value) in self.server.app.extras() {
            request = request.add_extra_param(name, value);
        }
        let response = request.request_async(&endpoint).await;
        let response = endpoint.judge(response)?;
        Ok(self.gift(&endpoint, &response, Some(held), asking.clock))
    }

    /// Returns the tokens of a response. Values that it does not contain are taken from `old`.
    fn gift(
        &self,
        endpoint: &Endpoint<'_>,
        response: &BasicTokenResponse,
        old: Option<&Tokens>,
        clock: &dyn Clock,
    ) -> Gift {
        let kept = old.and_then(|it| it.refresh_token.clone());
        let tokens = tokens(endpoint, response, clock).map(|tokens| Tokens {
            refresh_token: tokens.refresh_token.clone().or(kept),
            ..tokens
        });
        Gift {
            tokens: tokens.map_err(|fault| fault.of_session(self.server.name())),
            refresh_token: refresh_token(response),
        }
    }

    /// Revokes a token (RFC 7009): the refresh token, if there is one, since that ends both.
    async fn end(&self, client: &Client, tokens: &Tokens) -> Result<(), Fault> {
        let Some(url) = self.server.find(client, Purpose::Revocation).await? else {
            return Ok(());
        };
        let endpoint = Endpoint::new(client, url);
        let mut secure = endpoint.url().clone();
        // The crate accepts no other URL. The request is sent to the checked endpoint regardless.
        let _ = secure.set_scheme("https");
        let text = |it: &SecretString| it.expose_secret().to_owned();
        let token: StandardRevocableToken = match &tokens.refresh_token {
            Some(token) => RefreshToken::new(text(token)).into(),
            None => AccessToken::new(text(&tokens.token)).into(),
        };
        let protocol = self.server.app.client();
        let protocol = protocol.set_revocation_url(RevocationUrl::from_url(secure));
        let request = protocol.revoke_token(token);
        let request = request.map_err(|_| Fault::Unsupported("no `https`".into()))?;
        endpoint.judge(request.request_async(&endpoint).await)
    }
}

impl Authority for Grants {
    fn signs_in(&self) -> bool {
        !matches!(self.first, First::Nothing)
    }

    fn renews_by(&self) -> Option<Part> {
        Some(Part::RefreshToken)
    }

    fn sign_in<'a>(&'a self, asking: Asking<'a>) -> BoxFuture<'a, Result<Gift, SessionError>> {
        Box::pin(self.acquire(asking))
    }

    fn renew<'a>(
        &'a self,
        asking: Asking<'a>,
        held: &'a Tokens,
    ) -> BoxFuture<'a, Result<Gift, SessionError>> {
        Box::pin(self.next(asking, held))
    }

    fn revoke<'a>(
        &'a self,
        client: &'a Client,
        tokens: &'a Tokens,
    ) -> BoxFuture<'a, Result<(), SessionError>> {
        Box::pin(async move {
            let ended = self.end(client, tokens).await;
            ended.map_err(|fault| fault.of_session(self.server.name()))
        })
    }

    fn nothing(&self, _client: &Client, had_token: bool) -> SessionError {
        let (kind, problem) = if had_token {
            let problem =
                "the token has expired or was refused, and nothing renews it: sign in again";
            (SessionErrorKind::Ended, problem)
        } else {
            let problem = "no token is stored, and only a user can sign in";
            (SessionErrorKind::NoSignIn, problem)
        };
        SessionError::of_server(kind, self.server.name(), problem.to_owned())
    }
}

/// Returns the tokens of a response, if they can be used.
pub(super) fn tokens(
    endpoint: &Endpoint<'_>,
    response: &BasicTokenResponse,
    clock: &dyn Clock,
) -> Result<Tokens, Fault> {
    let tokens = token(
        response.access_token().secret(),
        response.token_type(),
        response.expires_in(),
        endpoint.received().map(|it| &it.headers),
        clock,
    )?;
    Ok(Tokens {
        refresh_token: refresh_token(response),
        ..tokens
    })
}

fn refresh_token(response: &BasicTokenResponse) -> Option<SecretString> {
    let token = response.refresh_token()?.secret().as_str();
    Some(token).filter(|it| !it.is_empty()).map(Into::into)
}

/// Returns an access token, if it can be used: a bearer token (RFC 6750) that has not expired.
pub(super) fn token(
    token: &str,
    kind: &BasicTokenType,
    expires_in: Option<Duration>,
    headers: Option<&HeaderMap>,
    clock: &dyn Clock,
) -> Result<Tokens, Fault> {
    if token.is_empty() {
        return Err(Fault::Useless("the response has no token"));
    }
    // Such a one goes with a proof. What else servers write here, `user` for example, is a bearer token (RFC 6749,
    // section 7.1).
    if ["mac", "dpop", "pop"]
        .iter()
        .any(|it| kind.as_ref().eq_ignore_ascii_case(it))
    {
        return Err(Fault::Useless("the token is not a bearer token"));
    }
    let lifetime = match expires_in {
        Some(lifetime) => Some(lifetime),
        None => answer::lifetime_of_jwt(token, headers, clock).map(Option::unwrap_or_default),
    };
    if lifetime.is_some_and(|it| it.is_zero()) {
        return Err(Fault::Useless("the token has already expired"));
    }
    Ok(Tokens {
        lifetime,
        given: clock.now(),
        given_elapsed: Some(clock.elapsed()),
        ..Tokens::bare(token.into())
    })
}
