//! Which authorization server gives the credential of a security scheme, and for what.

use super::{Origin, SchemeId};
use crate::model;

/// The authorization server of a security scheme of OAuth 2 or OpenID Connect that has no session of its own.
#[derive(Clone, Debug)]
pub struct OAuth {
    /// The Security Scheme Object.
    pub origin: Origin,
    /// The scheme.
    pub scheme: SchemeId,
    /// The flows that a client can use, one of a kind at most. There is one at least.
    pub flows: Vec<OAuthFlow>,
    /// Where the server describes itself.
    pub metadata: Option<OAuthMetadata>,
}

impl OAuth {
    /// The flow by which users sign in, and whose tokens outlive the program if they are stored. Of several, the first:
    /// they are renewed alike.
    #[must_use]
    pub fn renewable(&self) -> Option<&OAuthFlow> {
        let mut flows = self.flows.iter();
        flows.find(|it| match it.kind {
            OAuthFlowKind::AuthorizationCode | OAuthFlowKind::Device => true,
            OAuthFlowKind::ClientCredentials
            | OAuthFlowKind::Password
            | OAuthFlowKind::Implicit => false,
        })
    }
}

/// A way to get tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// Which one.
    pub kind: OAuthFlowKind,
    /// Its endpoints. Those that it needs are there, unless the server describes itself. They are URLs, or begin with `/`
    /// and stand on the host of the API.
    pub endpoints: OAuthEndpoints,
    /// The scopes and what they allow.
    pub scopes: Vec<(String, String)>,
}

/// The endpoints of a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuthEndpoints {
    /// Where a user authorizes the client.
    pub authorization: Option<String>,
    /// Where the authorization of a device starts.
    pub device_authorization: Option<String>,
    /// Where tokens are given.
    pub token: Option<String>,
    /// Where they are renewed, if elsewhere.
    pub refresh: Option<String>,
}

/// A kind of flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OAuthFlowKind {
    /// For the app itself (RFC 6749, section 4.4).
    ClientCredentials,
    /// For a user's name and password (RFC 6749, section 4.3).
    Password,
    /// For a user in a browser, by a code (RFC 6749, section 4.1).
    AuthorizationCode,
    /// For a user in a browser, without one (RFC 6749, section 4.2).
    Implicit,
    /// For a user on another device (RFC 8628).
    Device,
}

impl OAuthFlowKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::ClientCredentials,
        Self::Password,
        Self::AuthorizationCode,
        Self::Implicit,
        Self::Device,
    ];

    /// The flow of this kind that a document has.
    #[must_use]
    pub fn of(self, flows: &model::OAuthFlows) -> Option<&model::OAuthFlow> {
        match self {
            Self::ClientCredentials => flows.client_credentials.as_ref(),
            Self::Password => flows.password.as_ref(),
            Self::AuthorizationCode => flows.authorization_code.as_ref(),
            Self::Implicit => flows.implicit.as_ref(),
            Self::Device => flows.device_authorization.as_ref(),
        }
    }

    /// The kind as OpenAPI calls it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ClientCredentials => "clientCredentials",
            Self::Password => "password",
            Self::AuthorizationCode => "authorizationCode",
            Self::Implicit => "implicit",
            Self::Device => "deviceAuthorization",
        }
    }

    /// Whether the client gets the tokens without its user being asked.
    #[must_use]
    pub const fn is_unattended(self) -> bool {
        match self {
            Self::ClientCredentials | Self::Password => true,
            Self::AuthorizationCode | Self::Implicit | Self::Device => false,
        }
    }
}

/// Where an authorization server describes itself: a URL, or what begins with `/` and stands on the host of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OAuthMetadata {
    /// By RFC 8414.
    OAuth(String),
    /// By OpenID Connect Discovery.
    OpenId(String),
}
