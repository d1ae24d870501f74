//! How a caller proves who it is.

use std::fmt;

use super::{Docs, Origin};

/// Which security scheme of an [`Api`](super::Api).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub u32);

/// A security scheme that the client can apply.
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// The Security Scheme Object.
    pub origin: Origin,
    /// Its name in the document.
    pub name: String,
    /// What it is called after, when that is not the name (`x-keywright-name`).
    pub rust_name: Option<String>,
    /// What it is.
    pub docs: Docs,
    /// Whether the document advises against it.
    pub deprecated: bool,
    /// How the credential travels.
    pub kind: SchemeKind,
    /// Where the credential comes from, as far as the document says: ways of OAuth 2, or an OpenID provider.
    pub sources: Vec<CredentialSource>,
    /// Whether the document does not declare it: it is made of parameters, where nothing else says how to sign in.
    pub inferred: bool,
}

/// A security scheme that the client cannot apply, so that the caller has to: it is not declared, or cannot be read.
#[derive(Clone, Debug)]
pub struct ForeignScheme {
    /// The Security Scheme Object, or the requirement that names it where there is none.
    pub origin: Origin,
    /// Its name in the document.
    pub name: String,
    /// What it is.
    pub docs: Docs,
}

/// Where a credential comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialSource {
    /// Which way it is: `Authorization code`.
    pub name: &'static str,
    /// The URLs to use, and what for.
    pub urls: Vec<(&'static str, String)>,
    /// The scopes and what they allow.
    pub scopes: Vec<(String, String)>,
}

/// How a credential travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// User name and password (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750); also what `OAuth2` and OpenID Connect end in.
    Bearer {
        /// What the token is, as a hint for people: `JWT`.
        format: Option<String>,
    },
    /// What follows the name of another HTTP authentication scheme (RFC 9110, section 11).
    Http {
        /// The name, as it is sent.
        scheme: String,
    },
    /// User name and password, by which challenges are answered (RFC 7616).
    Digest,
    /// A certificate, which is shown when connecting.
    MutualTls,
    /// A key of the API's own.
    ApiKey {
        /// Where it travels.
        location: ApiKeyLocation,
        /// The header's, query parameter's or cookie's name.
        name: String,
        /// What stands before the key, without the space: `Bearer`.
        prefix: Option<String>,
    },
}

impl SchemeKind {
    /// Where the credential is written to, if it is: a place in a request, and the name that it has there.
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

    /// Whether one text could be the credential of both.
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

    /// What makes the targets of two credentials the same. Names of headers have no case (RFC 9110, section 5.1).
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

/// Where an API key travels.
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

/// Schemes that must all be satisfied; empty when a request may go without any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// The schemes that the client applies, and the scopes that each must have, in the document's order.
    pub schemes: Vec<(SchemeId, Vec<String>)>,
    /// The names of those that are left to the caller: each is one of [`Api::foreign_schemes`](super::Api).
    pub foreign: Vec<String>,
}

impl Alternative {
    /// Whether a request may go without any credential.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.schemes.is_empty() && self.foreign.is_empty()
    }
}
