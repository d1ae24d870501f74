//! Which credentials a request carries, and how. They go to the base URL's origin only; see `redirect`.

pub(super) mod challenge;
mod choose;
pub(super) mod digest;
mod place;

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

pub(super) use self::choose::{Chosen, choose, refuse};
// What the files here name by `super::`.
use super::call::Outgoing;
use super::encode::header::header_value;
use super::encode::percent::{self, STRICT};
use super::{
    AuthError, BoxFuture, Call, Client, Description, Error, Location, Scheme, SchemeKind, Shareable,
};

/// What a security scheme sends.
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
    /// Returns user name and password. The password may be empty.
    pub fn basic(username: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self(Secret::Basic {
            username: username.into(),
            password: password.into(),
        })
    }

    /// Returns a token or an API key. It may have its prefix (`Bearer `) already.
    pub fn token(token: impl Into<SecretString>) -> Self {
        Self(Secret::Token(token.into()))
    }

    /// Returns a certificate and its key, in PEM.
    pub fn certificate(pem: impl Into<SecretString>) -> Self {
        Self(Secret::Certificate(pem.into()))
    }

    /// Returns the certificate and its key, if it is one.
    pub(super) fn pem(&self) -> Option<&SecretString> {
        match &self.0 {
            Secret::Certificate(pem) => Some(pem),
            Secret::Basic { .. } | Secret::Token(_) => None,
        }
    }

    /// Returns user name and password, if it has them.
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

/// Shows nothing: even a user name is nobody's business.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Secret::Basic { .. } => "Credential(basic, redacted)",
            Secret::Token(_) => "Credential(token, redacted)",
            Secret::Certificate(_) => "Credential(certificate, redacted)",
        })
    }
}

/// Gives a credential when it is needed: from a vault, or from a session that renews it.
pub trait CredentialProvider: Shareable {
    /// Returns the credential for one attempt to send a request, or `None` if there is none. It is asked anew for each.
    ///
    /// [`AuthError::provider`] makes an error of a provider's own failure.
    fn credential<'a>(
        &'a self,
        request: CredentialRequest<'a>,
    ) -> BoxFuture<'a, Result<Option<Credential>, Error>>;

    /// Hears that the server has refused a credential by status 401, and returns whether [`credential`](Self::credential)
    /// would give another one by now. The request is then sent once more, if its body can be.
    fn refused(&self, request: CredentialRequest<'_>, credential: &Credential) -> bool {
        let _ = (request, credential);
        false
    }

    /// Returns the provider as what it is, for who knows its type.
    #[doc(hidden)]
    fn as_any(&self) -> Option<&dyn Any> {
        None
    }
}

/// What a credential is asked for.
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
    /// Returns the `operationId` of the operation, or the name that it has in its place.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// Returns the name of the security scheme in the document.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme.name
    }

    /// Returns the scopes that the operation needs, if the document says so.
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

/// Where the client has the credential of a scheme from.
#[derive(Clone)]
pub(super) enum CredentialSource {
    Fixed(Credential),
    Provider(Arc<dyn CredentialProvider>),
}

impl CredentialSource {
    /// Returns the certificate and its key in PEM, if it has one.
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
