//! How a caller proves who it is.

use std::fmt;

use super::{Docs, Origin};

/// The index of a security scheme in an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub u32);

/// A security scheme that the client can apply.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The Security Scheme Object.
    pub origin: Origin,
    /// The name in the document.
    pub name: String,
    /// The name to use in Rust, if it is not this name (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// The documentation.
    pub docs: Docs,
    /// Set if the document marks it as deprecated.
    pub deprecated: bool,
    /// The way in which the credential is sent.
    pub kind: SchemeKind,
    /// The sources of the credential, as far as the document gives them: OAuth 2 flows, or an OpenID provider.
    pub sources: Vec<CredentialSource>,
    /// Set if the document does not declare it: it is inferred from parameters.
    pub inferred: bool,
}

/// A security scheme that the client cannot apply, since it is not declared or cannot be read. The caller must apply
/// it.
#[derive(Clone, Debug)]
pub struct ForeignScheme {
    /// The Security Scheme Object, or the requirement that names the scheme if there is none.
    pub origin: Origin,
    /// The name in the document.
    pub name: String,
    /// The documentation.
    pub docs: Docs,
}

/// A source of a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialSource {
    /// The kind of source: `Authorization code`.
    pub name: &'static str,
    /// The URLs and their purposes.
    pub urls: Vec<(&'static str, String)>,
    /// The scopes and their meanings.
    pub scopes: Vec<(String, String)>,
}

/// The way in which a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// User name and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750), also of OAuth 2 and OpenID Connect.
    Bearer {
        /// The format of the token, as a hint for people: `JWT`.
        format: Option<String>,
    },
    /// The credential of another HTTP authentication scheme, sent after its name (RFC 9110, section 11).
    Http {
        /// The name, as it is sent.
        scheme: String,
    },
    /// User name and password, used to answer challenges (RFC 7616).
    Digest,
    /// A client certificate.
    MutualTls,
    /// An API key.
    ApiKey {
        /// The location.
        location: ApiKeyLocation,
        /// The name of the header, query parameter or cookie.
        name: String,
        /// The prefix of the key, without the space: `Bearer`.
        prefix: Option<String>,
    },
}

impl SchemeKind {
    /// Returns the location and the name of the credential in a request, if it is written there.
    #[must_use]
    pub fn target(&self) -> Option<(ApiKeyLocation, &str)> {
        match self {
            Self::Basic | Self::Bearer { .. } | Self::Digest | Self::Http { .. } => {
                Some((ApiKeyLocation::Header, "Authorization"))
            }
            Self::MutualTls => None,
            Self::ApiKey { location, name, .. } => Some((*location, name)),
        }
    }

    /// Returns `true` if the same text could be the credential of both.
    #[must_use]
    pub fn may_agree(&self, other: &Self) -> bool {
        !matches!(
            (self, other),
            (Self::Basic, Self::Bearer { .. })
                | (Self::Bearer { .. }, Self::Basic)
                | (Self::Digest, _)
                | (_, Self::Digest)
        )
    }

    /// Returns the key by which targets are compared. Header names are case-insensitive (RFC 9110, section 5.1).
    #[must_use]
    pub fn part(&self) -> Option<(ApiKeyLocation, String)> {
        let (location, name) = self.target()?;
        let name = match location {
            ApiKeyLocation::Header => name.to_ascii_lowercase(),
            ApiKeyLocation::Query | ApiKeyLocation::Cookie => name.to_owned(),
        };
        Some((location, name))
    }
}

/// "bearer token", "key in the header `X-Api-Key`"
impl fmt::Display for SchemeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Basic => f.write_str("HTTP basic authentication"),
            Self::Bearer { .. } => f.write_str("bearer token"),
            Self::Http { scheme } => write!(f, "HTTP authentication scheme `{scheme}`"),
            Self::Digest => f.write_str("HTTP digest authentication"),
            Self::MutualTls => f.write_str("mutual TLS"),
            Self::ApiKey { location, name, .. } => write!(f, "key in the {location} `{name}`"),
        }
    }
}

/// The location of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiKeyLocation {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// "header", "query parameter", "cookie"
impl fmt::Display for ApiKeyLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Query => "query parameter",
            Self::Cookie => "cookie",
        })
    }
}

/// Schemes that must all be satisfied; empty if credentials are optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// The schemes that the client applies, with their required scopes, in the document's order.
    pub schemes: Vec<(SchemeId, Vec<String>)>,
    /// The names of schemes that are left to the caller: each is one of [`Api::foreign_schemes`](super::Api).
    pub foreign: Vec<String>,
}

impl Alternative {
    /// Returns `true` if no credential is required.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.schemes.is_empty() && self.foreign.is_empty()
    }
}
