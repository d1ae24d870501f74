//! The plan of a session (`x-keywright-session`) as plain data.

use super::Description;

/// The plan of a session: how the credential of a security scheme is acquired, renewed and revoked.
#[derive(Debug)]
pub struct Plan {
    /// The index of the scheme in the API's list.
    pub scheme: usize,
    /// The operation that signs in, or `None` if a user confirms on another device.
    pub acquire: Option<Grant>,
    /// The operation that renews a token.
    pub renew: Option<Grant>,
    /// The operation that ends the session.
    pub revoke: Option<Revocation>,
}

/// An operation that gives a token.
#[derive(Debug)]
pub struct Grant {
    /// The operation.
    pub operation: &'static Description,
    /// The parts that are put into the request.
    pub sends: &'static [(Place, Part)],
    /// The place of the token in the response.
    pub token: Place,
    /// The place of the refresh token in the response.
    pub refresh_token: Option<Place>,
    /// The expiry of the token.
    pub expiry: Expiry,
    /// The statuses that mean that no token will be given again.
    pub ended: &'static [u16],
}

/// An operation that ends a session.
#[derive(Debug)]
pub struct Revocation {
    /// The operation.
    pub operation: &'static Description,
    /// The parts that are put into the request.
    pub sends: &'static [(Place, Part)],
}

/// A place in a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a JSON body, by JSON pointer (RFC 6901).
    Body(&'static str),
    /// In a header.
    Header(&'static str),
    /// In the query.
    Query(&'static str),
}

/// A part that a session puts into a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The token.
    Token,
    /// The refresh token.
    RefreshToken,
}

/// The source of a token's expiry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// The document does not give it. A JWT contains it.
    Unknown,
    /// A number of seconds, unless the token is a JWT with its own expiry.
    Lifetime(u64),
    /// A number of seconds in the response.
    In(Place),
    /// A time in the response, as RFC 3339 or in seconds since 1970.
    At(Place),
}

/// The plan of a confirmation on another device (`x-keywright-device-flow`).
#[derive(Debug)]
pub struct Flow {
    /// The operation that starts the confirmation.
    pub start: &'static Description,
    /// The place of the poll token in the response.
    pub token: Place,
    /// The place of the URL of the page for the user.
    pub url: Option<Place>,
    /// The place of the code that the user enters on the page.
    pub code: Option<Place>,
    /// The place of the interval between polls, in seconds.
    pub said_interval: Option<Place>,
    /// The place of the deadline, in seconds.
    pub said_deadline: Option<Place>,
    /// The operation that polls whether the user has confirmed.
    pub poll: &'static Description,
    /// The parts that are put into the poll request.
    pub sends: &'static [(Place, Part)],
    /// The interval between polls in seconds, unless the server gives one.
    pub interval: u64,
    /// The deadline in seconds, unless the server gives one.
    pub deadline: u64,
    /// The statuses that mean that the user has not confirmed yet.
    pub pending: &'static [u16],
    /// The statuses that ask the client to poll less often.
    pub slow_down: &'static [u16],
    /// The statuses that mean that the confirmation is over.
    pub gone: &'static [u16],
    /// The place of the credential in a success.
    pub gift: Gift,
}

/// The place of a credential in a response.
#[derive(Clone, Copy, Debug)]
pub enum Gift {
    /// User name and password.
    Basic {
        /// The place of the user name.
        username: Place,
        /// The place of the password.
        password: Place,
    },
    /// A token.
    Token(Place),
}
