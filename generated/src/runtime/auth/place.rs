//! Puts credentials into requests.

use http::HeaderName;
use secrecy::{ExposeSecret, SecretString};

use super::{
    AuthError, Call, Chosen, Credential, Location, STRICT, Scheme, SchemeKind, Secret,
    header_value, percent,
};

impl SchemeKind {
    /// Returns the location and the name of the credential in a request, if it is part of the request.
    pub(crate) fn target(self) -> Option<(Location, &'static str)> {
        match self {
            Self::Basic | Self::Bearer | Self::Http(_) | Self::Responding(_) => {
                Some((Location::Header, "Authorization"))
            }
            Self::MutualTls => None,
            Self::ApiKey { location, name, .. } => Some((location, name)),
        }
    }

    pub(super) fn is_sent_like(self, other: Self) -> bool {
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
    /// Returns for each scheme whether an argument of this call replaces its credential. The caller's argument wins for
    /// this request, and the credential is not sent.
    pub(crate) fn replaced(&mut self, schemes: &'static [Scheme]) -> Vec<bool> {
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
    pub(crate) fn apply(&mut self, credentials: &[Chosen]) -> Result<(), AuthError> {
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

    /// Removes the credentials of an attempt from the request, since the next attempt may have others.
    pub(crate) fn withdraw(&mut self, credentials: &[Chosen]) {
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
                    name.map_err(|_| "belongs in a header whose name HTTP forbids")?,
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
                    return Err("contains a character that is not allowed in a cookie");
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
            .ok_or("contains a character that is not allowed in a header")?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Returns the text of a credential as it is sent.
pub(super) fn text(
    kind: SchemeKind,
    credential: &Credential,
) -> Result<SecretString, &'static str> {
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
            Err("has the wrong kind for the scheme")
        }
        (
            SchemeKind::Bearer | SchemeKind::Http(_) | SchemeKind::ApiKey { .. },
            Secret::Basic { .. },
        ) => Err("is a user name and a password, but the scheme needs a token"),
    }
}

/// Returns the token if it can be sent.
fn check(token: &SecretString) -> Result<&str, &'static str> {
    let token = token.expose_secret();
    if token.contains(char::is_control) {
        return Err("contains a line break or another control character");
    }
    let token = token.trim();
    if token.is_empty() {
        Err("is empty")
    } else {
        Ok(token)
    }
}

/// Adds a prefix to a token that does not have it yet, ignoring case.
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
        return Err("contains a line break or another control character");
    }
    let pair = SecretString::from(format!("{username}:{password}"));
    Ok(SecretString::from(format!(
        "Basic {}",
        base64(pair.expose_secret().as_bytes())
    )))
}

/// Writes bytes as Base64 (RFC 4648, section 4).
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

/// Returns `true` if a byte is allowed in the value of a cookie (RFC 6265, section 4.1.1).
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2B | 0x2D..=0x3A | 0x3C..=0x5B | 0x5D..=0x7E)
}
