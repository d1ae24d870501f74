//! Credentials and how requests carry them. They are sent only to the origin of the base URL; see `redirect`.

pub(super) mod challenge;
mod choose;
pub(super) mod digest;
mod place;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

pub(super) use self::choose::{Chosen, choose, refuse};
// Imports that the files here use through `super::`.
use super::call::Outgoing;
use super::encode::header::header_value;
use super::encode::percent::{self, STRICT};
use super::{
    AuthError, BoxFuture, Call, Client, Description, Error, Location, Scheme, SchemeKind, Shareable,
};

/// A credential of a security scheme.
#[derive(Clone)]
pub struct Credential(Secret);

#[derive(Clone)]
enum Secret {
    Basic {
        username: String,
        password: SecretString,
    },
    Token(SecretString),
    Certificate(SecretString),
}

impl Credential {
    /// Returns a credential of user name and password. The password may be empty.
    pub fn basic(username: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self(Secret::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// Returns a credential that is a token or an API key. It may include the prefix (`Bearer `).
    pub fn token(token: impl Into<SecretString>) -> Self {
        Self(Secret::Token(token.into()))
    }

    /// Returns a credential that is a client certificate with its key, in PEM.
    pub fn certificate(pem: impl Into<SecretString>) -> Self {
        Self(Secret::Certificate(pem.into()))
    }

    /// Returns the certificate with its key, if the credential is one.
    pub(super) fn pem(&self) -> Option<&SecretString> {
        match &self.0 {
            Secret::Certificate(pem) => Some(pem),
            Secret::Basic { .. } | Secret::Token(_) => None,
        }
    }

    /// Returns user name and password, if the credential has them.
    pub(super) fn user(&self) -> Option<(&str, &SecretString)> {
        match &self.0 {
            Secret::Basic { username, password } => Some((username, password)),
            Secret::Token(_) | Secret::Certificate(_) => None,
        }
    }

    /// Returns the token, or the password.
    #[allow(
        dead_code,
        reason = "sessions ask for it, and an API need not have one"
    )]
    pub(super) fn exposed_secret(&self) -> &str {
        match &self.0 {
            Secret::Token(secret)
            | Secret::Certificate(secret)
            | Secret::Basic {
                password: secret, ..
            } => secret.expose_secret(),
        }
    }
}

/// Shows nothing, since even a user name is private.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Secret::Basic { .. } => "Credential(basic, redacted)",
            Secret::Token(_) => "Credential(token, redacted)",
            Secret::Certificate(_) => "Credential(certificate, redacted)",
        })
    }
}

/// Provides a credential when it is needed, for example from a vault or from a session that renews it.
pub trait CredentialProvider: Shareable {
    /// Returns the credential for one attempt, or `None` if there is none. It is called for each attempt.
    ///
    /// Use [`AuthError::provider`] to report an error of the provider itself.
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>>;

    /// Is called when the server refuses a credential with status 401. Returns `true` if
    /// [`credential`](Self::credential) would now return a different one. The request is then sent again, if its body
    /// can be.
    fn refused(&self, request: CredentialRequest<'_>, credential: &Credential) -> bool {
        let _ = (request, credential);
        false
    }

    /// Returns the provider for downcasting to its concrete type.
    #[doc(hidden)]
    fn as_any(&self) -> Option<&dyn Any> {
        None
    }
}

/// The request for a credential.
#[derive(Clone, Copy)]
pub struct CredentialRequest<'a> {
    #[allow(
        dead_code,
        reason = "sessions ask for it, and an API need not have one"
    )]
    pub(super) client: &'a Client,
    pub(super) operation: &'static Description,
    pub(super) scheme: &'static Scheme,
}

impl CredentialRequest<'_> {
    /// Returns the `operationId` of the operation, or a name derived from method and path if it has none.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the name of the security scheme in the document.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme.name
    }

    /// Returns the scopes that the operation needs, if the document lists them.
    #[must_use]
    pub fn scopes(&self) -> &'static [&'static str] {
        let mut scopes = self.operation.scopes.iter();
        scopes
            .find(|(scheme, _)| *scheme == self.scheme.name)
            .map_or(&[], |(_, scopes)| scopes)
    }
}

impl fmt::Debug for CredentialRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialRequest")
            .field("operation", &self.operation.id)
            .field("scheme", &self.scheme.name)
            .finish_non_exhaustive()
    }
}

/// The source of the credential of a scheme.
#[derive(Clone)]
pub(super) enum CredentialSource {
    Fixed(Credential),
    Provider(Arc<dyn CredentialProvider>),
}

impl CredentialSource {
    /// Returns the certificate with its key in PEM, if there is one.
    pub(super) fn certificate(&self) -> Option<&SecretString> {
        match self {
            Self::Fixed(credential) => credential.pem(),
            Self::Provider(_) => None,
        }
    }

    async fn credential(
        &self,
        request: CredentialRequest<'_>,
    ) -> Result<Option<Credential>, Error> {
        match self {
            Self::Fixed(credential) => Ok(Some(credential.clone())),
            Self::Provider(provider) => provider.credential(request).await,
        }
    }
}
