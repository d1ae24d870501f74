//! Endpoints of authorization servers, and the ways by which these give credentials.

use crate::ir::OAuthFlowKind;

/// What clients ask for who want to know who the user is (OpenID Connect Core 1.0, section 3.1.2.1).
pub(super) const OPENID: &str = "openid";

/// What an authorization server is asked at. Where two have one path, the first that takes the method is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::mock) enum Endpoint {
    /// Gives credentials (RFC 6749, section 3.2).
    Token,
    /// Starts the authorization of a device (RFC 8628, section 3.1).
    Device,
    /// Ends credentials (RFC 7009).
    Revocation,
    /// Asks a user in a browser (RFC 6749, section 3.1).
    Authorization,
    /// Tells who the user is (OpenID Connect Core 1.0, section 5.3).
    UserInfo,
    /// Has the keys by which ID tokens are checked (RFC 7517).
    Keys,
    /// Describes the server (RFC 8414).
    Metadata,
}

impl Endpoint {
    /// Those that every scheme has at a path of its own.
    pub(super) const OWN: [Self; 6] = [
        Self::Token,
        Self::Device,
        Self::Revocation,
        Self::Authorization,
        Self::UserInfo,
        Self::Keys,
    ];

    /// The last segment of its own path.
    pub(in crate::mock) const fn segment(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Device => "device",
            Self::Revocation => "revoke",
            Self::Authorization => "authorize",
            Self::UserInfo => "userinfo",
            Self::Keys => "jwks",
            Self::Metadata => "metadata",
        }
    }

    /// The methods that it takes.
    pub(super) const fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Token | Self::Device | Self::Revocation => &["POST"],
            Self::Authorization | Self::UserInfo => &["GET", "POST"],
            Self::Keys | Self::Metadata => &["GET"],
        }
    }
}

/// A way by which a server gives credentials.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) kind: OAuthFlowKind,
    /// What it allows, and what that means.
    pub(super) scopes: Vec<(String, String)>,
}
