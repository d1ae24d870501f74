//! Authorization by a user in a browser (RFC 6749, sections 4.1 and 4.2; RFC 7636; RFC 9207).

use std::fmt;
use std::sync::Arc;

use oauth2::basic::BasicTokenType;
use oauth2::{
    AuthUrl, AuthorizationCode, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::error::Fault;
use super::grants::{First, Grants, token, tokens};
use super::server::{Purpose, Server};
use super::{
    App, AuthorizationError, AuthorizationErrorKind, Beginning, Client, Clock, Endpoints, Plan,
    Refusal, TokenStore, Tokens, answer,
};

/// The way in which the token is returned from the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As a code, which is exchanged at the token endpoint.
    Code,
    /// Directly.
    Implicit,
}

/// An authorization that has not started yet.
#[must_use = "nothing happens before `start`"]
pub struct Authorization<C> {
    server: Server,
    redirect_url: String,
    way: Way,
    beginning: Beginning<C>,
}

impl<C> Authorization<C> {
    /// Returns an authorization with a code. `make` creates the client of the API.
    #[doc(hidden)]
    pub fn code(
        plan: &'static Plan,
        endpoints: &'static Endpoints,
        client: &Client,
        app: App,
        redirect_url: String,
        make: fn(Client) -> C,
    ) -> Self {
        Self {
            server: Server { endpoints, app },
            redirect_url,
            way: Way::Code,
            beginning: Beginning::new(plan, client, make),
        }
    }

    /// Returns an authorization whose redirect contains the token. `make` creates the client of the API.
    #[doc(hidden)]
    pub fn implicit(
        plan: &'static Plan,
        endpoints: &'static Endpoints,
        client: &Client,
        app: App,
        redirect_url: String,
        make: fn(Client) -> C,
    ) -> Self {
        Self {
            way: Way::Implicit,
            ..Self::code(plan, endpoints, client, app, redirect_url, make)
        }
    }

    /// Sets the store of the tokens. Tokens are stored before they are used.
    pub fn store(mut self, store: impl TokenStore + 'static) -> Self {
        self.beginning.store = Some(Arc::new(store));
        self
    }

    /// Sets the clock, for tests.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.beginning.clock = Arc::new(clock);
        self
    }

    /// Prepares the page on which the user signs in. If the document does not give its URL, the server's metadata does.
    ///
    /// # Errors
    ///
    /// Fails if the redirect URL or an endpoint cannot be used, or the server cannot be reached: see
    /// [`AuthorizationErrorKind`].
    pub async fn start(self) -> Result<Authorizing<C>, AuthorizationError> {
        let name = self.server.name();
        let started = self.begin().await;
        started.map_err(|fault| AuthorizationError::of(fault, name))
    }

    async fn begin(self) -> Result<Authorizing<C>, Fault> {
        let (server, client) = (&self.server, &self.beginning.client);
        let redirect_url = RedirectUrl::new(self.redirect_url)
            .map_err(|_| Fault::Unsupported("the redirect URL is not a URL".into()))?;
        let endpoint = server.endpoint(client, Purpose::Authorization).await?;
        if self.way == Way::Code {
            // Before the user has done anything in vain.
            server.endpoint(client, Purpose::Token).await?;
        }
        // If the metadata is only an addition, its failure does not matter.
        let issuer = server.discovered(client).await.ok().flatten();
        let issuer = issuer.map(|it| Issuer {
            name: it.issuer().to_owned(),
            is_in_redirects: it.is_named_in_redirects(),
        });
        let protocol = server.app.client();
        let protocol = protocol.set_redirect_uri(redirect_url.clone());
        let protocol = protocol.set_auth_uri(AuthUrl::from_url(endpoint.url().clone()));
        let mut request = protocol.authorize_url(CsrfToken::new_random);
        request = request.add_scopes(server.app.asked_scopes());
        for (name, value) in server.app.extras() {
            request = request.add_extra_param(name, value);
        }
        let (request, verifier) = match self.way {
            Way::Code => {
                let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
                let verifier = SecretString::from(verifier.into_secret());
                (request.set_pkce_challenge(challenge), Some(verifier))
            }
            Way::Implicit => (request.use_implicit_flow(), None),
        };
        let (url, state) = request.url();
        Ok(Authorizing {
            url,
            state: state.into_secret().into(),
            verifier,
            redirect_url,
            issuer,
            server: self.server,
            beginning: self.beginning,
        })
    }
}

/// The expected issuer of a redirect.
struct Issuer {
    name: String,
    is_in_redirects: bool,
}

/// An authorization that waits for the user.
#[must_use = "nothing is sent before `finish`"]
pub struct Authorizing<C> {
    url: Url,
    state: SecretString,
    /// The proof that this client made the request (RFC 7636), or `None` if the redirect contains the token.
    verifier: Option<SecretString>,
    redirect_url: RedirectUrl,
    issuer: Option<Issuer>,
    server: Server,
    beginning: Beginning<C>,
}

