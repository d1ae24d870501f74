//! How a user lets a client act for them by confirming so elsewhere, often on another device.

use std::time::Duration;

use super::{MessagePart, OperationId, Origin, SchemeId};

/// How a client gets a user's credential for a security scheme, once the user has confirmed that it may have it
/// (`x-keywright-device-flow`).
#[derive(Clone, Debug)]
pub struct DeviceFlow {
    /// The extension.
    pub origin: Origin,
    /// The scheme whose credential it gives.
    pub scheme: SchemeId,
    /// What asks the user to confirm.
    pub start: DeviceStart,
    /// What tells whether the user has.
    pub poll: DevicePoll,
    /// An operation that shows whether the credential serves. It wants one of the scheme.
    pub check: Option<OperationId>,
}

/// The operation that asks the user to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceStart {
    /// The operation.
    pub operation: OperationId,
    /// Where the response has the token that polls send.
    pub token: MessagePart,
    /// Where it has the page for the user, if it has one.
    pub url: Option<MessagePart>,
    /// Where it has the code that the user enters there.
    pub code: Option<MessagePart>,
    /// Where it has how many seconds to wait between polls: a number, or a text with one (RFC 8628, section 3.2).
    pub interval: Option<MessagePart>,
    /// Where it has for how many seconds the token is good: likewise.
    pub expires_in: Option<MessagePart>,
}

/// The operation that is asked, time and again, for the credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevicePoll {
    /// The operation.
    pub operation: OperationId,
    /// Where the token of the start goes in the request. There is one place at least, and none is there twice.
    pub sends: Vec<MessagePart>,
    /// How long to wait between polls, unless the start says otherwise.
    pub interval: Duration,
    /// After how long to give up, unless the start says otherwise. It is no less than the interval.
    pub deadline: Duration,
    /// The statuses by which the server says that the user has not confirmed yet. There is one at least, and no status
    /// is in two of the lists.
    pub pending: Vec<u16>,
    /// Those by which it says to ask less often.
    pub slow_down: Vec<u16>,
    /// Those by which it says that the credential will never come.
    pub gone: Vec<u16>,
    /// What a successful response gives.
    pub grant: DeviceGrant,
}

/// Where a response has a credential, as the kind of its scheme demands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceGrant {
    /// For basic authentication.
    Basic {
        /// Where it has the user name.
        username: MessagePart,
        /// Where it has the password.
        password: MessagePart,
    },
    /// For bearer authentication and API keys: where it has the token.
    Token(MessagePart),
}
