//! How the credential of a security scheme comes, is renewed and ends.

use std::fmt;
use std::time::Duration;

use super::{OperationId, Origin, SchemeId};

/// The session of a security scheme: how the client gets, renews and revokes its token (`x-keywright-session`).
#[derive(Clone, Debug)]
pub struct Session {
    /// The extension.
    pub origin: Origin,
    /// The scheme. It is never basic authentication, which has no token.
    pub scheme: SchemeId,
    /// The operation that gives the first token. It sends nothing of the session.
    pub acquire: Grant,
    /// The operation that renews the token.
    pub renew: Option<Grant>,
    /// The operation that ends the session.
    pub revoke: Option<Revocation>,
}

/// An operation that gives a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The operation.
    pub operation: OperationId,
    /// The parts that the client puts into the request, each with its place, without duplicate places.
    pub sends: Vec<(MessagePart, SessionPart)>,
    /// The place of the token in the response.
    pub token: MessagePart,
    /// The place of the refresh token in the response, if there is one.
    pub refresh_token: Option<MessagePart>,
    /// The expiry of the token.
    pub expiry: Expiry,
    /// The statuses that mean that the session is over.
    pub ended: Vec<u16>,
}

/// An operation that ends a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The operation.
    pub operation: OperationId,
    /// The parts that the client puts into the request, each with its place, without duplicate places.
    pub sends: Vec<(MessagePart, SessionPart)>,
    /// Set if it ends all sessions of the user, and not only this one (`scope: all`).
    pub ends_all: bool,
}

/// A part of a request or response.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MessagePart {
    /// The value at a JSON pointer (RFC 6901) in a JSON body, or the whole body if it is empty.
    Body(String),
    /// A header, by its name.
    Header(String),
    /// A query parameter, by its name. Responses have none.
    Query(String),
}

/// `body /token`, `header X-Token`
impl fmt::Display for MessagePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(pointer) if pointer.is_empty() => f.write_str("body"),
            Self::Body(pointer) => write!(f, "body {pointer}"),
            Self::Header(name) => write!(f, "header {name}"),
            Self::Query(name) => write!(f, "query {name}"),
        }
    }
}

/// A part of a session that the client sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionPart {
    /// The token.
    Token,
    /// The refresh token.
    RefreshToken,
}

impl SessionPart {
    /// Returns the name of the part in the extension.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::RefreshToken => "refreshToken",
        }
    }
}

/// The source of a token's expiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// The document does not give it.
    Unknown,
    /// A fixed lifetime. Never zero.
    Lifetime(Duration),
    /// A lifetime in seconds in the response: a number, or a text with one.
    In(MessagePart),
    /// A time in the response: a text in RFC 3339, or seconds since 1970.
    At(MessagePart),
}
