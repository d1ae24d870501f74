//! What the document says of a session (`x-keywright-session`), as plain data.

use super::Description;

/// How the credential of a security scheme is got, renewed and ended.
#[derive(Debug)]
pub struct Plan {
    /// The scheme, by its place in the API's list.
    pub scheme: usize,
    /// Signs in. `None` where a user confirms elsewhere.
    pub acquire: Option<Grant>,
    /// Gives a new token for an old one.
    pub renew: Option<Grant>,
    /// Ends the session.
    pub revoke: Option<Revocation>,
}

/// An operation that gives a token.
#[derive(Debug)]
pub struct Grant {
    /// The operation.
    pub operation: &'static Description,
    /// What is put into the request.
    pub sends: &'static [(Place, Part)],
    /// Where the response has the token.
    pub token: Place,
    /// Where it has the token by which this one is renewed.
    pub refresh_token: Option<Place>,
    /// How long the token is good for.
    pub expiry: Expiry,
    /// The statuses that say that there will be no token.
    pub ended: &'static [u16],
}

/// An operation that ends a session.
#[derive(Debug)]
pub struct Revocation {
    /// The operation.
    pub operation: &'static Description,
    /// What is put into the request.
    pub sends: &'static [(Place, Part)],
}

/// Where something stands in a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a body of JSON, by JSON pointer (RFC 6901).
    Body(&'static str),
    /// In a header.
    Header(&'static str),
    /// In the query.
    Query(&'static str),
}

/// What a session puts into a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The token.
    Token,
    /// The token by which that one is renewed.
    RefreshToken,
}

/// How long a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// The document does not say. A JWT says it itself.
    Unknown,
    /// So many seconds, unless the token is a JWT that says otherwise.
    Lifetime(u64),
    /// The response has it in seconds.
    In(Place),
    /// The response has the moment, as RFC 3339 has it or in seconds since 1970.
    At(Place),
}

/// What the document says of a confirmation on another device (`x-keywright-device-flow`).
#[derive(Debug)]
pub struct Flow {
    /// The operation that starts it.
    pub start: &'static Description,
    /// Where its response has what polls are asked with.
    pub token: Place,
    /// Where it has the page for the user.
    pub url: Option<Place>,
    /// Where it has the code that the user enters there.
    pub code: Option<Place>,
    /// Where it has how many seconds to wait between polls.
    pub said_interval: Option<Place>,
    /// Where it has for how many seconds to ask.
    pub said_deadline: Option<Place>,
    /// The operation that is asked whether the user has confirmed.
    pub poll: &'static Description,
    /// What is put into its request.
    pub sends: &'static [(Place, Part)],
    /// How many seconds to wait between polls, unless the server says so.
    pub interval: u64,
    /// After how many seconds to give up, unless the server says so.
    pub deadline: u64,
    /// The statuses by which the user has not confirmed yet.
    pub pending: &'static [u16],
    /// Those by which to ask less often.
    pub slow_down: &'static [u16],
    /// Those by which it is over.
    pub gone: &'static [u16],
    /// Where a success has the credential.
    pub gift: Gift,
}

/// Where a response has a credential.
#[derive(Clone, Copy, Debug)]
pub enum Gift {
    /// User name and password.
    Basic {
        /// Where it has the user name.
        username: Place,
        /// Where it has the password.
        password: Place,
    },
    /// A token.
    Token(Place),
}
