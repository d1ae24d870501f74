//! A request to an authorization server, and all that an answer takes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};

use super::endpoint::Endpoint;
use super::error::OAuthError;
use super::keys::Keys;
use super::parameters::Parameters;
use super::servers::{Scheme, Server};
use crate::media_type::essence;
use crate::mock::message;
use crate::mock::settings::Settings;
use crate::mock::state::State;
use crate::mock::urlencoded::plain;

/// How long a credential is good for of which nobody says, in seconds.
const USUAL: i64 = 3600;

/// How many bytes parameters may have: some of them are remembered.
const MOST: usize = 16 * 1024;

/// A request to an authorization server.
pub(super) struct Visit<'v> {
    pub(super) scheme: &'v Scheme,
    pub(super) server: &'v Server,
    pub(super) request: &'v http::Request<Bytes>,
    /// Its parameters.
    pub(super) parameters: Parameters,
    pub(super) keys: &'v Keys,
    pub(super) settings: &'v Settings,
    pub(super) state: &'v mut State,
}

/// The client that a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) id: String,
    /// Whether it has shown a secret.
    pub(super) is_confidential: bool,
}

impl Visit<'_> {
    /// The time, in seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.state.clock.seconds()
    }

    /// How long credentials are good for, in seconds.
    pub(super) fn lifetime(&self) -> i64 {
        let stated = self.settings.token_lifetime;
        stated.map_or(USUAL, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX))
    }

    /// The identifier of the server.
    pub(super) fn issuer(&self) -> String {
        format!("{}{}", message::origin(self.request), self.scheme.issuer)
    }

    /// The URL of an endpoint.
    pub(super) fn url(&self, endpoint: Endpoint) -> String {
        let origin = message::origin(self.request);
        format!("{origin}{}", self.scheme.path(endpoint))
    }

    /// A parameter that must be there.
    pub(super) fn required(
        &self,
        name: &str,
        description: &'static str,
    ) -> Result<&str, OAuthError> {
        let value = self.parameters.get(name);
        value.ok_or(OAuthError::request(description))
    }

    /// Takes the body of a request as a form.
    pub(super) fn take_form(&mut self) -> Result<(), OAuthError> {
        let media_type = self.request.headers().get(CONTENT_TYPE);
        let media_type = media_type.and_then(|it| it.to_str().ok()).map(essence);
        if media_type.is_none_or(|it| it != "application/x-www-form-urlencoded") {
            return Err(OAuthError::request("the body is not a form"));
        }
        let text = std::str::from_utf8(self.request.body());
        let text = text.map_err(|_| OAuthError::request("the body is not UTF-8"))?;
        self.take_parameters(text)
    }

    /// Takes a query or a form.
    pub(super) fn take_parameters(&mut self, text: &str) -> Result<(), OAuthError> {
        if text.len() > MOST {
            return Err(OAuthError::request("the parameters have more than 16 KiB"));
        }
        self.parameters = Parameters::read(text);
        if self.parameters.has_repeated() {
            return Err(OAuthError::request("a parameter is there more than once"));
        }
        Ok(())
    }

    /// Finds out which client asks, by the header or by the body (RFC 6749, section 2.3.1).
    pub(super) fn client(&self) -> Result<Client, OAuthError> {
        let named = self.parameters.get("client_id");
        let secret = self.parameters.get("client_secret");
        let (id, secret) = match self.basic()? {
            Some(_) if secret.is_some() => {
                let description = "the client has sent its secret in two ways";
                return Err(OAuthError::request(description));
            }
            Some((id, _)) if named.is_some_and(|it| it != id) => {
                return Err(OAuthError::request("the client has sent two identifiers"));
            }
            Some((id, secret)) => (id, Some(secret).filter(|it| !it.is_empty())),
            None => {
                let id = named.ok_or(OAuthError::client("no client is named"))?;
                (id.to_owned(), secret.map(str::to_owned))
            }
        };
        if id.is_empty() {
            return Err(OAuthError::client("no client is named"));
        }
        let known = self.known(&id)?;
        if known.is_some_and(|known| *known != secret) {
            return Err(OAuthError::client("the secret is not the right one"));
        }
        Ok(Client {
            id,
            is_confidential: secret.is_some(),
        })
    }

    /// The secret of a client, where only some are known.
    pub(super) fn known(&self, id: &str) -> Result<Option<&Option<String>>, OAuthError> {
        let clients = &self.settings.clients;
        match clients.iter().find(|(it, _)| it == id) {
            Some((_, secret)) => Ok(Some(secret)),
            None if clients.is_empty() => Ok(None),
            None => Err(OAuthError::client("nobody knows the client")),
        }
    }

    /// Identifier and secret in the header, each encoded as in a form.
    fn basic(&self) -> Result<Option<(String, String)>, OAuthError> {
        const MALFORMED: OAuthError =
            OAuthError::client("the header does not have the form of Basic authentication");
        let Some(value) = self.request.headers().get(AUTHORIZATION) else {
            return Ok(None);
        };
        let value = value.to_str().map_err(|_| MALFORMED)?;
        let (scheme, credentials) = value.split_once(' ').ok_or(MALFORMED)?;
        if !scheme.eq_ignore_ascii_case("Basic") {
            return Err(MALFORMED);
        }
        let bytes = STANDARD.decode(credentials.trim()).map_err(|_| MALFORMED)?;
        let text = String::from_utf8(bytes).map_err(|_| MALFORMED)?;
        let (id, secret) = text.split_once(':').ok_or(MALFORMED)?;
        Ok(Some((plain(id), plain(secret))))
    }
}
