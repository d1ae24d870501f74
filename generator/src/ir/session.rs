//! How the credential of a security scheme comes, is renewed and ends.

use std::fmt;
use std::time::Duration;

use super::{OperationId, Origin, SchemeId};

/// How the client gets, renews and ends the credential of a security scheme (`x-keywright-session`).
#[derive(Clone, Debug)]
pub struct Session {
    /// The extension.
    pub origin: Origin,
    /// Whose credential it is: never that of basic authentication, which is no token.
    pub scheme: SchemeId,
    /// What gives the first token. It sends nothing of the session, since there is nothing yet.
    pub acquire: Grant,
    /// What gives the next one.
    pub renew: Option<Grant>,
    /// What ends the session.
    pub revoke: Option<Revocation>,
}

/// An operation that gives a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The operation.
    pub operation: OperationId,
    /// What the client puts into the request: where, and what. No place is there twice.
    pub sends: Vec<(MessagePart, SessionPart)>,
    /// Where the response has the token.
    pub token: MessagePart,
    /// Where the response has the refresh token, if it has one.
    pub refresh_token: Option<MessagePart>,
    /// How long the token is good for.
    pub expiry: Expiry,
    /// The statuses by which the server says that it will not give a token: the session is over.
    pub ended: Vec<u16>,
}

/// An operation that ends a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The operation.
    pub operation: OperationId,
    /// What the client puts into the request: where, and what. No place is there twice.
    pub sends: Vec<(MessagePart, SessionPart)>,
    /// Whether it ends all sessions of the user, and not only this one (`scope: all`).
    pub ends_all: bool,
}

/// A part of a request or response.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MessagePart {
    /// What a JSON pointer (RFC 6901) leads to in a body of JSON; the whole body when it is empty.
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
    /// The part as the extension calls it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::RefreshToken => "refreshToken",
        }
    }
}

/// How long a token is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// Nobody says.
    Unknown,
    /// So long, from when it comes. Never zero.
    Lifetime(Duration),
    /// As many seconds as the response says, from when it comes: a number, or a text with one.
    In(MessagePart),
    /// Until the moment that the response says: a text of RFC 3339, or seconds since 1970.
    At(MessagePart),
}
