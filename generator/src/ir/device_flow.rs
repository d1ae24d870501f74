//! How a user lets a client act for them by confirming so elsewhere, often on another device.

use std::time::Duration;

use super::{MessagePart, OperationId, Origin, SchemeId};

/// The device flow of a security scheme: a client gets a credential after a user has confirmed
/// (`x-keywright-device-flow`).
#[derive(Clone, Debug)]
pub struct DeviceFlow {
    /// The extension.
    pub origin: Origin,
    /// The scheme whose credential it gives.
    pub scheme: SchemeId,
    /// The operation that starts the flow.
    pub start: DeviceStart,
    /// The operation that is polled.
    pub poll: DevicePoll,
    /// An operation that shows whether the credential is accepted. It requires a credential of the scheme.
    pub check: Option<OperationId>,
}

/// The operation that asks the user to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceStart {
    /// The operation.
    pub operation: OperationId,
    /// The place of the poll token in the response.
    pub token: MessagePart,
    /// The place of the page for the user, if there is one.
    pub url: Option<MessagePart>,
    /// The place of the code that the user enters on the page.
    pub code: Option<MessagePart>,
    /// The place of the interval between polls in seconds: a number, or a text with one (RFC 8628, section 3.2).
    pub interval: Option<MessagePart>,
    /// The place of the lifetime of the token in seconds, in the same form.
    pub expires_in: Option<MessagePart>,
}

/// The operation that is polled for the credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DevicePoll {
    /// The operation.
    pub operation: OperationId,
    /// The places of the poll token in the request. There is at least one, without duplicates.
    pub sends: Vec<MessagePart>,
    /// The interval between polls, unless the response of the start gives one.
    pub interval: Duration,
    /// The time after which to give up, unless the response of the start gives one. It is at least the interval.
    pub deadline: Duration,
    /// The statuses that mean that the user has not confirmed yet. There is at least one, and no status is in two of
    /// the lists.
    pub pending: Vec<u16>,
    /// The statuses that ask for fewer polls.
    pub slow_down: Vec<u16>,
    /// The statuses that mean that the credential will never be given.
    pub gone: Vec<u16>,
    /// The place of the credential in a success.
    pub grant: DeviceGrant,
}

/// The place of a credential in a response, by the kind of its scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceGrant {
    /// For basic authentication.
    Basic {
        /// The place of the user name.
        username: MessagePart,
        /// The place of the password.
        password: MessagePart,
    },
    /// For bearer authentication and API keys: the place of the token.
    Token(MessagePart),
}
