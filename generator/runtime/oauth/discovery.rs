//! The metadata of authorization servers (RFC 8414; OpenID Connect Discovery 1.0).

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use serde_json::Value;
use url::Url;

use super::Client;
use super::endpoint::Endpoint;
use super::error::Fault;
use super::server::{Metadata, Purpose, check};

/// The metadata of a server.
pub(super) struct Discovered {
    issuer: String,
    fields: Value,
}

/// The discovered metadata, by URL. All clones of a client share it.
#[derive(Clone, Default)]
struct Known(HashMap<Url, Arc<Discovered>>);

impl Discovered {
    /// Returns the URL of an endpoint, unchecked.
    pub(super) fn endpoint(&self, purpose: Purpose) -> Option<&str> {
        let field = match purpose {
            Purpose::Authorization => "authorization_endpoint",
            Purpose::DeviceAuthorization => "device_authorization_endpoint",
            Purpose::Token | Purpose::Refresh => "token_endpoint",
            Purpose::Revocation => "revocation_endpoint",
        };
        self.fields.get(field)?.as_str()
    }

    pub(super) fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Returns `true` if redirects name their issuer (RFC 9207, section 3).
    pub(super) fn is_named_in_redirects(&self) -> bool {
        let field = "authorization_response_iss_parameter_supported";
        self.fields.get(field).and_then(Value::as_bool) == Some(true)
    }
}

/// Returns the metadata of a server, which is fetched once. A failure is not kept.
pub(super) async fn discover(
    client: &Client,
    metadata: Metadata,
) -> Result<Arc<Discovered>, Fault> {
    let (Metadata::OAuth(url) | Metadata::OpenId(url)) = metadata;
    let url = check(client, url, "metadata")?;
    let kept = &client.shared.kept;
    let known = || {
        let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get::<Known>()?.0.get(&url).cloned()
    };
    if let Some(known) = known() {
        return Ok(known);
    }
    let discovered = Arc::new(fetch(client, metadata, &url).await?);
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    let mut known = kept.remove::<Known>().unwrap_or_default();
    known.0.insert(url, Arc::clone(&discovered));
    kept.insert(known);
    Ok(discovered)
}

async fn fetch(client: &Client, metadata: Metadata, url: &Url) -> Result<Discovered, Fault> {
    let response = Endpoint::new(client, url.clone()).read().await?;
    let fields: Value = serde_json::from_slice(response.parts.body())
        .map_err(|_| Fault::Useless("the metadata of the authorization server is not JSON"))?;
    let issuer = fields.get("issuer").and_then(Value::as_str);
    let issuer = issuer
        .filter(|it| is_at(it, metadata, url))
        .ok_or(Fault::Useless(
            "the metadata of the authorization server belongs to another issuer",
        ))?;
    Ok(Discovered {
        issuer: issuer.to_owned(),
        fields,
    })
}

/// Returns `true` if the metadata of an issuer belongs at a URL. Otherwise, a server could publish metadata of another
/// issuer (OpenID Connect Discovery 1.0, section 4.3; RFC 8414, section 3.3).
fn is_at(issuer: &str, metadata: Metadata, url: &Url) -> bool {
    let Ok(issuer) = Url::parse(issuer) else {
        return false;
    };
    if issuer.origin() != url.origin() || url.query().is_some() || issuer.query().is_some() {
        return false;
    }
    let path = issuer.path().trim_end_matches('/');
    let openid = format!("{path}/.well-known/openid-configuration");
    match metadata {
        Metadata::OpenId(_) => url.path() == openid,
        Metadata::OAuth(_) => {
            let usual = format!("/.well-known/oauth-authorization-server{path}");
            // Older servers put it where OpenID Connect has it (RFC 8414, section 5), and some where nothing says whose
            // it is.
            [usual, openid].iter().any(|it| url.path() == it)
                || !url.path().contains("/.well-known/")
        }
    }
}
