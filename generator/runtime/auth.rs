//! Which credentials a request carries, and how. They go to the base URL's origin only; see `redirect`.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use http::HeaderName;
use secrecy::{ExposeSecret, SecretString};

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

/// A credential of one attempt to send a request.
pub(super) struct Chosen {
    /// Which scheme it is of, by its place in the API's list.
    index: usize,
    pub(super) scheme: &'static Scheme,
    pub(super) credential: Credential,
}

/// Chooses the first alternative whose schemes all have a credential, or an argument in its place. An alternative
/// without schemes counts only when no other one can be satisfied: who sets a credential wants it to be sent.
///
/// `replaced` tells for each scheme whether an argument is in its place. Different credentials that belong into one
/// place satisfy no alternative: one of them would be lost.
pub(super) async fn choose(
    client: &Client,
    operation: &'static Description,
    replaced: &[bool],
) -> Result<Vec<Chosen>, Error> {
    let schemes = client.shared.api.schemes;
    let mut conflict = None;
    for alternative in operation.security.iter().filter(|it| !it.is_empty()) {
        let Some(chosen) = complete(client, operation, alternative, replaced).await? else {
            continue;
        };
        match conflict_of(&chosen) {
            Some(found) => conflict = conflict.or(Some(found)),
            None => return Ok(chosen),
        }
    }
    // Who has set both wants to be known to the server, even where it would answer strangers, too.
    if let Some((one, other)) = conflict {
        return Err(AuthError::conflict(operation, one, other).into());
    }
    if operation.takes_strangers() {
        return Ok(Vec::new());
    }
    Err(AuthError::missing(operation, schemes).into())
}

/// Returns the credentials of an alternative, if there is one for each scheme that no argument replaces.
async fn complete(
    client: &Client,
    operation: &'static Description,
    alternative: &[usize],
    replaced: &[bool],
) -> Result<Option<Vec<Chosen>>, Error> {
    let (schemes, sources) = (client.shared.api.schemes, &client.credentials);
    let mut chosen = Vec::new();
    for &index in alternative {
        if replaced.get(index) == Some(&true) {
            continue;
        }
        let (Some(scheme), Some(Some(source))) = (schemes.get(index), sources.get(index)) else {
            return Ok(None);
        };
        if matches!(scheme.kind, SchemeKind::MutualTls) {
            // The transport shows it.
            continue;
        }
        let request = CredentialRequest {
            client,
            operation,
            scheme,
        };
        let Some(credential) = source.credential(request).await? else {
            return Ok(None);
        };
        chosen.push(Chosen {
            index,
            scheme,
            credential,
        });
    }
    Ok(Some(chosen))
}

/// Tells providers that the server has refused their credentials, and returns whether another attempt may do better.
pub(super) fn refuse(client: &Client, operation: &'static Description, sent: &[Chosen]) -> bool {
    let refused = sent.iter().map(|it| {
        let Some(Some(CredentialSource::Provider(provider))) = client.credentials.get(it.index)
        else {
            return false;
        };
        let request = CredentialRequest {
            client,
            operation,
            scheme: it.scheme,
        };
        provider.refused(request, &it.credential)
    });
    // Each of them is told.
    refused.fold(false, |any, one| any | one)
}

/// Returns two schemes that would write different texts to one place.
fn conflict_of(chosen: &[Chosen]) -> Option<(&'static Scheme, &'static Scheme)> {
    let text = |it: &Chosen| text(it.scheme.kind, &it.credential);
    let differ = |one: &Chosen, other: &Chosen| {
        let texts = (text(one), text(other));
        // One that cannot be sent at all is reported as that.
        matches!(texts, (Ok(one), Ok(other)) if one.expose_secret() != other.expose_secret())
    };
    chosen.iter().enumerate().find_map(|(index, one)| {
        let mut others = chosen[index + 1..].iter();
        let is_there = |it: &&Chosen| it.scheme.kind.is_sent_like(one.scheme.kind);
        let other = others.find(|it| is_there(it) && differ(one, it))?;
        Some((one.scheme, other.scheme))
    })
}

impl SchemeKind {
    /// Returns where the credential stands in a request, if it does: the place, and the name of it there.
    pub(super) fn target(self) -> Option<(Location, &'static str)> {
        match self {
            Self::Basic | Self::Bearer | Self::Http(_) | Self::Responding(_) => {
                Some((Location::Header, "Authorization"))
            }
            Self::MutualTls => None,
            Self::ApiKey { location, name, .. } => Some((location, name)),
        }
    }

    fn is_sent_like(self, other: Self) -> bool {
        let (Some((location, name)), Some((other_location, other_name))) =
            (self.target(), other.target())
        else {
            return false;
        };
        let is_same_name = match location {
            Location::Header => name.eq_ignore_ascii_case(other_name),
            Location::Query | Location::Cookie => name == other_name,
        };
        location == other_location && is_same_name
    }
}

impl Call {
    /// Returns for each scheme whether an argument of this call stands in the place of its credential. Such an argument
    /// is what the caller wants for this one request, and no credential is put over it.
    pub(super) fn replaced(&mut self, schemes: &'static [Scheme]) -> Vec<bool> {
        let is_replaced = |scheme: &Scheme| match scheme.kind.target() {
            None => false,
            Some((Location::Header, name)) => match self.headers.get_mut(name) {
                Some(value) => {
                    value.set_sensitive(true);
                    true
                }
                None => false,
            },
            Some((Location::Query, name)) => self.query.has(name),
            Some((Location::Cookie, name)) => self.has_cookie(name),
        };
        schemes.iter().map(is_replaced).collect()
    }

