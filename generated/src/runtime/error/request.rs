//! Errors that occur before anything is sent.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;

use super::{Description, EncodeError, Error, Location, Scheme, write_operation};

type Cause = Box<dyn StdError + Send + Sync>;

/// The error of a request that could not be built.
#[derive(Debug)]
pub struct RequestError {
    pub(super) operation: Option<&'static Description>,
    argument: Option<&'static str>,
    message: Cow<'static, str>,
    source: Option<Cause>,
}

impl RequestError {
    /// Returns an error with a message.
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

    /// Adds the cause.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Cause>) -> Self {
        self.source = Some(cause.into());
        self
    }

    /// Returns the name, in the document, of the argument that cannot be sent.
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

/// The error of a request with a value that cannot be written.
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

    /// Returns the JSON path of the value: `$.prices[2]`.
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

/// The error of a credential that is missing or cannot be sent. Nothing was sent.
#[derive(Debug)]
pub struct AuthError {
    pub(super) operation: Option<&'static Description>,
    scheme: Option<&'static Scheme>,
    message: Cow<'static, str>,
    source: Option<Cause>,
}

impl AuthError {
    /// Returns an error of a [`CredentialProvider`](super::super::CredentialProvider) itself.
    pub fn provider(cause: impl Into<Cause>) -> Self {
        let message = "the credential could not be provided".into();
        Self {
            operation: None,
            scheme: None,
            message,
            source: Some(cause.into()),
        }
    }

    /// Returns an error that lists the credentials that the operation accepts.
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

    /// Returns an error about two credentials that would have to go in the same place.
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
            "needs `{}` and `{}` together, but both are sent in {}, which can hold only one",
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

    /// Returns an error about a credential that cannot be sent, without showing it.
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

    /// Returns the name of the security scheme in the document.
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
