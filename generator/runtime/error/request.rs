//! Errors before anything is sent.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::{Description, EncodeError, Error, Location, Scheme, write_operation};

type Cause = Box<dyn StdError + Send + Sync>;

/// A request that could not be made.
#[derive(Debug)]
pub struct RequestError {
    pub(super) operation: Option<&'static Description>,
    argument: Option<&'static str>,
    message: Cow<'static, str>,
    source: Option<Cause>,
}

impl RequestError {
    /// Returns an error that says what is wrong.
    #[must_use]
    pub fn new(message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            operation: None,
            argument: None,
            message: message.into(),
            source: None,
        }
    }

    /// Returns an error about an argument in the path, the query, a header or a cookie.
    pub(crate) fn argument(location: &str, name: &'static str, problem: &str) -> Self {
        let message = format!("the {location} argument `{name}` {problem}");
        Self {
            argument: Some(name),
            ..Self::new(message)
        }
    }

    /// Returns the same error with its cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Cause>) -> Self {
        self.source = Some(cause.into());
        self
    }

    /// Returns the argument that cannot be sent, by its name in the description.
    #[must_use]
    pub fn argument_name(&self) -> Option<&'static str> {
        self.argument
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_operation(f, self.operation)?;
        f.write_str(&self.message)
    }
}

impl StdError for RequestError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

/// A value of a request that cannot be written.
#[derive(Debug)]
pub struct EncodeFailure {
    pub(super) operation: Option<&'static Description>,
    error: EncodeError,
}

impl EncodeFailure {
    /// Returns an error about a value.
    #[must_use]
    pub fn new(error: EncodeError) -> Self {
        Self {
            operation: None,
            error,
        }
    }

    /// Returns where the value stands, as a JSON path: `$.prices[2]`.
    #[must_use]
    pub fn path(&self) -> String {
        self.error.path()
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        EncodeFailure::new(error).into()
    }
}

impl fmt::Display for EncodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_operation(f, self.operation)?;
        write!(f, "a value cannot be sent: {}", self.error)
    }
}

impl StdError for EncodeFailure {}

/// A credential that is missing or cannot be sent. Nothing was sent.
#[derive(Debug)]
pub struct AuthError {
    pub(super) operation: Option<&'static Description>,
    scheme: Option<&'static Scheme>,
    message: Cow<'static, str>,
    source: Option<Cause>,
}

impl AuthError {
    /// Returns an error of a [`CredentialProvider`](super::super::CredentialProvider)'s own.
    pub fn provider(cause: impl Into<Cause>) -> Self {
        let message = "the credential could not be provided".into();
        Self {
            operation: None,
            scheme: None,
            message,
            source: Some(cause.into()),
        }
    }

    /// Says which credentials would do.
    pub(crate) fn missing(operation: &'static Description, schemes: &'static [Scheme]) -> Self {
        let scheme = |index: &usize| schemes.get(*index);
        let alternatives = |write: fn(&Scheme) -> String| {
            let write = |alternative: &&[usize]| {
                let words = alternative.iter().filter_map(scheme).map(write);
                words.collect::<Vec<_>>().join(" and ")
            };
            let alternatives: Vec<String> = operation.security.iter().map(write).collect();
            alternatives.join(", or ")
        };
        let names = alternatives(|scheme| format!("`{}`", scheme.name));
        let setters = alternatives(|scheme| format!("`.{}(..)`", scheme.setter));
        let message = format!("needs {names}: call {setters} on the client builder");
        Self {
            operation: Some(operation),
            scheme: operation
                .security
                .first()
                .and_then(|first| first.first())
                .and_then(scheme),
            message: message.into(),
            source: None,
        }
    }

    /// Says that two credentials would have to stand in one place.
    pub(crate) fn conflict(
        operation: &'static Description,
        one: &'static Scheme,
        other: &'static Scheme,
    ) -> Self {
        let place = one.kind.target().map(|(location, name)| {
            let location = match location {
                Location::Header => "header",
                Location::Query => "query parameter",
                Location::Cookie => "cookie",
            };
            format!("the {location} `{name}`")
        });
        let message = format!(
            "needs `{}` and `{}` together, but both are sent in {}, which has room for one",
            one.name,
            other.name,
            place.as_deref().unwrap_or("one place"),
        );
        Self {
            operation: Some(operation),
            scheme: Some(one),
            message: message.into(),
            source: None,
        }
    }

    /// Says why a credential cannot be sent, without showing it.
    pub(crate) fn unusable(
        operation: &'static Description,
        scheme: &'static Scheme,
        problem: &str,
    ) -> Self {
        let message = format!(
            "the credential of `{}`, set by `.{}(..)`, {problem}",
            scheme.name, scheme.setter
        );
        Self {
            operation: Some(operation),
            scheme: Some(scheme),
            message: message.into(),
            source: None,
        }
    }

    /// Returns the name of the security scheme in the description.
    #[must_use]
    pub fn scheme(&self) -> Option<&'static str> {
        self.scheme.map(|scheme| scheme.name)
    }

    /// Returns the method of the client builder that sets the credential.
    #[must_use]
    pub fn setter(&self) -> Option<&'static str> {
        self.scheme.map(|scheme| scheme.setter)
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_operation(f, self.operation)?;
        f.write_str(&self.message)
    }
}

impl StdError for AuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}