impl<C> Authorizing<C> {
    /// Returns the URL of the page on which the user signs in. Open it in a browser. It is valid for this authorization
    /// only.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Takes the URL that the browser was redirected to, or its path and query, and returns a signed-in client.
    ///
    /// # Errors
    ///
    /// Fails if the user or the server has refused, or if the redirect does not belong to this authorization: see
    /// [`AuthorizationErrorKind`].
    pub async fn finish(&self, redirected_url: &str) -> Result<C, AuthorizationError> {
        let parameters = self.parameters(redirected_url)?;
        let tokens = match &self.verifier {
            Some(verifier) => self.redeem(&parameters, verifier).await,
            None => self.implicit(&parameters),
        };
        let name = self.server.name();
        let tokens = tokens.map_err(|fault| AuthorizationError::of(fault, name))?;
        let grants = Grants {
            server: self.server.clone(),
            first: First::Nothing,
        };
        let client = self.beginning.client_with(tokens, Some(Arc::new(grants)));
        Ok(client.await)
    }

    /// Returns the parameters of a redirect, if it belongs to this authorization and is not an error.
    fn parameters(&self, redirected_url: &str) -> Result<Parameters, AuthorizationError> {
        let error = |kind, problem| AuthorizationError::new(kind, self.server.name(), problem);
        let url = self.redirect_url.url().join(redirected_url);
        let url = url.map_err(|_| {
            error(
                AuthorizationErrorKind::Mismatch,
                "the redirect is not a URL",
            )
        })?;
        let text = match self.verifier {
            Some(_) => url.query(),
            None => url.fragment(),
        };
        let parameters = Parameters::read(text.unwrap_or_default());
        let state = parameters.get("state").unwrap_or_default();
        if !is_same(state, self.state.expose_secret()) {
            return Err(error(
                AuthorizationErrorKind::Mismatch,
                "the redirect has another `state` than this authorization",
            ));
        }
        if let Some(issuer) = &self.issuer {
            let found = parameters.get("iss");
            // RFC 9207, section 2.4.
            if found.map_or(issuer.is_in_redirects, |it| it != issuer.name) {
                return Err(error(
                    AuthorizationErrorKind::Mismatch,
                    "the redirect was not issued by the server of this authorization",
                ));
            }
        }
        if let Some(code) = parameters.get("error") {
            let description = parameters.get("error_description");
            let fault = Fault::Refused(Refusal::new(None, code, description));
            return Err(AuthorizationError::of(fault, self.server.name()));
        }
        Ok(parameters)
    }

    /// Exchanges a code for tokens (RFC 6749, section 4.1.3).
    async fn redeem(
        &self,
        parameters: &Parameters,
        verifier: &SecretString,
    ) -> Result<Tokens, Fault> {
        let code = parameters.get("code").filter(|it| !it.is_empty());
        let code = code.ok_or(Fault::Useless("the redirect has no code"))?;
        let (server, client) = (&self.server, &self.beginning.client);
        let endpoint = server.endpoint(client, Purpose::Token).await?;
        let protocol = server.app.client();
        let protocol = protocol.set_redirect_uri(self.redirect_url.clone());
        let protocol = protocol.set_token_uri(TokenUrl::from_url(endpoint.url().clone()));
        let mut request = protocol.exchange_code(AuthorizationCode::new(code.to_owned()));
        let verifier = PkceCodeVerifier::new(verifier.expose_secret().to_owned());
        request = request.set_pkce_verifier(verifier);
        for (name, value) in server.app.extras() {
            request = request.add_extra_param(name, value);
        }
        let response = request.request_async(&endpoint).await;
        let response = endpoint.judge(response)?;
        tokens(&endpoint, &response, &*self.beginning.clock)
    }

    /// Takes the token from the redirect (RFC 6749, section 4.2.2).
    fn implicit(&self, parameters: &Parameters) -> Result<Tokens, Fault> {
        let kind = parameters.get("token_type").unwrap_or("bearer");
        let kind = BasicTokenType::Extension(kind.to_owned());
        let expires_in = parameters.get("expires_in");
        let expires_in = expires_in.and_then(|it| answer::number(&Value::from(it)));
        let expires_in = expires_in.map(|it| answer::seconds(it).unwrap_or_default());
        let text = parameters.get("access_token").unwrap_or_default();
        token(text, &kind, expires_in, None, &*self.beginning.clock)
    }
}

/// The parameters of a redirect.
struct Parameters(Vec<(String, SecretString)>);

impl Parameters {
    fn read(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes());
        let pairs = pairs.map(|(name, value)| (name.into_owned(), value.into_owned().into()));
        Self(pairs.collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        let (_, value) = pairs.find(|(it, _)| it == name)?;
        Some(value.expose_secret())
    }
}

/// Compares two texts in constant time.
fn is_same(one: &str, other: &str) -> bool {
    let differ = one.bytes().zip(other.bytes());
    let differ = differ.fold(0, |all, (one, other)| all | (one ^ other));
    one.len() == other.len() && differ == 0
}

impl<C> fmt::Debug for Authorization<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization").finish_non_exhaustive()
    }
}

impl<C> fmt::Debug for Authorizing<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorizing").finish_non_exhaustive()
    }
}
