//! The endpoints of an authorization server.

use std::sync::Arc;

use url::Url;

use super::discovery::{self, Discovered};
use super::endpoint::Endpoint;
use super::error::Fault;
use super::{App, Client, may_be_plain};

/// The endpoints of a flow in the document. URLs may be relative to the base URL of the client.
#[derive(Debug)]
pub struct Endpoints {
    /// The security scheme.
    pub scheme: &'static str,
    /// The URL at which a user authorizes the app (RFC 6749, section 3.1).
    pub authorization: Option<&'static str>,
    /// The URL that starts the authorization of a device (RFC 8628, section 3.1).
    pub device_authorization: Option<&'static str>,
    /// The URL for getting tokens (RFC 6749, section 3.2).
    pub token: Option<&'static str>,
    /// The URL for renewing tokens, if it differs.
    pub refresh: Option<&'static str>,
    /// The metadata of the server, for endpoints that the document does not give.
    pub metadata: Option<Metadata>,
}

/// The URL of the metadata of an authorization server.
#[derive(Clone, Copy, Debug)]
pub enum Metadata {
    /// Metadata as defined by RFC 8414.
    OAuth(&'static str),
    /// Metadata as defined by OpenID Connect Discovery 1.0.
    OpenId(&'static str),
}

impl Endpoints {
    /// Returns the endpoints of a scheme without any URLs.
    #[must_use]
    pub const fn of(scheme: &'static str) -> Self {
        Self {
            scheme,
            authorization: None,
            device_authorization: None,
            token: None,
            refresh: None,
            metadata: None,
        }
    }
}

/// The purpose of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Authorization,
    DeviceAuthorization,
    Token,
    Refresh,
    Revocation,
}

impl Purpose {
    /// Returns the name of the endpoint in errors.
    fn name(self) -> &'static str {
        match self {
            Self::Authorization => "authorization endpoint",
            Self::DeviceAuthorization => "device authorization endpoint",
            Self::Token | Self::Refresh => "token endpoint",
            Self::Revocation => "revocation endpoint",
        }
    }
}

/// An authorization server and the app that uses it.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) endpoints: &'static Endpoints,
    pub(super) app: App,
}

impl Server {
    /// Returns the name of the security scheme, for errors.
    pub(super) fn name(&self) -> &'static str {
        self.endpoints.scheme
    }

    /// Returns an endpoint.
    pub(super) async fn endpoint<'a>(
        &self,
        client: &'a Client,
        purpose: Purpose,
    ) -> Result<Endpoint<'a>, Fault> {
        let url = self.find(client, purpose).await?;
        url.map(|url| Endpoint::new(client, url)).ok_or_else(|| {
            let problem = format!("the authorization server has no {}", purpose.name());
            Fault::Unsupported(problem.into())
        })
    }

    /// Returns the URL of an endpoint, from the document or else from the server's metadata.
    pub(super) async fn find(
        &self,
        client: &Client,
        purpose: Purpose,
    ) -> Result<Option<Url>, Fault> {
        let known = match purpose {
            Purpose::Authorization => self.endpoints.authorization,
            Purpose::DeviceAuthorization => self.endpoints.device_authorization,
            Purpose::Token => self.endpoints.token,
            Purpose::Refresh => self.endpoints.refresh.or(self.endpoints.token),
            Purpose::Revocation => self.app.revocation_url.as_deref(),
        };
        if let Some(known) = known {
            return check(client, known, purpose.name()).map(Some);
        }
        let Some(discovered) = self.discovered(client).await? else {
            return Ok(None);
        };
        let found = discovered.endpoint(purpose);
        found
            .map(|it| check(client, it, purpose.name()))
            .transpose()
    }

    /// Returns the server's metadata, if there is a URL for it.
    pub(super) async fn discovered(
        &self,
        client: &Client,
    ) -> Result<Option<Arc<Discovered>>, Fault> {
        match self.endpoints.metadata {
            Some(metadata) => discovery::discover(client, metadata).await.map(Some),
            None => Ok(None),
        }
    }
}

/// Returns a URL that secrets may be sent to: `https`, or another one that the client allows.
pub(super) fn check(client: &Client, url: &str, name: &str) -> Result<Url, Fault> {
    let unsupported = |problem: &str| {
        let problem = format!("the {name} of the authorization server {problem}");
        Fault::Unsupported(problem.into())
    };
    let base = Url::options().base_url(Some(client.base_url()));
    let url = base.parse(url).map_err(|_| unsupported("is not a URL"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(unsupported("is neither `https` nor `http`"));
    }
    if !may_be_plain(&url, client.shared.allow_plain_http) {
        return Err(unsupported(
            "is `http`, so secrets could be read on the way",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(unsupported("has user information or a fragment"));
    }
    Ok(url)
}