    /// Adds the chosen credentials to the request.
    pub(super) fn apply(&mut self, credentials: &[Chosen]) -> Result<(), AuthError> {
        for Chosen {
            scheme, credential, ..
        } in credentials
        {
            let Some((location, name)) = scheme.kind.target() else {
                continue;
            };
            if matches!(scheme.kind, SchemeKind::Responding(_)) {
                // The answer takes the whole request.
                continue;
            }
            text(scheme.kind, credential)
                .and_then(|text| self.set_secret(location, name, &text))
                .map_err(|problem| AuthError::unusable(self.operation, scheme, problem))?;
        }
        Ok(())
    }

    /// Takes the credentials of an attempt out of the request: the next one may have others. No argument is in their places.
    pub(super) fn withdraw(&mut self, credentials: &[Chosen]) {
        for Chosen { scheme, .. } in credentials {
            match scheme.kind.target() {
                None => {}
                Some((Location::Header, name)) => drop(self.headers.remove(name)),
                Some((Location::Query, name)) => self.query.remove(name),
                Some((Location::Cookie, name)) => {
                    self.cookies.retain(|(_, known, _)| known != name);
                }
            }
        }
    }

    fn set_secret(
        &mut self,
        location: Location,
        name: &'static str,
        value: &SecretString,
    ) -> Result<(), &'static str> {
        match location {
            Location::Header => {
                let name = HeaderName::from_bytes(name.as_bytes());
                self.set_secret_header(
                    name.map_err(|_| "belongs into a header whose name HTTP forbids")?,
                    value,
                )
            }
            Location::Query => {
                let key = percent::encode(value.expose_secret(), STRICT);
                let name_text = percent::encode(name, STRICT);
                self.query.set(name, format!("{name_text}={key}"));
                Ok(())
            }
            Location::Cookie => {
                let value = value.expose_secret();
                if !value.bytes().all(is_cookie_octet) {
                    return Err("holds a character that cannot stand in a cookie");
                }
                self.cookies.retain(|(_, known, _)| known != name);
                self.cookies.push((name, name.to_owned(), value.to_owned()));
                Ok(())
            }
        }
    }

    fn set_secret_header(
        &mut self,
        name: HeaderName,
        value: &SecretString,
    ) -> Result<(), &'static str> {
        let mut value = header_value(value.expose_secret())
            .ok_or("holds a character that cannot stand in a header")?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Returns the text that a credential is sent as.
fn text(kind: SchemeKind, credential: &Credential) -> Result<SecretString, &'static str> {
    match (kind, &credential.0) {
        // That of a scheme that responds is not sent, but is another one than that of any other scheme.
        (SchemeKind::Basic | SchemeKind::Responding(_), Secret::Basic { username, password }) => {
            basic(username, password)
        }
        (SchemeKind::Bearer, Secret::Token(token)) => Ok(prefixed("Bearer", check(token)?)),
        (SchemeKind::Http(scheme), Secret::Token(token)) => Ok(prefixed(scheme, check(token)?)),
        (SchemeKind::ApiKey { prefix, .. }, Secret::Token(token)) => {
            let token = check(token)?;
            Ok(prefix.map_or_else(
                || SecretString::from(token),
                |prefix| prefixed(prefix, token),
            ))
        }
        (SchemeKind::Basic | SchemeKind::Responding(_), Secret::Token(_)) => {
            Err("is a token, but the scheme needs user name and password")
        }
        (SchemeKind::MutualTls, _) | (_, Secret::Certificate(_)) => {
            Err("is not what the scheme needs")
        }
        (
            SchemeKind::Bearer | SchemeKind::Http(_) | SchemeKind::ApiKey { .. },
            Secret::Basic { .. },
        ) => Err("is a user name and a password, but the scheme needs a token"),
    }
}

/// Returns a token that can be sent at all.
fn check(token: &SecretString) -> Result<&str, &'static str> {
    let token = token.expose_secret();
    if token.contains(char::is_control) {
        return Err("holds a line break or another control character");
    }
    let token = token.trim();
    if token.is_empty() {
        Err("is empty")
    } else {
        Ok(token)
    }
}

/// Puts a prefix before a token that lacks it, whatever its case.
fn prefixed(prefix: &str, token: &str) -> SecretString {
    let has_prefix = token.get(..prefix.len()).is_some_and(|start| {
        start.eq_ignore_ascii_case(prefix) && token[prefix.len()..].starts_with(' ')
    });
    if has_prefix {
        SecretString::from(token)
    } else {
        SecretString::from(format!("{prefix} {token}"))
    }
}

/// Writes user name and password (RFC 7617), in UTF-8.
fn basic(username: &str, password: &SecretString) -> Result<SecretString, &'static str> {
    let password = password.expose_secret();
    if username.contains(':') {
        return Err("has a user name with a colon, which Basic authentication cannot send");
    }
    if username.contains(char::is_control) || password.contains(char::is_control) {
        return Err("holds a line break or another control character");
    }
    let pair = SecretString::from(format!("{username}:{password}"));
    Ok(SecretString::from(format!(
        "Basic {}",
        base64(pair.expose_secret().as_bytes())
    )))
}

/// Writes bytes as Base64 (RFC 4648, section 4): the one use of it that every API may need.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_usize, |word, at| {
            word << 8 | usize::from(chunk.get(at).copied().unwrap_or(0))
        });
        for place in 0..4 {
            let is_padding = place > chunk.len();
            let digit = ALPHABET[word >> (18 - 6 * place) & 0x3F];
            text.push(if is_padding { '=' } else { char::from(digit) });
        }
    }
    text
}

/// What may stand in the value of a cookie (RFC 6265, section 4.1.1).
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E)
}
