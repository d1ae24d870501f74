//! The app that a client presents to an authorization server.

use std::fmt;

use oauth2::basic::BasicClient;
use oauth2::{AuthType, ClientId, ClientSecret, Scope};
use secrecy::{ExposeSecret, SecretString};

/// An app that is registered with an authorization server: its client ID, and the scopes and parameters of its
/// requests.
///
/// ```ignore
/// let app = App::new("my-client-id").secret("my-client-secret").scopes(["pets:read"]);
/// ```
#[derive(Clone)]
#[must_use = "an app does nothing until it is given to a client"]
pub struct App {
    id: String,
    secret: Option<SecretString>,
    secret_is_in_body: bool,
    scopes: Vec<String>,
    resources: Vec<String>,
    pub(super) revocation_url: Option<String>,
    parameters: Vec<(String, SecretString)>,
}

impl App {
    /// Returns an app with this client ID. Without a [secret](Self::secret) it is a public client, as apps on desktops,
    /// phones and in browsers are.
    pub fn new(client_id: impl Into<String>) -> Self {
        Self {
            id: client_id.into(),
            secret: None,
            secret_is_in_body: false,
            scopes: Vec::new(),
            resources: Vec::new(),
            revocation_url: None,
            parameters: Vec::new(),
        }
    }

    /// Sets the client secret. It is sent with HTTP Basic authentication (RFC 6749, section 2.3.1).
    pub fn secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// Sends the client secret in the body of requests, for servers that do not accept it in a header
    /// (`client_secret_post`).
    pub fn auth_in_body(mut self) -> Self {
        self.secret_is_in_body = true;
        self
    }

    /// Sets the scopes to request. Without scopes, the server decides (RFC 6749, section 3.3).
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a resource that the token is meant for, by its URL (RFC 8707).
    pub fn resource(mut self, url: impl Into<String>) -> Self {
        self.resources.push(url.into());
        self
    }

    /// Sets the URL for revoking tokens (RFC 7009), in place of the one in the server's metadata.
    pub fn revocation_url(mut self, url: impl Into<String>) -> Self {
        self.revocation_url = Some(url.into());
        self
    }

    /// Adds a parameter to the authorization and token requests, for servers that need one, such as `audience` or
    /// `access_type`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Returns the app as a client of the `oauth2` crate.
    pub(super) fn client(&self) -> BasicClient {
        let mut client = BasicClient::new(ClientId::new(self.id.clone()));
        if let Some(secret) = &self.secret {
            client = client.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()));
        }
        client.set_auth_type(if self.secret_is_in_body {
            AuthType::RequestBody
        } else {
            AuthType::BasicAuth
        })
    }

    pub(super) fn asked_scopes(&self) -> impl Iterator<Item = Scope> {
        self.scopes.iter().cloned().map(Scope::new)
    }

    /// Returns the additional parameters of all requests except revocations.
    pub(super) fn extras(&self) -> impl Iterator<Item = (String, String)> {
        let resources = self.resources.iter();
        let resources = resources.map(|it| ("resource".to_owned(), it.clone()));
        let parameters = self.parameters.iter();
        resources
            .chain(parameters.map(|(name, value)| (name.clone(), value.expose_secret().to_owned())))
    }
}

/// Shows only the client ID, which is not secret.
impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("client_id", &self.id)
            .finish_non_exhaustive()
    }
}
