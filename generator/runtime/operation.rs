//! What an API and its operations are: a trait, and static descriptions as plain data, written by the generator.

use std::fmt;

use super::exchange::media_type;
use super::{DocumentedHeaders, Error, RawResponse, Responder, Response};

/// An operation of an API: what a [`Request`](super::Request) sends, and how its response is read. Generated code
/// implements it, on a type without values.
pub trait Operation: Sized + 'static {
    /// What the document says about it.
    #[doc(hidden)]
    const DESCRIPTION: &'static Description;

    /// The body of a successful response.
    type Output;

    /// The documented headers of a successful response.
    type Headers: DocumentedHeaders;

    /// Why a request failed.
    type Error: From<Error>;

    /// Reads a response by its status and its media type.
    #[doc(hidden)]
    fn read(response: RawResponse) -> Outcome<Self>;
}

/// What a request of an operation brings: a response, or an error.
pub type Outcome<O> =
    Result<Response<<O as Operation>::Output, <O as Operation>::Headers>, <O as Operation>::Error>;

/// What all operations of an API share.
#[derive(Debug)]
pub struct Api {
    /// The API's name.
    pub title: &'static str,
    /// The default server, with its variables filled in.
    pub base_url: &'static str,
    /// The default `User-Agent`.
    pub user_agent: &'static str,
    /// The security schemes. Operations name them by their place in this list.
    pub schemes: &'static [Scheme],
}

/// A security scheme.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the description.
    pub name: &'static str,
    /// The method of the client builder that sets its credential.
    pub setter: &'static str,
    /// How the credential is sent.
    pub kind: SchemeKind,
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug)]
pub enum SchemeKind {
    /// User name and password (RFC 7617).
    Basic,
    /// `Authorization: Bearer` and a token (RFC 6750); also for OAuth 2 and OpenID Connect.
    Bearer,
    /// `Authorization`, with the name of another scheme before what is given (RFC 9110, section 11).
    Http(&'static str),
    /// User name and password, by which a challenge of the server is answered.
    Responding(&'static dyn Responder),
    /// A certificate, which the transport shows when it connects (RFC 8446, section 4.4.2).
    MutualTls,
    /// A key of its own.
    ApiKey {
        /// Where it stands.
        location: Location,
        /// The name of the header, of the query parameter or of the cookie.
        name: &'static str,
        /// What stands before the key, separated by a space.
        prefix: Option<&'static str>,
    },
}

/// Where an API key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In a header.
    Header,
    /// In the query.
    Query,
    /// In a cookie.
    Cookie,
}

/// What the document says about an operation.
pub struct Description {
    /// Its `operationId`, or a name made from method and path.
    pub id: &'static str,
    /// The method, as it travels.
    pub method: &'static str,
    /// Where it is served, if not where the rest of the API is; perhaps relative to that. What the client's builder
    /// was told goes before it.
    pub server: Option<&'static str>,
    /// The path template, with parameters in braces.
    pub path: &'static str,
    /// The media types of the documented responses, those that are asked for first.
    pub accept: &'static [&'static str],
    /// The responses that are handed over as they come, instead of being collected first, each by its status and its
    /// media type. `*/*` stands for whatever comes with the status, and `*` for what is not documented otherwise.
    pub streams: &'static [(Status, &'static str)],
    /// The alternatives of security schemes, each a list of places in [`Api::schemes`]. An alternative without
    /// schemes makes credentials optional; no alternative at all means that none are sent.
    pub security: &'static [&'static [usize]],
    /// The scopes that the operation needs, by the name of the security scheme.
    pub scopes: &'static [(&'static str, &'static [&'static str])],
    /// The header of the idempotency key: a call that is sent twice with one key is carried out once. A fresh key is
    /// sent unless the caller sets one.
    pub idempotency_key: Option<&'static str>,
    /// The documented responses with their descriptions.
    pub responses: &'static [(Status, &'static str)],
}

/// Shows the name alone: the rest stands in the source.
impl fmt::Debug for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Which statuses a documented response stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred of them: `Range(4)` for `4XX`.
    Range(u8),
    /// Whatever is not documented otherwise.
    Default,
}

impl Description {
    /// Returns the description of an operation of which nothing else is documented.
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

    /// Returns whether sending a request twice has the effect of sending it once (RFC 9110, section 9.2.2).
    pub(super) fn is_idempotent(&self) -> bool {
        ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"].contains(&self.method)
    }

    /// Returns whether the operation does without credentials, too.
    pub(super) fn takes_strangers(&self) -> bool {
        self.security.iter().all(|it| it.is_empty()) || self.security.contains(&&[][..])
    }

    /// Returns the description of a response: that of the status, of its range, or the default one, in this order.
    #[must_use]
    pub fn description(&self, status: u16) -> Option<&'static str> {
        self.documents(status)
            .or_else(|| self.described_as(Status::Default))
    }

    /// Returns the description of a status that is documented by itself or by its range.
    #[must_use]
    pub fn documents(&self, status: u16) -> Option<&'static str> {
        let range = u8::try_from(status / 100).ok()?;
        self.described_as(Status::Code(status))
            .or_else(|| self.described_as(Status::Range(range)))
    }

    /// Returns whether a response is handed over as it comes. A body without a media type is, where any would be.
    ///
    /// One that is more like another documented media type is not, since that may have to be collected first.
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
