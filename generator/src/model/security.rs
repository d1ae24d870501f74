//! OAS 3.1.1, Security Scheme Object and its parts.

use indexmap::IndexMap;

use super::Extensions;
use crate::document::{Excerpt, Place};

/// A way to authenticate (OAS 3.1.1, Security Scheme Object).
#[derive(Clone, Debug)]
pub struct SecurityScheme {
    /// Where it stands.
    pub place: Place,
    /// What it is, in `CommonMark`.
    pub description: Option<String>,
    /// How it works.
    pub kind: SecuritySchemeKind,
    /// Where the provider of `oauth2` describes itself, a URL (OAS 3.2, `oauth2MetadataUrl`).
    pub metadata_url: Option<EndpointUrl>,
    /// Whether it is deprecated (OAS 3.2).
    pub deprecated: bool,
    /// Extensions, among them `x-keywright-prefix` and `x-apikey-prefix`.
    pub extensions: Extensions,
    /// `x-keywright-session`, which is among the extensions, too.
    pub session: Option<Excerpt>,
}

/// How a security scheme works, by its `type`.
#[derive(Clone, Debug)]
pub enum SecuritySchemeKind {
    /// `apiKey`
    ApiKey {
        /// `query`, `header` or `cookie`
        location: super::ParameterLocation,
        /// The parameter's name.
        name: String,
    },
    /// `http`
    Http {
        /// The authentication scheme of RFC 9110, in lower case: `basic`, `bearer`.
        scheme: String,
        /// `bearerFormat`
        bearer_format: Option<String>,
    },
    /// `mutualTLS`
    MutualTls,
    /// `oauth2`
    OAuth2(Box<OAuthFlows>),
    /// `openIdConnect`
    OpenIdConnect {
        /// Where the provider's configuration is.
        url: EndpointUrl,
    },
}

/// OAS 3.1.1, OAuth Flows Object.
#[derive(Clone, Debug, Default)]
pub struct OAuthFlows {
    /// `implicit`
    pub implicit: Option<OAuthFlow>,
    /// `password`
    pub password: Option<OAuthFlow>,
    /// `clientCredentials`
    pub client_credentials: Option<OAuthFlow>,
    /// `authorizationCode`
    pub authorization_code: Option<OAuthFlow>,
    /// `deviceAuthorization` (OAS 3.2)
    pub device_authorization: Option<OAuthFlow>,
}

/// OAS 3.1.1, OAuth Flow Object.
#[derive(Clone, Debug)]
pub struct OAuthFlow {
    /// Where it stands.
    pub place: Place,
    /// `authorizationUrl`
    pub authorization_url: Option<EndpointUrl>,
    /// `deviceAuthorizationUrl` (OAS 3.2)
    pub device_authorization_url: Option<EndpointUrl>,
    /// `tokenUrl`
    pub token_url: Option<EndpointUrl>,
    /// `refreshUrl`
    pub refresh_url: Option<EndpointUrl>,
    /// The scopes and what they allow.
    pub scopes: IndexMap<String, String>,
}

/// A URL of an authorization server.
#[derive(Clone, Debug)]
pub struct EndpointUrl {
    /// Where it stands.
    pub place: Place,
    /// The URL, as it is written.
    pub text: String,
}

/// One alternative of a `security` list: schemes that must all be satisfied, with their scopes. Empty for
/// `{}`, which lets a request go without credentials (OAS 3.1.1, Security Requirement Object).
#[derive(Clone, Debug)]
pub struct SecurityRequirement {
    /// Where it stands.
    pub place: Place,
    /// Scheme name and scopes.
    pub schemes: IndexMap<String, Vec<String>>,
}
