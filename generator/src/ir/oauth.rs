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
    /// The flows that a client can use: at least one, and at most one of each kind.
    pub flows: Vec<OAuthFlow>,
    /// The metadata of the server.
    pub metadata: Option<OAuthMetadata>,
}

impl OAuth {
    /// Returns the flow in which users sign in and whose tokens outlive the program if they are stored. Of several,
    /// returns the first, since their tokens are renewed in the same way.
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

/// A flow for getting tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthFlow {
    /// The kind.
    pub kind: OAuthFlowKind,
    /// The endpoints. All required ones are present, unless the server has metadata. They are URLs, or begin with `/`
    /// and are on the host of the API.
    pub endpoints: OAuthEndpoints,
    /// The scopes and their meanings.
    pub scopes: Vec<(String, String)>,
}

/// The endpoints of a flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuthEndpoints {
    /// The URL at which a user authorizes the client.
    pub authorization: Option<String>,
    /// The URL that starts the authorization of a device.
    pub device_authorization: Option<String>,
    /// The URL for getting tokens.
    pub token: Option<String>,
    /// The URL for renewing tokens, if it differs.
    pub refresh: Option<String>,
}

/// A kind of flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OAuthFlowKind {
    /// For the app itself (RFC 6749, section 4.4).
    ClientCredentials,
    /// For a user's name and password (RFC 6749, section 4.3).
    Password,
    /// For a user in a browser, with a code (RFC 6749, section 4.1).
    AuthorizationCode,
    /// For a user in a browser, without a code (RFC 6749, section 4.2).
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

    /// Returns the document's flow of this kind.
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

    /// Returns OpenAPI's name of the kind.
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

    /// Returns `true` if the client gets the tokens without asking a user.
    #[must_use]
    pub const fn is_unattended(self) -> bool {
        match self {
            Self::ClientCredentials | Self::Password => true,
            Self::AuthorizationCode | Self::Implicit | Self::Device => false,
        }
    }
}

/// The metadata of an authorization server: a URL, or a path that begins with `/` on the host of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OAuthMetadata {
    /// By RFC 8414.
    OAuth(String),
    /// By OpenID Connect Discovery.
    OpenId(String),
}
