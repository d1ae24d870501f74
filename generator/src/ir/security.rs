//! How a caller proves who it is.

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

/// Schemes that must all be satisfied; empty when a request may go without any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// The schemes and the scopes that each must have, in the document's order.
    pub schemes: Vec<(SchemeId, Vec<String>)>,
}
