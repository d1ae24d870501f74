//! The trait of operations, and the static descriptions of an API and its operations, written by the generator.

use std::fmt;

use super::exchange::media_type;
use super::{DocumentedHeaders, Error, RawResponse, Responder, Response};

/// An operation of an API: the content of a [`Request`](super::Request) and the types of its response. Generated code
/// implements it, on a type without values.
pub trait Operation: Sized + 'static {
    /// The description of the operation from the document.
    #[doc(hidden)]
    const DESCRIPTION: &'static Description;

    /// The body of a successful response.
    type Output;

    /// The documented headers of a successful response.
    type Headers: DocumentedHeaders;

    /// The error of a failed request.
    type Error: From<Error>;

    /// Reads a response by its status and its media type.
    #[doc(hidden)]
    fn read(response: RawResponse) -> Outcome<Self>;
}

/// The result of a request: a response or an error.
pub type Outcome<O> =
    Result<Response<<O as Operation>::Output, <O as Operation>::Headers>, <O as Operation>::Error>;

/// The description of an API, shared by all of its operations.
#[derive(Debug)]
pub struct Api {
    /// The API's name.
    pub title: &'static str,
    /// The default server, with its variables filled in.
    pub base_url: &'static str,
    /// The default `User-Agent`.
    pub user_agent: &'static str,
    /// The security schemes. Operations refer to them by their index in this list.
    pub schemes: &'static [Scheme],
}

/// A security scheme.
#[derive(Debug)]
pub struct Scheme {
    /// The name of the scheme in the document.
    pub name: &'static str,
    /// The method of the client builder that sets its credential.
    pub setter: &'static str,
    /// The way in which the credential is sent.
    pub kind: SchemeKind,
}

/// The way in which a credential is sent.
#[derive(Clone, Copy, Debug)]
pub enum SchemeKind {
    /// User name and password (RFC 7617).
    Basic,
    /// `Authorization: Bearer` and a token (RFC 6750); also for OAuth 2 and OpenID Connect.
    Bearer,
    /// `Authorization` with another HTTP scheme: the name of the scheme and the credential (RFC 9110, section 11).
    Http(&'static str),
    /// User name and password, used to answer a challenge of the server.
    Responding(&'static dyn Responder),
    /// A client certificate, which the transport presents when it connects (RFC 8446, section 4.4.2).
    MutualTls,
    /// An API key.
    ApiKey {
        /// The location of the key.
        location: Location,
        /// The name of the header, query parameter or cookie.
        name: &'static str,
        /// The prefix of the key, separated from it by a space.
        prefix: Option<&'static str>,
    },
}

/// The location of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// The description of an operation from the document.
pub struct Description {
    /// The `operationId`, or a name derived from method and path.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The operation's own server, if it has one; it may be relative to the server of the API. A base URL that was set
    /// on the client builder overrides it.
    pub server: Option<&'static str>,
    /// The path template, with parameters in braces.
    pub path: &'static str,
    /// The media types of the documented responses, in order of preference.
    pub accept: &'static [&'static str],
    /// The responses that are streamed instead of collected, each with its status and media type. `*/*` matches any
    /// media type of the status, and `*` any media type that is not documented otherwise.
    pub streams: &'static [(Status, &'static str)],
    /// The alternatives of security schemes, each a list of indexes into [`Api::schemes`]. An alternative without
    /// schemes makes credentials optional; without any alternatives, no credentials are sent.
    pub security: &'static [&'static [usize]],
    /// The scopes that the operation needs, by security scheme.
    pub scopes: &'static [(&'static str, &'static [&'static str])],
    /// The header of the idempotency key. The server carries out requests with the same key only once. A new key is
    /// sent unless the caller sets one.
    pub idempotency_key: Option<&'static str>,
    /// The documented responses with their descriptions.
    pub responses: &'static [(Status, &'static str)],
}

/// Shows only the name; everything else is in the source.
impl fmt::Debug for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// The statuses that a documented response applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A range of statuses: `Range(4)` for `4XX`.
    Range(u8),
    /// Every status that is not documented otherwise.
    Default,
}

impl Description {
    /// Returns the description of an operation without any further details.
    #[must_use]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            server: None,
            path,
            accept: &[],
            streams: &[],
            security: &[],
            scopes: &[],
            idempotency_key: None,
            responses: &[],
        }
    }

    /// Returns `true` if the method is idempotent (RFC 9110, section 9.2.2).
    pub(super) fn is_idempotent(&self) -> bool {
        ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(&self.method)
    }

    /// Returns `true` if the operation also works without credentials.
    pub(super) fn takes_strangers(&self) -> bool {
        self.security.iter().all(|it| it.is_empty()) || self.security.contains(&&[][..])
    }

    /// Returns the description of a response: of the status, of its range, or the default one, in this order.
    #[must_use]
    pub fn description(&self, status: u16) -> Option<&'static str> {
        self.documents(status)
            .or_else(|| self.described_as(Status::Default))
    }

    /// Returns the description of a status that is documented, either directly or by its range.
    #[must_use]
    pub fn documents(&self, status: u16) -> Option<&'static str> {
        let range = u8::try_from(status / 100).ok()?;
        self.described_as(Status::Code(status))
            .or_else(|| self.described_as(Status::Range(range)))
    }

    /// Returns `true` if a response is streamed. A body without a media type is streamed if any media type of the
    /// status is.
    ///
    /// If another documented media type fits better, the response is not streamed, since it may have to be collected
    /// first.
    pub(super) fn streams(&self, status: u16, media_type: &str) -> bool {
        let range = u8::try_from(status / 100).unwrap_or_default();
        let streams = |pattern: Status| {
            let streams = self.streams.iter();
            streams.filter(move |it| it.0 == pattern).map(|it| it.1)
        };
        let closest = [Status::Code(status), Status::Range(range), Status::Default]
            .into_iter()
            .find(|it| self.described_as(*it).is_some() || streams(*it).next().is_some());
        let Some(closest) = closest else {
            return false;
        };
        if streams(closest).any(|it| it == "*/*") {
            return true;
        }
        let fit = |documented: &str| media_type::fit(documented, media_type);
        let others = self.accept.iter().copied();
        let mut others = others.filter(|other| streams(closest).all(|it| it != *other));
        match streams(closest).filter_map(fit).min() {
            Some(best) => !others.any(|other| fit(other).is_some_and(|it| it < best)),
            None => false,
        }
    }

    fn described_as(&self, wanted: Status) -> Option<&'static str> {
        self.responses
            .iter()
            .find(|(status, _)| *status == wanted)
            .map(|(_, description)| *description)
    }
}
